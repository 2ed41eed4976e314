//! The operator's side, acting: take a ticket, talk, hand on, resolve. Each answers with the ticket as it is afterwards.

use axum::Json;
use axum::extract::State;

use super::asked::Named;
use super::bearer::Calling;
use super::operator::{no_such_group, ticket_number, view};
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::ticket_shapes::{LastWords, Ticket, Words};
use crate::desk::{Desk, receipt};
use crate::domain::message::Redacted;
use crate::domain::operator_side::{Unmergeable, Wish, Written};
use crate::domain::permission::Operator;
use crate::flows::Outcome;

/// Take a ticket
///
/// Of several operators exactly one gets it; taking one's own again is fine.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/claim",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses(
        (status = 200, description = "The ticket is yours.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn claim(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<Ticket>, Problem> {
    carry_out(&desk, &number, &by, Wish::Take).await
}

/// Put a ticket back into the queue
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/release",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses(
        (status = 200, description = "Nobody has the ticket.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn release(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<Ticket>, Problem> {
    carry_out(&desk, &number, &by, Wish::Release).await
}

/// Write to the employee
///
/// Whoever answers a ticket that nobody has, has it from then on. With a `client_id` it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/reply",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Words,
    responses(
        (status = 200, description = "The employee can read it.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn reply(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(words): Sent<Words>,
) -> Result<Json<Ticket>, Problem> {
    let wish = Wish::Reply(redacted(&desk, &words.text)?, Written::InDesk);
    carry_out_once(&desk, &number, &by, wish, named(words.client_id)?).await
}

/// Write to colleagues
///
/// A note can be left on any ticket, whoever has it. The employee never sees it. With a `client_id` it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/note",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Words,
    responses((status = 200, description = "Colleagues can read it.", body = Ticket), Refusal),
    security(("operator" = []))
)]
pub(super) async fn note(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(words): Sent<Words>,
) -> Result<Json<Ticket>, Problem> {
    let wish = Wish::Note(redacted(&desk, &words.text)?);
    carry_out_once(&desk, &number, &by, wish, named(words.client_id)?).await
}

/// Resolve a ticket
///
/// With a last word to the employee or without; the body may be left out. The employee is asked whether it is solved.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/resolve",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Option<LastWords>,
    responses(
        (status = 200, description = "The ticket is resolved.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved already.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn resolve(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    sent: Option<Sent<LastWords>>,
) -> Result<Json<Ticket>, Problem> {
    let Sent(words) = sent.unwrap_or_default();
    let wish = Wish::Resolve(words.text.map(|text| redacted(&desk, &text)).transpose()?);
    carry_out_once(&desk, &number, &by, wish, named(words.client_id)?).await
}

/// Does what an operator wants done, and gives the ticket as it is afterwards.
pub(super) async fn carry_out(desk: &Desk, number: &str, by: &Operator, wish: Wish) -> Result<Json<Ticket>, Problem> {
    carry_out_once(desk, number, by, wish, None).await
}

/// The same, once for each name that the client gave to it.
pub(super) async fn carry_out_once(
    desk: &Desk,
    number: &str,
    by: &Operator,
    wish: Wish,
    client_id: Option<String>,
) -> Result<Json<Ticket>, Problem> {
    let number = ticket_number(number)?;
    let receipt = client_id.map(|name| receipt(by.id.as_str(), &format!("{number}/{}", wish.name()), &name));
    match desk.flows.handle_once(number, by, wish, receipt).await? {
        Outcome::Done | Outcome::Already => view(desk, number, by).await.map(Json),
        Outcome::HeldBy(holder) => Err(Problem::held_by(&holder)),
        Outcome::NotOpen => Err(Problem::resolved()),
        Outcome::NoSuchGroup(_) => Err(no_such_group(desk)),
        Outcome::NoReason => Err(Problem::unprocessable("`reason` says nothing; colleagues have to know why")),
        Outcome::UnfitMoment => Err(Problem::unprocessable("`until` must be later than now, and within a year")),
        Outcome::Unmergeable(why) => Err(unmergeable(why)),
    }
}

/// The client's own name for a request, where it gave one.
pub(super) fn named(client_id: Option<String>) -> Result<Option<String>, Problem> {
    match client_id.as_deref() {
        Some("") => Err(Problem::unprocessable("`client_id` is empty: give each request an id of its own, or none")),
        _ => Ok(client_id),
    }
}

pub(super) fn redacted(desk: &Desk, text: &str) -> Result<Redacted, Problem> {
    Ok(desk.typed(text)?.text)
}

fn unmergeable(why: Unmergeable) -> Problem {
    match why {
        Unmergeable::NoSuchTicket => Problem::unprocessable("there is no ticket with the number `into`"),
        Unmergeable::Itself => Problem::unprocessable("a ticket is no duplicate of itself"),
        Unmergeable::OriginalNotOpen => Problem::unmergeable("the ticket `into` is resolved"),
        Unmergeable::IsDuplicateOf(number) => {
            Problem::unmergeable(format!("the ticket `into` is itself a duplicate of {number}; merge into that one"))
        }
        Unmergeable::HasDuplicates => {
            Problem::unmergeable("other tickets are duplicates of this one; merge the ticket `into` into this one instead")
        }
    }
}
