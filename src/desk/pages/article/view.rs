//! An article's page.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::contents::{Body, Section};
use super::{Shown, ask, useful};
use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Day};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

/// The article.
pub(super) fn page(reader: &Reader, shown: &Shown<'_>) -> Markup {
    let Shown { article, languages, vote } = shown;
    let ArticleRef { slug, lang } = &article.article;
    let body = Body::of(without_title(&article.body), &format!("/kb/{lang}/"));
    let unhelped = vote.is_some_and(|vote| !vote.useful);
    Shell::new(reader, &article.title, Nav::Employee).render(&html! {
        article.article lang=(lang) {
            h1.ds-heading data-size="lg" { (article.title) }
            (contents(reader, &body.contents))
            (body.html)
            @if let Some(request) = &article.request {
                p.no-print { a.button.ds-button href=(request) lang=(reader.lang) { (reader.say("article.request")) } }
            }
        }
        (other_languages(reader, slug, languages, Some(*lang)))
        dl.facts.small { (facts(reader, article)) }
        (useful::form(reader, &article.article, *vote))
        (ask::form(reader, &article.article, unhelped))
    })
}

/// The sections of a long article, to go to; on paper there is nothing to press.
fn contents(reader: &Reader, sections: &[Section]) -> Markup {
    html! {
        @if !sections.is_empty() {
            nav.contents.no-print aria-labelledby="contents" {
                p #contents .label lang=(reader.lang) { (reader.say("article.contents")) }
                ul.ds-list { @for section in sections { li { a.ds-link href={ "#" (section.id) } { (section.title) } } } }
            }
        }
    }
}

/// The body without its own heading, which the page has already.
pub(in super::super) fn without_title(body: &str) -> &str {
    let body = body.trim_start();
    match body.strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => body,
    }
}

fn facts(reader: &Reader, article: &Article) -> Markup {
    html! {
        @if let Some(owner) = &article.owner { dt { (reader.say("article.owner")) } dd { (owner) } }
        @if let Some(group) = &article.group { dt { (reader.say("article.group")) } dd { (reader.group(group)) } }
        @if let Some(day) = article.reviewed {
            dt { (reader.say("article.reviewed")) } dd { time datetime=(day) { (written(day, reader.lang)) } }
        }
        dt { (reader.say("page.language")) } dd { (reader.language(article.article.lang)) }
    }
}

/// A day as it is written in Norway, or in English with the month's number kept unmistakable.
fn written(day: Day, lang: Lang) -> String {
    let date = jiff::civil::Date::new(day.year, day.month, day.day);
    let format = if lang == Lang::En { "%-d %B %Y" } else { "%d.%m.%Y" };
    date.map_or_else(|_| day.to_string(), |date| date.strftime(format).to_string())
}

fn other_languages(reader: &Reader, slug: &Slug, languages: &[Lang], except: Option<Lang>) -> Markup {
    let others: Vec<Lang> = languages.iter().copied().filter(|lang| Some(*lang) != except).collect();
    html! {
        @if !others.is_empty() {
            nav.no-print aria-label=(reader.say("article.languages")) {
                p {
                    (reader.say("article.languages")) ": "
                    @for (number, lang) in others.iter().enumerate() {
                        @if number > 0 { ", " }
                        a.ds-link href={ "/kb/" (lang) "/" (slug) } lang=(lang) hreflang=(lang) { (reader.language(*lang)) }
                    }
                }
            }
        }
    }
}

/// A page that says that there is no such article.
pub(super) fn missing(reader: &Reader, slug: &Slug, languages: &[Lang]) -> Markup {
    let title = reader.say("article.missing");
    Shell::new(reader, title, Nav::Employee).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        p { (reader.say("article.missing_text")) }
        (other_languages(reader, slug, languages, None))
        p { a href="/" { (reader.say("page.to_start")) } }
    })
}
