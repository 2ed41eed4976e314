//! Articles beside the conversation: those that may answer it, or those that are searched for; of what is searched for also the
//! standard replies and links.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::markup::markdown;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::aids::{self, Found};
use super::seen::found;
use super::spot::Spot;
use crate::desk::Desk;
use crate::domain::answer::Candidate;
use crate::domain::ids::TicketNumber;
use crate::wording::plain;

/// What is searched for.
#[derive(Deserialize)]
pub(super) struct Searched {
    #[serde(default)]
    articles: String,
    #[serde(default)]
    q: String,
}

/// What the words find, as the element that the page puts in place of those it shows.
pub(super) async fn search(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Searched>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path(number), Query(searched)) = (path?, query?);
    let ticket = desk.flows.ticket_alone(TicketNumber::new(number), &by.operator).await?;
    let words = [searched.q, searched.articles].concat();
    let articles = match found(&desk, &ticket, &words) {
        Some(found) => found,
        None => super::seen::suggested(&desk, &by.operator, ticket.number).await?,
    };
    let spot = Spot { reader: &reader, by: &by.operator, ticket: &ticket, beside: "" };
    let aids = Found::by(&desk, &by.operator, &ticket, &words);
    Ok(list(spot, &articles, &aids, !words.trim().is_empty()))
}

/// The part of the page.
pub(super) fn part(spot: Spot<'_>, articles: &[Candidate], aids: &Found, words: &str) -> Markup {
    let (list_id, field) = (spot.id("articles-list"), spot.id("articles-words"));
    spot.part("articles", spot.say("ticket.articles"), &html! {
        form.search role="search" method="get" action={ "/desk/tickets/" (spot.ticket.number) } data-search=(spot.address("articles"))
            aria-controls=(list_id) aria-label=(spot.landmark(spot.say("ticket.articles_search"))) {
            div.ds-field {
                label.ds-label for=(field) { (spot.say("ticket.articles_search")) }
                input.ds-input type="search" name="articles" id=(field) value=(words) maxlength="200" autocomplete="off";
            }
            noscript { button.ds-button data-variant="secondary" data-size="sm" { (spot.say("ticket.search")) } }
        }
        (list(spot, articles, aids, !words.trim().is_empty()))
    })
}

fn list(spot: Spot<'_>, articles: &[Candidate], aids: &Found, searched: bool) -> Markup {
    let count = match articles.len() {
        0 if !aids.is_empty() => aids.counted(spot),
        0 if searched => spot.say("ticket.articles_none").to_owned(),
        0 => spot.say("desk.suggested_none").to_owned(),
        some => {
            let articles = spot.reader.fill("ticket.articles_count", &[("count", &some.to_string())]);
            if aids.is_empty() { articles } else { format!("{articles}. {}", aids.counted(spot)) }
        }
    };
    html! {
        div id=(spot.id("articles-list")) data-count=(count) {
            @if !aids.is_empty() && !articles.is_empty() { (spot.heading(1, "found-articles", spot.say("ticket.articles"))) }
            @if articles.is_empty() && aids.is_empty() { p.muted { (count) } }
            @for candidate in articles { (entry(spot, candidate)) }
            (aids::groups(spot, aids))
        }
    }
}

fn entry(spot: Spot<'_>, candidate: &Candidate) -> Markup {
    let reader = spot.reader;
    let percent = ((candidate.confidence.get() + 5) / 10).to_string();
    let url = reader.desk().facts.article_url(&candidate.article);
    let link = format!("{}: {url}", candidate.title);
    let about = reader.fill("desk.insert_about", &[("title", &candidate.title)]);
    let base = format!("/kb/{}/", candidate.article.lang);
    html! {
        div.suggestion {
            p.named lang=(candidate.article.lang) { a.ds-link href={ (base) (candidate.article.slug) } { (candidate.title) } }
            p.muted.small { (reader.fill("desk.suggested_confidence", &[("percent", &percent)])) }
            details.small {
                summary { (reader.say("desk.suggested_passage")) span.unseen { " " (about) } }
                div.passage lang=(candidate.article.lang) tabindex="0" role="group" aria-label=(candidate.title) {
                    (markdown(&candidate.passage, &base, 3))
                }
            }
            @if spot.works() {
                div.row data-needs-script hidden {
                    (insert(reader.say("desk.insert_link"), &about, &link))
                    (insert(reader.say("desk.insert_passage"), &about, &plain(&candidate.passage)))
                }
            }
        }
    }
}

/// A button that puts a text into the reply.
pub(super) fn insert(label: &str, about: &str, text: &str) -> Markup {
    html! {
        button.ds-button data-variant="secondary" data-size="sm" type="button" data-insert=(text) {
            (label) span.unseen { " " (about) }
        }
    }
}
