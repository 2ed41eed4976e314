//! A whole article of the knowledge base.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::failure::Failure;
use super::markup::markdown;
use super::reader::Reader;
use super::shell::{Nav, Shell};
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Day};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

/// The article; where there is none in this language, a page that says so.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Failure> {
    let Path((lang, slug)) = path?;
    let slug = Slug::new(slug);
    let found = Lang::from_code(&lang).and_then(|lang| desk.index.article(&ArticleRef { slug: slug.clone(), lang }));
    let languages = desk.index.languages(&slug);
    Ok(match found {
        Some(article) => page(&reader, &article, &languages).into_response(),
        None => (StatusCode::NOT_FOUND, missing(&reader, &slug, &languages)).into_response(),
    })
}

fn page(reader: &Reader, article: &Article, languages: &[Lang]) -> Markup {
    let ArticleRef { slug, lang } = &article.article;
    let base = format!("/kb/{lang}/");
    Shell::new(reader, &article.title, Nav::Employee).render(&html! {
        article.article lang=(lang) {
            h1 { (article.title) }
            (markdown(without_title(&article.body), &base, 0))
            @if let Some(request) = &article.request {
                p.no-print { a.button href=(request) lang=(reader.lang) { (reader.say("chat.article_request")) } }
            }
        }
        (other_languages(reader, slug, languages, Some(*lang)))
        dl.facts.small { (facts(reader, article)) }
        p.no-print { a.button href="/" { (reader.say("chat.article_ask")) } }
    })
}

/// The body without its own heading, which the page has already.
pub(super) fn without_title(body: &str) -> &str {
    let body = body.trim_start();
    match body.strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, rest)| rest),
        None => body,
    }
}

fn facts(reader: &Reader, article: &Article) -> Markup {
    html! {
        @if let Some(owner) = &article.owner { dt { (reader.say("chat.article_owner")) } dd { (owner) } }
        @if let Some(day) = article.reviewed {
            dt { (reader.say("chat.article_reviewed")) } dd { time datetime=(day) { (written(day, reader.lang)) } }
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
            nav.no-print aria-label=(reader.say("chat.article_languages")) {
                p {
                    (reader.say("chat.article_languages")) ": "
                    @for (number, lang) in others.iter().enumerate() {
                        @if number > 0 { ", " }
                        a href={ "/kb/" (lang) "/" (slug) } lang=(lang) hreflang=(lang) { (reader.language(*lang)) }
                    }
                }
            }
        }
    }
}

fn missing(reader: &Reader, slug: &Slug, languages: &[Lang]) -> Markup {
    let title = reader.say("chat.article_missing");
    Shell::new(reader, title, Nav::Employee).render(&html! {
        h1 { (title) }
        p { (reader.say("chat.article_missing_text")) }
        (other_languages(reader, slug, languages, None))
        p { a href="/" { (reader.say("page.to_start")) } }
    })
}
