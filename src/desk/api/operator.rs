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
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::domain::ticket::{Priority, Status, SupportLine, TicketOrder, WaitsFor};
use crate::ports::{Asleep, HeldBy, TicketCursor, TicketFilter};

/// List tickets
///
/// Filters may be repeated or hold several values with commas between them; without a value they filter nothing. A list that
/// goes on is read with `after`.
#[utoipa::path(
    get,
    path = "/api/v1/tickets",
    tag = "operator",
    params(
        ("status" = Option<String>, Query, description = "`waiting`, `taken` or `resolved`."),
        ("group" = Option<String>, Query, description = "Short names of groups."),
        ("holder" = Option<String>, Query, description = "`me` or `nobody`."),
        ("priority" = Option<String>, Query, description = "`low`, `normal`, `high` or `critical`."),
        ("line" = Option<String>, Query, description = "`first`, `second`, `third` or `supplier`."),
        ("waits_for" = Option<String>, Query, description = "Who has the next word: `desk` or `employee`."),
        ("snoozed" = Option<String>, Query, description = "`yes` for those that are put aside now, `no` for the others."),
        ("lang" = Option<String>, Query, description = "`nb`, `nn` or `en`."),
        ("q" = Option<String>, Query, description = "Words or parts of words, all of which are in what was asked and said, in the number or in the name; the first six count."),
        ("order" = Option<String>, Query, description = "`urgency` (most urgent and then oldest first, which is so without it), `age` (oldest first) or `change` (last changed first)."),
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u32>, Query, description = "At most so many on a page: 1–200, 200 without it."),
    ),
    responses((status = 200, description = "The tickets.", body = TicketList), Refusal),
    security(("operator" = []))
)]
pub(super) async fn list(State(desk): State<Desk>, Calling(by): Calling, asked: Asked) -> Result<Json<TicketList>, Problem> {
    let page = desk.flows.queue_page(&by, filter(&desk, &by, &asked)?).await?;
    let tickets = page.tickets.iter().map(to_shapes::summary).collect();
    Ok(Json(TicketList { tickets, total: page.total, next: page.next.map(|cursor| cursor.to_string()) }))
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

fn filter(desk: &Desk, by: &Operator, asked: &Asked) -> Result<TicketFilter, Problem> {
    Ok(TicketFilter {
        statuses: several(asked, "status", Status::from_name)?,
        groups: asked.values("group").map(|name| known_group(desk, name)).collect::<Result<_, _>>()?,
        holder: one(asked, "holder", |name| match name {
            "me" => Some(HeldBy::Operator(by.id.clone())),
            "nobody" => Some(HeldBy::Nobody),
            _ => None,
        })?
        .unwrap_or_default(),
        priorities: several(asked, "priority", Priority::from_name)?,
        lines: several(asked, "line", SupportLine::from_name)?,
        waits_for: one(asked, "waits_for", WaitsFor::from_name)?,
        asleep: one(asked, "snoozed", |name| match name {
            "yes" => Some(Asleep::Yes(desk.clock.now())),
            "no" => Some(Asleep::No(desk.clock.now())),
            _ => None,
        })?
        .unwrap_or_default(),
        langs: several(asked, "lang", Lang::from_code)?,
        text: asked.value("q").unwrap_or_default().to_owned(),
        order: one(asked, "order", TicketOrder::from_name)?.unwrap_or_default(),
        after: one(asked, "after", TicketCursor::from_name)?,
        limit: one(asked, "limit", |limit| limit.parse().ok().filter(|limit| (1..=200).contains(limit)))?.unwrap_or_default(),
    })
}

fn several<T>(asked: &Asked, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Problem> {
    asked.values(name).map(|value| known(value).ok_or_else(|| unknown(name, value))).collect()
}

fn one<T>(asked: &Asked, name: &'static str, known: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    asked.value(name).map(|value| known(value).ok_or_else(|| unknown(name, value))).transpose()
}

/// A value that a query, or a body, cannot hold there.
pub(super) fn unknown(name: &str, value: &str) -> Problem {
    let value: String = value.chars().take(40).collect();
    Problem::unprocessable(format!("`{name}` cannot be `{value}`; /api/openapi.json says what it can be"))
}

/// The group with this short name.
pub(super) fn known_group(desk: &Desk, name: &str) -> Result<GroupId, Problem> {
    let id = GroupId::new(name);
    if desk.facts.groups.get(&id).is_some() { Ok(id) } else { Err(no_such_group(desk)) }
}

/// Names the groups that there are.
pub(super) fn no_such_group(desk: &Desk) -> Problem {
    let allowed: Vec<&str> = desk.facts.groups.iter().map(|group| group.id.as_str()).collect();
    Problem::unprocessable(format!("`group` must be one of {}", allowed.join(", ")))
}
