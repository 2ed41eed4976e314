//! Standard replies beside the conversation, filled in for its ticket.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::markup::free_text;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::spot::Spot;
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::ids::TicketNumber;
use crate::domain::reply::{StandardReply, Values, fill, pick, version};
use crate::ports::TicketSummary;

/// How many are shown at most; typing finds the others.
const MOST_SHOWN: usize = 8;

/// What is searched for.
#[derive(Deserialize)]
pub(super) struct Searched {
    #[serde(default)]
    replies: String,
}

/// The standard replies that the words find, as the element that the page puts in place of those it shows.
pub(super) async fn search(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Searched>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path(number), Query(searched)) = (path?, query?);
    let ticket = desk.flows.ticket_alone(TicketNumber::new(number), &by.operator).await?;
    let spot = Spot { reader: &reader, by: &by.operator, ticket: &ticket, beside: "" };
    Ok(list(spot, &picked(&desk, &ticket, &searched.replies)))
}

/// The standard replies that the ticket's group can use: those that the words find, best first; all of them without words.
pub(super) fn picked(desk: &Desk, ticket: &TicketSummary, words: &str) -> Vec<StandardReply> {
    let replies = desk.replies.standard_replies();
    let Ok(typed) = desk.typed(words) else {
        return pick(&replies, ticket.lang, &ticket.group).into_iter().cloned().collect();
    };
    let found = desk.aids.find(Aid::Reply, &typed.text, ticket.lang, replies.len());
    found.iter().filter_map(|slug| version(&replies, slug, ticket.lang, Some(&ticket.group)).cloned()).collect()
}

/// The part of the page; nothing where there is nobody to use them.
pub(super) fn part(spot: Spot<'_>, picked: &[StandardReply], words: &str) -> Markup {
    if !spot.works() {
        return html! {};
    }
    let (list_id, field) = (spot.id("replies-list"), spot.id("replies-words"));
    spot.part("replies", spot.say("ticket.replies"), &html! {
        form.search role="search" method="get" action={ "/desk/tickets/" (spot.ticket.number) } data-search=(spot.address("replies"))
            aria-controls=(list_id) aria-label=(spot.landmark(spot.say("ticket.replies_search"))) {
            div.ds-field {
                label.ds-label for=(field) { (spot.say("ticket.replies_search")) }
                input.ds-input type="search" name="replies" id=(field) value=(words) maxlength="200" autocomplete="off";
            }
            noscript { button.ds-button data-variant="secondary" data-size="sm" { (spot.say("ticket.search")) } }
        }
        (list(spot, picked))
    })
}

fn list(spot: Spot<'_>, picked: &[StandardReply]) -> Markup {
    let count = match picked.len() {
        0 => spot.say("ticket.replies_none").to_owned(),
        some => spot.reader.fill("ticket.replies_count", &[("count", &some.to_string())]),
    };
    html! {
        div id=(spot.id("replies-list")) data-count=(count) {
            @if picked.is_empty() { p.muted { (count) } }
            @for reply in picked.iter().take(MOST_SHOWN) { (entry(spot, reply)) }
            @if picked.len() > MOST_SHOWN { p.muted.small { (spot.say("ticket.replies_more")) } }
        }
    }
}

/// One with what this ticket knows filled in, ready to be put into the reply.
pub(super) fn entry(spot: Spot<'_>, reply: &StandardReply) -> Markup {
    let (reader, text) = (spot.reader, filled(spot, reply));
    html! {
        div.suggestion {
            details.small {
                summary lang=(reply.lang) { (reply.title) }
                div.passage lang=(reply.lang) tabindex="0" role="group" aria-label=(reply.title) { (free_text(&text)) }
            }
            div.row {
                form method="get" action={ "/desk/tickets/" (spot.ticket.number) } {
                    button.ds-button data-variant="secondary" data-size="sm" name="use" value={ (reply.lang) "/" (reply.slug) }
                        data-insert=(text) { (reader.say("ticket.use_reply")) span.unseen lang=(reply.lang) { " " (reply.title) } }
                }
                @if reply.lang != spot.ticket.lang { span.tag { (reader.language(reply.lang)) } }
                @if let Some(group) = &reply.group { span.tag { (reader.group(group)) } }
            }
        }
    }
}

/// A standard reply with what this ticket knows filled in.
fn filled(spot: Spot<'_>, reply: &StandardReply) -> String {
    let (ticket, facts) = (spot.ticket, &spot.reader.desk().facts);
    let group = facts.groups.get(&ticket.group).map_or(ticket.group.as_str(), |group| group.name(reply.lang));
    let values = Values {
        name: ticket.employee_name.as_deref(),
        number: ticket.number,
        operator: &spot.by.name,
        group,
        phone: facts.urgent_phone.as_deref(),
    };
    fill(&reply.body, &values)
}

/// A reply that was begun, with the standard reply after it that the address names as `nb/name`.
pub(super) fn begun_with(spot: Spot<'_>, draft: &str, replies: &[StandardReply], named: &str) -> String {
    let wanted = replies.iter().find(|reply| format!("{}/{}", reply.lang, reply.slug) == named);
    match wanted.map(|reply| filled(spot, reply)) {
        None => draft.to_owned(),
        Some(text) if draft.contains(&text) => draft.to_owned(),
        Some(text) if draft.is_empty() => text,
        Some(text) => format!("{draft}\n{text}"),
    }
}
