//! What could not be delivered: why, and try again.

mod view;

pub(super) use view::banner;

use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::Deserialize;

use super::failure::Failure;
use super::form::{Sender, Told};
use super::reader::Reader;
use super::session::SignedIn;
use crate::desk::Desk;
use crate::domain::ids::{OutboxId, TicketNumber};
use crate::flows::Remedy;

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/stuck", get(show))
        .route("/desk/stuck/retry", post(retry_all))
        .route("/desk/stuck/{id}/{verb}", post(act))
}

/// The query as it was sent.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    said: String,
}

/// What the forms send besides the verb: the ticket on whose page they stand.
#[derive(Deserialize)]
struct Filled {
    ticket: Option<i64>,
}

async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Query(asked) = query?;
    let stuck = desk.flows.stuck(&by.operator).await?;
    Ok(view::page(&reader, &by.operator, &stuck, Notice::from_name(&asked.said)))
}

/// How what a form wanted went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Retried,
    AllRetried,
    Dismissed,
    Gone,
}

impl Notice {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Retried, "retried", "stuck.did_retry"),
        (Self::AllRetried, "all", "stuck.did_retry_all"),
        (Self::Dismissed, "dismissed", "stuck.did_dismiss"),
        (Self::Gone, "gone", "stuck.gone"),
    ];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == name).map(|(notice, ..)| notice)
    }

    fn name_and_key(self) -> (&'static str, &'static str) {
        Self::ALL.into_iter().find(|(notice, ..)| *notice == self).map_or(("", ""), |(_, name, key)| (name, key))
    }
}

async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((id, verb)), Form(filled)) = (path?, form?);
    let (remedy, done) = match verb.as_str() {
        "retry" => (Remedy::Retry, Notice::Retried),
        "dismiss" => (Remedy::Dismiss, Notice::Dismissed),
        _ => return Err(Failure::NotFound),
    };
    let changed = desk.flows.remedy(OutboxId::new(id), remedy, &by.operator).await?;
    Ok(answer(&reader, sender, if changed { done } else { Notice::Gone }, filled.ticket.map(TicketNumber::new)))
}

async fn retry_all(State(desk): State<Desk>, reader: Reader, by: SignedIn, sender: Sender) -> Result<Response, Failure> {
    desk.flows.retry_all(&by.operator).await?;
    Ok(answer(&reader, sender, Notice::AllRetried, None))
}

fn answer(reader: &Reader, sender: Sender, notice: Notice, ticket: Option<TicketNumber>) -> Response {
    let (name, key) = notice.name_and_key();
    let page = match ticket {
        Some(number) => format!("/desk/tickets/{number}"),
        None => format!("/desk/stuck?said={name}#said-back"),
    };
    Told::well(reader.say(key)).go(page.clone()).answer(sender, &page)
}
