//! One of the employee's own cases: where it stands, what has happened, and what they can do about it.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use axum::response::Redirect;
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::visitor::Visitor;
use super::ticket_view;
use crate::desk::{Desk, Door, Unfit};
use crate::domain::decision::Receipt;
use crate::domain::ids::TicketNumber;
use crate::domain::message::Action;
use crate::flows::{Own, Pressed};

/// What is told about what was just done, in the page's address.
#[derive(Deserialize)]
pub(in super::super) struct Done {
    said: Option<String>,
}

/// What the case's forms send.
#[derive(Deserialize)]
pub(in super::super) struct Filled {
    #[serde(default)]
    text: String,
    /// The same one twice is one.
    #[serde(default)]
    client_id: String,
}

/// The case.
pub(in super::super) async fn ticket(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let (Path(number), Query(done)) = (path?, query?);
    let own = desk.flows.own_ticket(TicketNumber::new(number), &visitor.id()).await?;
    Ok(ticket_view::page(&reader, &own, done.said.as_deref().and_then(told)))
}

/// The sentence about what was just done, and whether it was.
fn told(said: &str) -> Option<(&'static str, bool)> {
    Some(match said {
        "added" => ("chat.said_added", true),
        "reopened" => ("chat.said_reopened", true),
        "solved" => ("chat.said_solved", true),
        "late" => ("chat.said_late", false),
        "empty" => ("page.text_empty", false),
        _ => return None,
    })
}

/// Does something about the case and leads back to it.
pub(in super::super) async fn work(
    State(desk): State<Desk>,
    visitor: Visitor,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<impl IntoResponse, Failure> {
    let (Path((number, verb)), Form(filled)) = (path?, form?);
    let number = TicketNumber::new(number);
    let said = match verb.as_str() {
        "add" => add(&desk, &visitor, number, filled).await?,
        "reopen" => told_of(desk.flows.reopen(number, &visitor.id(), None).await?, "reopened"),
        "solved" => solved(&desk, &visitor, number).await?,
        _ => return Err(Failure::NotFound),
    };
    Ok(Redirect::to(&format!("/chat/tickets/{number}?said={said}")))
}

const fn told_of(own: Own, done: &'static str) -> &'static str {
    match own {
        Own::Kept | Own::Already => done,
        Own::TooLate => "late",
    }
}

async fn add(desk: &Desk, visitor: &Visitor, number: TicketNumber, filled: Filled) -> Result<&'static str, Failure> {
    let typed = match desk.typed(&filled.text) {
        Ok(typed) => typed,
        Err(Unfit::Empty) => return Ok("empty"),
        Err(Unfit::TooLong) => return Err(Failure::Unreadable),
    };
    let once = (!filled.client_id.is_empty())
        .then(|| Receipt { channel: Door::Web.channel(), external_id: visitor.external_id(&filled.client_id) });
    Ok(told_of(desk.flows.add(number, &visitor.id(), typed.text, once).await?, "added"))
}

async fn solved(desk: &Desk, visitor: &Visitor, number: TicketNumber) -> Result<&'static str, Failure> {
    let own = desk.flows.own_ticket(number, &visitor.id()).await?;
    if !own.can_reopen {
        return Ok("late");
    }
    let pressed = desk.flows.press(own.ticket.conversation, &visitor.id(), &Action::ResolvedYes, None).await?;
    Ok(match pressed {
        Pressed::Kept | Pressed::SeenBefore => "solved",
        Pressed::TooLate => "late",
    })
}
