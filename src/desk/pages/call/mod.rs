//! Registering a phone call: what helps comes up while one types, and it becomes a ticket or is solved at once.

mod filled;
mod help;
mod view;

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::Markup;
use serde::Deserialize;

use self::filled::{Filled, Flaw, Wanted};
use self::view::Page;
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use crate::desk::{Desk, LONGEST_TEXT};
use crate::domain::ids::TicketNumber;
use crate::domain::permission::Refused;
use crate::flows::{FlowError, Help, Registered};

/// The largest form that is read, in bytes: two of the longest texts with every character escaped, and the small fields.
const LARGEST_CALL: usize = 2 * 12 * LONGEST_TEXT + 8_192;

/// The page, and what its script asks.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/call", get(show).post(save))
        .route("/desk/call/help", post(look))
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
}

/// The ticket that was saved last, where the page follows upon that.
#[derive(Deserialize)]
struct After {
    saved: Option<i64>,
}

async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(After { saved }) = query?;
    let page = Page { filled: &Filled::new(&desk), flaws: &[], help: None, saved: saved.map(TicketNumber::new) };
    if by.operator.works_on_tickets() { Ok(page.render(&reader, &by.operator)) } else { Err(Failure::Refused) }
}

/// What may help with what stands in the form by now: the element with the id `help`.
async fn look(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Markup, Failure> {
    let Form(filled) = form?;
    let help = help_with(&desk, &reader, &by, &filled).await?;
    Ok(help::region(&reader, help.as_ref()))
}

/// What may help; `None` where nothing is written yet.
async fn help_with(desk: &Desk, reader: &Reader, by: &SignedIn, filled: &Filled) -> Result<Option<Help>, Failure> {
    match desk.typed(&filled.text) {
        Ok(typed) => Ok(Some(desk.flows.help_with(&typed.text, filled.hint(reader.lang), &by.operator).await?)),
        Err(_) => Ok(None),
    }
}

/// Saves the call as the operator wants; the form comes back as it was where something in it cannot be taken.
async fn save(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(filled) = form?;
    let call = match (filled.wanted(), filled.call(&reader, &by.operator)) {
        (Wanted::Look, _) => return again(&desk, &reader, &by, filled, &[]).await,
        (_, Err(flaws)) => return again(&desk, &reader, &by, filled, &flaws).await,
        (_, Ok(call)) => call,
    };
    match desk.flows.register(&by.operator, call).await {
        Ok(Registered::Ticket(number)) => Ok(Redirect::to(&leads_to(filled.wanted(), number)).into_response()),
        Ok(Registered::NoSuchGroup(_)) => again(&desk, &reader, &by, filled, &[Flaw::NoSuchGroup]).await,
        Err(FlowError::Refused(Refused::Group(group))) => again(&desk, &reader, &by, filled, &[Flaw::OthersGroup(group)]).await,
        Err(error) => Err(error.into()),
    }
}

/// To the ticket that the operator has now; to the next call where they have nothing more to do with it.
fn leads_to(wanted: Wanted, number: TicketNumber) -> String {
    match wanted {
        Wanted::Keep => format!("/desk/tickets/{number}"),
        _ => format!("/desk/call?saved={number}"),
    }
}

async fn again(desk: &Desk, reader: &Reader, by: &SignedIn, filled: Filled, flaws: &[Flaw]) -> Result<Response, Failure> {
    let help = help_with(desk, reader, by, &filled).await?;
    let page = Page { filled: &filled.cleaned(desk), flaws, help: help.as_ref(), saved: None };
    let status = if flaws.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page.render(reader, &by.operator)).into_response())
}
