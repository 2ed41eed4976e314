//! The frame around every page: head, header with navigation and language picker, footer.

use maud::{DOCTYPE, Markup, html};

use super::asset::{self, OwnFile};
use super::incidents;
use super::queue::keyboard;
use super::reader::Reader;
use super::sign_in;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;

/// A page in the making.
pub(super) struct Shell<'p> {
    reader: &'p Reader,
    title: &'p str,
    nav: Nav<'p>,
    events: Option<String>,
    wide: bool,
    incidents: bool,
    scripts: &'static [&'static str],
}

/// Whose navigation stands in the header.
#[derive(Clone, Copy)]
pub(super) enum Nav<'p> {
    /// An employee's.
    Employee,
    /// An operator's who has signed in.
    Operator(&'p Operator),
    /// That of the operators' pages for somebody who has not signed in.
    Outside,
    /// None: the page is shown in another site's frame.
    Frame,
}

impl<'p> Shell<'p> {
    /// A page with this title.
    pub(super) const fn new(reader: &'p Reader, title: &'p str, nav: Nav<'p>) -> Self {
        Self { reader, title, nav, events: None, wide: false, scripts: &[], incidents: true }
    }

    /// The page takes the whole width, for tables and columns.
    pub(super) const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The page tells of incidents itself: none stand at its top.
    pub(super) const fn without_incidents(mut self) -> Self {
        self.incidents = false;
        self
    }

    /// The page needs these scripts as well.
    pub(super) const fn scripts(mut self, names: &'static [&'static str]) -> Self {
        self.scripts = names;
        self
    }

    /// News for the page come from this address.
    pub(super) fn events(mut self, address: Option<String>) -> Self {
        self.events = address;
        self
    }

    /// The whole page.
    pub(super) fn render(&self, content: &Markup) -> Markup {
        let reader = self.reader;
        html! {
            (DOCTYPE)
            html lang=(reader.lang) data-color-scheme="auto" data-size="sm" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (reader.fill("page.title", &[("page", self.title), ("site", self.site())])) }
                    link rel="icon" type="image/svg+xml" href=(asset::address("icon.svg"));
                    link rel="stylesheet" href=(asset::address("firstline.css"));
                    @if let Some(theme) = asset::own_address(reader.desk(), OwnFile::Theme) { link rel="stylesheet" href=(theme); }
                    script src=(asset::address("firstline.js")) defer {}
                    @if matches!(self.nav, Nav::Operator(_)) { script src=(asset::address("desk.js")) defer {} }
                    @for name in self.scripts { script src=(asset::address(name)) defer {} }
                }
                body data-failed=(reader.say("page.failed")) {
                    a.ds-skip-link href="#main" { (reader.say("page.skip")) }
                    @if !matches!(self.nav, Nav::Frame) { (self.header()) }
                    main #main .(self.width()) tabindex="-1" data-events=[self.news()] {
                        @if self.tells_of_incidents() { (incidents::banner(reader)) }
                        (content)
                    }
                    (self.footer())
                    @if let Nav::Operator(by) = self.nav { (keyboard::dialogs(reader, by)) }
                    div #announce .unseen role="status" {}
                }
            }
        }
    }

    /// Employees are told at the top of every page what does not work.
    const fn tells_of_incidents(&self) -> bool {
        matches!(self.nav, Nav::Employee) && self.incidents
    }

    /// Where the page's news come from. The chat's pages hear at least of incidents; an article does not keep a connection open.
    fn news(&self) -> Option<&str> {
        let in_chat = self.reader.address == "/" || self.reader.address.starts_with("/chat");
        self.events.as_deref().or((self.tells_of_incidents() && in_chat).then_some(incidents::EVENTS))
    }

    /// What the pages are called: the organisation's name for them, else Firstline.
    fn site(&self) -> &'p str {
        self.reader.desk().look.name.as_deref().unwrap_or("Firstline")
    }

    const fn width(&self) -> &'static str {
        if self.wide { "wide" } else { "narrow" }
    }

    fn header(&self) -> Markup {
        let home = if matches!(self.nav, Nav::Employee) { "/" } else { "/desk" };
        html! {
            header.top {
                div.(self.width()) {
                    a.brand href=(home) {
                        @if let Some(logo) = asset::own_address(self.reader.desk(), OwnFile::Logo) { img src=(logo) alt=""; }
                        (self.site())
                    }
                    (self.navigation())
                    div.end {
                        (sign_in::person(self.reader, !matches!(self.nav, Nav::Employee)))
                        (self.languages())
                    }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        let reader = self.reader;
        let link = |address, key| (address, reader.say(key).to_owned());
        let links = match self.nav {
            Nav::Employee => {
                vec![link("/", "page.to_chat"), link("/chat/tickets", "page.to_tickets"), link("/status", "incident.status")]
            }
            Nav::Operator(by) => self.desk_links(by),
            Nav::Outside | Nav::Frame => Vec::new(),
        };
        let here = reader.address.split('?').next().unwrap_or_default();
        html! {
            @if !links.is_empty() {
                nav aria-label=(reader.say("page.menu")) {
                    @for (address, name) in &links {
                        a href=(address) aria-current=[(*address == here).then_some("page")] { (name) }
                    }
                }
            }
        }
    }

    /// The pages of the desk that this person may read.
    fn desk_links(&self, by: &Operator) -> Vec<(&'static str, String)> {
        let link = |address, key| (address, self.reader.say(key).to_owned());
        let queue = by.reads_tickets().then(|| link("/desk", "page.to_queue"));
        let articles = by.may_look_at_articles().is_ok().then(|| link("/desk/articles", "editor.nav"));
        let learned = by.may_look_at_articles().is_ok().then(|| ("/desk/learned", self.to_learned(by)));
        let replies = by.may_look_at_articles().is_ok().then(|| link("/desk/replies", "replies.nav"));
        let links = by.may_look_at_links().is_ok().then(|| link("/desk/links", "links.nav"));
        let missing = by.may_look_at_articles().is_ok().then(|| link("/desk/missing", "missing.nav"));
        let call = by.works_on_tickets().then(|| link("/desk/call", "call.nav"));
        let incidents = by.may_look_at_incidents().is_ok().then(|| link("/desk/incidents", "incident.list"));
        [queue, call, incidents, articles, replies, links, missing, learned, Some(link("/desk/explain", "explain.nav"))]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The name of the page of learned questions, with how many wait for the operator.
    fn to_learned(&self, by: &Operator) -> String {
        match self.reader.desk().learning.waiting(by) {
            0 => self.reader.say("learned.nav").to_owned(),
            count => self.reader.fill("learned.nav_count", &[("count", &count.to_string())]),
        }
    }

    fn languages(&self) -> Markup {
        let reader = self.reader;
        html! {
            form method="post" action="/language" {
                input type="hidden" name="back" value=(reader.address);
                div.languages role="group" aria-label=(reader.say("page.language")) {
                    @for lang in Lang::ALL {
                        button.ds-button data-variant="tertiary" data-size="sm" name="lang" value=(lang) lang=(lang) aria-pressed=((lang == reader.lang)) { (reader.language(lang)) }
                    }
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer.foot {
                div.(self.width()) {
                    p { (self.reader.say("page.footer")) }
                    @if matches!(self.nav, Nav::Operator(by) if by.reads_tickets()) { (keyboard::button(self.reader)) }
                    @if matches!(self.nav, Nav::Employee | Nav::Frame) { p { (self.reader.say("page.footer_privacy")) } }
                    @if matches!(self.nav, Nav::Frame) { (self.languages()) }
                }
            }
        }
    }
}
