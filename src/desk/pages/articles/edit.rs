//! The page on which an article is edited.

use maud::{Markup, html};

use super::super::article::without_title;
use super::super::asset;
use super::super::markup::markdown;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::fields;
use super::filter::escaped;
use super::form::Filled;
use super::{conflict, trial, words};
use crate::domain::answer::ArticleRef;
use crate::domain::flaw::Fault;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::flows::{Opened, TryOut};
use crate::ports::Manuscript;

/// All that the page shows.
pub(super) struct Screen {
    pub(super) opened: Opened,
    pub(super) filled: Filled,
    /// What is wrong with the text in the form.
    pub(super) faults: Vec<Fault>,
    /// What came of the last verb, and whether that is good.
    pub(super) notice: Option<(String, bool)>,
    /// Who else has the article open.
    pub(super) others: Vec<String>,
    pub(super) drafted: Drafted,
    /// The file as it is now and as it was read, where somebody else changed it.
    pub(super) conflict: Option<Conflict>,
    pub(super) trial: Option<TryOut>,
}

/// What somebody else made of the file.
pub(super) struct Conflict {
    pub(super) theirs: Option<Manuscript>,
    pub(super) ancestor: Option<String>,
}

/// What the script makes of a text that it kept.
#[derive(Clone, Copy)]
pub(super) enum Drafted {
    /// It puts it into the form.
    Maybe,
    /// It forgets it.
    Saved,
    /// It keeps what the form shows instead.
    Shown,
}

impl Screen {
    /// The file as it is, with nothing said yet.
    pub(super) fn of(opened: Opened, filled: Filled) -> Self {
        let (faults, others, drafted) = (opened.faults.clone(), Vec::new(), Drafted::Maybe);
        Self { opened, filled, faults, notice: None, others, drafted, conflict: None, trial: None }
    }

    /// Whether the form can be sent.
    pub(super) fn is_editable(&self) -> bool {
        self.opened.may_edit && self.opened.file.as_ref().is_none_or(|file| file.writable)
    }

    fn address(&self, verb: &str) -> String {
        address(&self.opened.article, verb)
    }
}

/// The address of an article's editor.
pub(in super::super) fn home(article: &ArticleRef) -> String {
    format!("/desk/articles/{}/{}", article.lang, escaped(article.slug.as_str()))
}

/// The address of a verb.
pub(super) fn address(article: &ArticleRef, verb: &str) -> String {
    format!("{}/{verb}", home(article))
}

/// The notice that an address asks for.
pub(super) fn notice(said: &str) -> Option<&'static str> {
    match said {
        "live" => Some("editor.saved_live"),
        "soon" => Some("editor.saved_soon"),
        "committed" => Some("editor.committed"),
        _ => None,
    }
}

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, screen: &Screen) -> Markup {
    let article = &screen.opened.article;
    let title = if screen.filled.title.is_empty() { article.slug.as_str() } else { &screen.filled.title };
    let heading = reader.fill("editor.edit_title", &[("title", title), ("lang", reader.language(article.lang))]);
    let refused = screen.notice.as_ref().is_some_and(|(_, good)| !good);
    Shell::new(reader, &heading, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (heading) }
        (ways(reader, screen))
        (others(reader, &screen.others))
        p #said-back .said-back.refused[refused] role="status" { @if let Some((words, _)) = &screen.notice { (words) } }
        (hindrance(reader, screen))
        @if let Some(conflict) = &screen.conflict { (conflict::shown(reader, conflict, &screen.filled.text(reader))) }
        (form(reader, screen))
        (trial::region(reader, screen.trial.as_ref()))
        @if screen.opened.file.is_some() && screen.is_editable() { (more(reader, screen)) }
        script src=(asset::address("editor.js")) defer {}
    })
}

/// Where one can go from here.
fn ways(reader: &Reader, screen: &Screen) -> Markup {
    let Opened { article, languages, file, .. } = &screen.opened;
    html! {
        nav.row.ahead aria-label=(reader.say("editor.ways")) {
            a.ds-link href="/desk/articles" { (reader.say("editor.to_list")) }
            @if file.is_some() {
                a.ds-link href=(address(article, "history")) { (reader.say("editor.history")) }
                a.ds-link href={ "/kb/" (article.lang) "/" (article.slug) } { (reader.say("editor.as_employees")) }
            }
            @for lang in Lang::ALL.into_iter().filter(|lang| *lang != article.lang) {
                a.ds-link href=(home(&ArticleRef { slug: article.slug.clone(), lang })) {
                    (reader.fill(if languages.contains(&lang) { "editor.to_version" } else { "editor.to_new_version" },
                        &[("lang", reader.language(lang))]))
                }
            }
        }
    }
}

/// Who else has the article open.
pub(super) fn others(reader: &Reader, others: &[String]) -> Markup {
    html! {
        p #others role="status" {
            @if !others.is_empty() {
                span.ds-tag data-color="warning" { (reader.fill("editor.others", &[("names", &others.join(", "))])) }
            }
        }
    }
}

/// Why the form cannot be sent, or what to know before.
fn hindrance(reader: &Reader, screen: &Screen) -> Markup {
    let file = screen.opened.file.as_ref();
    let key = match file {
        _ if !screen.opened.may_edit => Some("editor.not_yours"),
        Some(file) if !file.writable => Some("editor.read_only"),
        Some(file) if file.uncommitted => Some("editor.uncommitted"),
        Some(_) => None,
        None if screen.opened.source.is_some() => Some("editor.translating"),
        None => Some("editor.is_new"),
    };
    html! {
        @if let Some(key) = key {
            div.ds-alert data-color="info" {
                p.ds-paragraph { (reader.say(key)) }
                @if key == "editor.uncommitted" {
                    form method="post" action=(screen.address("commit")) {
                        button.ds-button data-variant="secondary" data-size="sm" { (reader.say("editor.commit")) }
                    }
                }
            }
        }
    }
}

fn form(reader: &Reader, screen: &Screen) -> Markup {
    let Filled { base, head, whole, .. } = &screen.filled;
    let article = &screen.opened.article;
    let drafted = match screen.drafted {
        Drafted::Maybe => "maybe",
        Drafted::Saved => "saved",
        Drafted::Shown => "shown",
    };
    html! {
        form #editor-form method="post" action=(screen.address("save")) data-article={ (article.lang) "/" (article.slug) }
            data-drafted=(drafted) data-editable[screen.is_editable()]
            data-restored=(reader.say("editor.restored")) data-kept-before=(reader.say("editor.restored_old")) {
            input type="hidden" name="base" value=(base);
            input type="hidden" name="head" value=(head);
            (faults(reader, screen))
            @if let Some(whole) = whole {
                (fields::whole(reader, screen, whole))
            } @else {
                (fields::front(reader, screen))
                (fields::text(reader, screen))
            }
            (buttons(reader, screen))
        }
    }
}

fn buttons(reader: &Reader, screen: &Screen) -> Markup {
    html! {
        div.row.ahead.editor-buttons {
            @if screen.is_editable() {
                button #save .ds-button data-variant="primary" { (reader.say("editor.save")) }
                button.ds-button data-variant="secondary" formaction={ (screen.address("preview")) "#preview" } { (reader.say("editor.preview_check")) }
            }
            button #try .ds-button data-variant="secondary" formaction={ (screen.address("try")) "#trial" } { (reader.say("editor.try")) }
            @if screen.is_editable() { span.muted.small data-needs-script hidden { (reader.say("editor.keys")) } }
        }
    }
}

/// What is wrong with the text, with the way to where it is.
pub(super) fn faults(reader: &Reader, screen: &Screen) -> Markup {
    let head = u32::try_from(screen.filled.head.matches('\n').count()).unwrap_or(0);
    html! {
        section #faults aria-live="polite" {
            @if screen.faults.is_empty() {
                p.muted.small { (reader.say("editor.no_faults")) }
            } @else {
                h2.ds-heading data-size="xs" { (reader.fill("editor.faults", &[("count", &screen.faults.len().to_string())])) }
                ul.ds-list {
                    @for Fault { line, flaw } in &screen.faults {
                        li {
                            @let severe = flaw.leaves_out();
                            span.ds-tag data-size="sm" data-color=(if severe { "danger" } else { "warning" }) {
                                (reader.say(if severe { "editor.must" } else { "editor.should" }))
                            }
                            " "
                            a.ds-link href={ "#" (place(flaw.key(), screen)) } data-line=[line.map(|line| line.saturating_sub(head))] {
                                (words::flaw(reader, flaw))
                                @if flaw.key().is_none() { @if let Some(line) = line {
                                    " (" (reader.fill("editor.line", &[("line", &line.saturating_sub(head).max(1).to_string())])) ")"
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The field that a flaw is about.
fn place<'k>(key: Option<&'k str>, screen: &Screen) -> &'k str {
    match key {
        _ if screen.filled.whole.is_some() => "whole",
        Some(key @ ("title" | "address" | "tags" | "questions" | "owner" | "reviewed" | "audience" | "group" | "request")) => key,
        _ => "body",
    }
}

/// The article as employees see it.
pub(super) fn preview(reader: &Reader, screen: &Screen) -> Markup {
    let lang = screen.opened.article.lang;
    let parts = screen.filled.whole.as_ref().map(|_| reader.desk().editing.take_apart(&screen.filled.text(reader)));
    let (title, body) = match parts {
        None => (screen.filled.title.clone(), screen.filled.body.replace("\r\n", "\n")),
        Some(Some(parts)) => (parts.fields.title, parts.body),
        Some(None) => Default::default(),
    };
    html! {
        section #preview .preview aria-label=(reader.say("editor.preview")) tabindex="0" {
            article.article lang=(lang) {
                h2 { (title) }
                (markdown(without_title(&body), &format!("/kb/{lang}/"), 1))
            }
        }
    }
}

/// What is done seldom.
fn more(reader: &Reader, screen: &Screen) -> Markup {
    html! {
        details.ds-card #retire-form {
            summary { (reader.say("editor.retire_title")) }
            form method="post" action=(screen.address("retire")) {
                input type="hidden" name="base" value=(screen.filled.base);
                p.ds-paragraph { (reader.say("editor.retire_text")) }
                div.ds-field {
                    input.ds-input #confirm type="checkbox" name="confirm" value="yes" required;
                    label.ds-label for="confirm" { (reader.say("editor.retire_confirm")) }
                }
                button.ds-button data-variant="primary" data-color="danger" { (reader.say("editor.retire")) }
            }
        }
    }
}
