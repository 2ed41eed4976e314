//! The operator's side, reading: the queue and a ticket.

use axum::Json;
use axum::extract::State;

use super::asked::{Asked, Named};
use super::bearer::Calling;
use super::problem::{Problem, Refusal};
use super::ticket_shapes::{SimilarTickets, Ticket, TicketList};
use super::to_shapes;
use crate::desk::Desk;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::ports::TicketFilter;

/// List tickets
///
/// Both filters may be repeated or hold several values with commas between them; without a value they filter nothing.
#[utoipa::path(
    get,
    path = "/api/v1/tickets",
    tag = "operator",
    params(
        ("status" = Option<String>, Query, description = "`waiting`, `taken` or `resolved`."),
        ("group" = Option<String>, Query, description = "Short names of groups."),
    ),
    responses((status = 200, description = "The tickets.", body = TicketList), Refusal),
    security(("operator" = []))
)]
pub(super) async fn list(State(desk): State<Desk>, Calling(by): Calling, asked: Asked) -> Result<Json<TicketList>, Problem> {
    let filter = TicketFilter {
        statuses: asked.values("status").map(known_status).collect::<Result<_, _>>()?,
        groups: asked.values("group").map(|name| known_group(&desk, name)).collect::<Result<_, _>>()?,
        ..TicketFilter::default()
    };
    let tickets = desk.flows.queue(&by, filter).await?;
    Ok(Json(TicketList { tickets: tickets.iter().map(to_shapes::summary).collect() }))
}

/// Read a ticket
///
/// With its conversation, the desk's notes and articles that may answer it.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses((status = 200, description = "The ticket.", body = Ticket), Refusal),
    security(("operator" = []))
)]
pub(super) async fn read(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<Ticket>, Problem> {
    view(&desk, ticket_number(&number)?, &by).await.map(Json)
}

/// Find solved tickets that are like a ticket
///
/// What was asked, what solved it, and who. A ticket that is solved is found a few seconds later; one that is opened again is
/// not found until it is solved again.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/similar",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses((status = 200, description = "The tickets.", body = SimilarTickets), Refusal),
    security(("operator" = []))
)]
pub(super) async fn similar(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<SimilarTickets>, Problem> {
    let tickets = desk.flows.similar(ticket_number(&number)?, &by).await?;
    Ok(Json(SimilarTickets { tickets: tickets.iter().map(to_shapes::similar).collect() }))
}

/// The ticket as it is now.
pub(super) async fn view(desk: &Desk, number: TicketNumber, by: &Operator) -> Result<Ticket, Problem> {
    Ok(to_shapes::ticket(desk, &desk.flows.ticket(number, by).await?))
}

/// The ticket number that a path names.
pub(super) fn ticket_number(number: &str) -> Result<TicketNumber, Problem> {
    number.parse().map(TicketNumber::new).map_err(|_| Problem::not_found("there is no ticket with this number"))
}

fn known_status(name: &str) -> Result<Status, Problem> {
    let allowed = || Status::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
    Status::from_name(name).ok_or_else(|| Problem::unprocessable(format!("`status` must be one of {}", allowed())))
}

fn known_group(desk: &Desk, name: &str) -> Result<GroupId, Problem> {
    let id = GroupId::new(name);
    if desk.facts.groups.get(&id).is_some() { Ok(id) } else { Err(no_such_group(desk)) }
}

/// Names the groups that there are.
pub(super) fn no_such_group(desk: &Desk) -> Problem {
    let allowed: Vec<&str> = desk.facts.groups.iter().map(|group| group.id.as_str()).collect();
    Problem::unprocessable(format!("`group` must be one of {}", allowed.join(", ")))
}
