//! The employee's side: a ticket by its number, for whoever holds its conversation's secret.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Named;
use super::bearer::Holding;
use super::operate::{named, redacted};
use super::operator::ticket_number;
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::shapes::{Message, StatusName};
use super::to_shapes::{message, moment, status};
use crate::desk::{Desk, receipt};
use crate::domain::history::{Stage, Step};
use crate::domain::ids::{EmployeeId, TicketNumber};
use crate::flows::{Own, OwnTicketView};

/// A ticket as its employee sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnTicket {
    /// The number that people say on the phone.
    number: i64,
    /// What it is about.
    subject: String,
    /// Where it stands.
    status: StatusName,
    /// The name of the operator who has it, or resolved it.
    #[schema(required)]
    holder: Option<String>,
    /// What became of it, oldest first.
    history: Vec<Happening>,
    /// What was said, oldest first. The choices are the conversation's own.
    messages: Vec<Message>,
    /// Whether something can be added to it now.
    can_add: bool,
    /// Whether it can be reopened now.
    can_reopen: bool,
}

/// One step of a ticket's way.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Happening {
    /// When (RFC 3339, UTC).
    #[schema(format = DateTime)]
    at: String,
    /// What: `received`, `taken`, `put_back`, `transferred`, `moved_line`, `answered`, `added`, `resolved`, `merged`, `confirmed`
    /// or `reopened`.
    what: &'static str,
    /// Who took it, answered or resolved it; the group or line that it went to; the number of the ticket that it goes on in.
    #[schema(required)]
    whom: Option<String>,
}

/// Something to add to a ticket.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Addition {
    /// What the employee writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    client_id: Option<String>,
}

/// Read one's own ticket
#[utoipa::path(
    get,
    path = "/api/v1/own-tickets/{number}",
    tag = "employee",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses((status = 200, description = "The ticket.", body = OwnTicket), Refusal),
    security(("conversation" = []))
)]
pub(super) async fn read(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named(number): Named<String>,
) -> Result<Json<OwnTicket>, Problem> {
    view(&desk, ticket_number(&number)?, &by).await
}

/// Add something to one's own ticket
///
/// While it is open. With a `client_id` it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/own-tickets/{number}/add",
    tag = "employee",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Addition,
    responses((status = 200, description = "The desk can read it.", body = OwnTicket), Refusal),
    security(("conversation" = []))
)]
pub(super) async fn add(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named(number): Named<String>,
    Sent(sent): Sent<Addition>,
) -> Result<Json<OwnTicket>, Problem> {
    let number = ticket_number(&number)?;
    let text = redacted(&desk, &sent.text)?;
    let receipt = named(sent.client_id)?.map(|name| receipt(by.as_str(), &format!("{number}/add"), &name));
    match desk.flows.add(number, &by, text, receipt).await? {
        Own::Kept | Own::Already => view(&desk, number, &by).await,
        Own::TooLate => Err(Problem::resolved()),
    }
}

/// Reopen one's own ticket
///
/// Reopening one that is open is fine.
#[utoipa::path(
    post,
    path = "/api/v1/own-tickets/{number}/reopen",
    tag = "employee",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses((status = 200, description = "It waits again.", body = OwnTicket), Refusal),
    security(("conversation" = []))
)]
pub(super) async fn reopen(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named(number): Named<String>,
) -> Result<Json<OwnTicket>, Problem> {
    let number = ticket_number(&number)?;
    match desk.flows.reopen(number, &by, None).await? {
        Own::Kept | Own::Already => view(&desk, number, &by).await,
        Own::TooLate => Err(Problem::choice_closed()),
    }
}

async fn view(desk: &Desk, number: TicketNumber, by: &EmployeeId) -> Result<Json<OwnTicket>, Problem> {
    let OwnTicketView { ticket, lines, history, can_add, can_reopen, .. } = desk.flows.own_ticket(number, by).await?;
    Ok(Json(OwnTicket {
        number: ticket.number.get(),
        subject: ticket.subject,
        status: status(ticket.status),
        holder: ticket.holder.map(|holder| holder.name),
        history: history.iter().map(happening).collect(),
        messages: lines.iter().map(|recorded| message(desk, recorded, &[])).collect(),
        can_add,
        can_reopen,
    }))
}

fn happening(step: &Step) -> Happening {
    let (what, whom) = match &step.what {
        Stage::Received => ("received", None),
        Stage::TakenBy(name) => ("taken", Some(name.clone())),
        Stage::PutBack => ("put_back", None),
        Stage::TransferredTo(group) => ("transferred", Some(group.to_string())),
        Stage::MovedTo(line) => ("moved_line", Some(line.as_str().to_owned())),
        Stage::AnsweredBy(name) => ("answered", Some(name.clone())),
        Stage::Added => ("added", None),
        Stage::ResolvedBy(name) => ("resolved", Some(name.clone())),
        Stage::MergedInto(number) => ("merged", Some(number.to_string())),
        Stage::Confirmed => ("confirmed", None),
        Stage::Reopened => ("reopened", None),
    };
    Happening { at: moment(step.at), what, whom }
}
