//! Suggestions under the field while an employee types: `GET /suggest?q=…`.
//!
//! The answer is the list as the page shows it. What was typed passes the privacy filter and is neither kept nor logged.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::reader::Reader;
use crate::desk::Desk;
use crate::domain::article::Suggestion;
use crate::domain::lang::Lang;

/// How many are suggested: as many as are taken in at a glance.
const MOST: usize = 6;

/// The longest beginning of a question that anything is suggested for, in characters; what is longer is a question already.
const LONGEST: usize = 200;

/// What stands in the field.
#[derive(Deserialize)]
pub(super) struct Typed {
    q: String,
    /// The language that the page is in, so that a kept answer is never shown in another.
    lang: Option<String>,
}

pub(super) fn router() -> Router<Desk> {
    Router::new().route("/suggest", get(suggest))
}

/// Where the page asks; what was typed is put at its end.
pub(super) fn address(lang: Lang) -> String {
    format!("/suggest?lang={lang}&q=")
}

async fn suggest(
    State(desk): State<Desk>,
    mut reader: Reader,
    query: Result<Query<Typed>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Query(typed) = query?;
    reader.lang = typed.lang.as_deref().and_then(Lang::from_code).unwrap_or(reader.lang);
    let found = match desk.typed(&typed.q) {
        Ok(text) if typed.q.chars().count() <= LONGEST => desk.index.suggest(&text.text, reader.lang, MOST),
        _ => Vec::new(),
    };
    Ok(([(CACHE_CONTROL, "private, max-age=60")], list(&reader, &found)))
}

/// The list; its `data-said` is what those hear who do not see it.
fn list(reader: &Reader, found: &[Suggestion]) -> Markup {
    let count = found.len().to_string();
    let said = match found.len() {
        0 => reader.say("chat.suggest_none").to_owned(),
        1 => reader.say("chat.suggest_one").to_owned(),
        _ => reader.fill("chat.suggest_some", &[("count", &count)]),
    };
    html! {
        ul #suggestions .suggestions role="listbox" aria-label=(reader.say("chat.suggest_label")) data-said=(said) {
            @for (number, suggestion) in found.iter().enumerate() {
                @let article = &suggestion.article;
                li #{ "suggestion-" (number) } role="option" aria-selected="false" lang=(article.lang)
                    data-href={ "/kb/" (article.lang) "/" (article.slug) } {
                    (suggestion.title)
                    @if let Some(question) = &suggestion.question { " " span.muted.small { (question) } }
                }
            }
        }
    }
}
