//! The operator's side, handing on: to a group, to a line of support, into another ticket.

use axum::Json;
use axum::extract::State;

use super::asked::Named;
use super::bearer::Calling;
use super::operate::{carry_out_once, named, redacted};
use super::operator::{known_group, ticket_number, unknown};
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::ticket_shapes::{Duplicates, Merge, Ticket, Transfer};
use super::to_shapes;
use crate::desk::Desk;
use crate::domain::ids::TicketNumber;
use crate::domain::operator_side::{Destination, Wish};
use crate::domain::ticket::SupportLine;

/// Give a ticket to another group or line of support
///
/// It waits there. The reason is a note. With a `client_id` it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/transfer",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Transfer,
    responses(
        (status = 200, description = "The others have it.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn transfer(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(sent): Sent<Transfer>,
) -> Result<Json<Ticket>, Problem> {
    let to = match (sent.group, sent.line) {
        (Some(group), None) => Destination::Group(known_group(&desk, &group)?),
        (None, Some(line)) => Destination::Line(SupportLine::from_name(&line).ok_or_else(|| unknown("line", &line))?),
        _ => return Err(Problem::unprocessable("name either `group` or `line`")),
    };
    let wish = Wish::Transfer { to, reason: redacted(&desk, &sent.reason)? };
    carry_out_once(&desk, &number, &by, wish, named(sent.client_id)?).await
}

/// Resolve a ticket as a duplicate of another one
///
/// The employee is told and may say that it is none. The other ticket must be open, and no duplicate itself. With a `client_id`
/// it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/merge",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Merge,
    responses(
        (status = 200, description = "The ticket is resolved as a duplicate.", body = Ticket),
        (status = 409, description = "`holder` has it, it is resolved, or the two cannot be merged as they stand.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn merge(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(sent): Sent<Merge>,
) -> Result<Json<Ticket>, Problem> {
    let wish = Wish::MergeInto(TicketNumber::new(sent.into));
    carry_out_once(&desk, &number, &by, wish, named(sent.client_id)?).await
}

/// List a ticket's duplicates
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/duplicates",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses((status = 200, description = "The tickets.", body = Duplicates), Refusal),
    security(("operator" = []))
)]
pub(super) async fn duplicates(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<Duplicates>, Problem> {
    let tickets = desk.flows.duplicates(ticket_number(&number)?, &by).await?;
    Ok(Json(Duplicates { tickets: tickets.iter().map(to_shapes::summary).collect() }))
}
