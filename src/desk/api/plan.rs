//! The operator's side, planning: how urgent a ticket is, and when it is looked at again.

use axum::Json;
use axum::extract::State;

use super::asked::Named;
use super::bearer::Calling;
use super::operate::carry_out;
use super::operator::unknown;
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::ticket_shapes::{Judged, Snooze, Ticket};
use crate::desk::Desk;
use crate::domain::operator_side::Wish;
use crate::domain::ticket::{Assessment, Impact, Urgency};
use crate::domain::time::Timestamp;

/// Judge how urgent a ticket is
///
/// The priority follows from how many are affected and how soon it is needed.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/prioritise",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Judged,
    responses(
        (status = 200, description = "The ticket has the priority that follows.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn prioritise(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(judged): Sent<Judged>,
) -> Result<Json<Ticket>, Problem> {
    carry_out(&desk, &number, &by, Wish::Prioritise(assessment(&judged)?)).await
}

/// Put a ticket aside
///
/// It is out of lists that ask for `snoozed=no` until then, or until somebody writes to the other.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/snooze",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    request_body = Snooze,
    responses(
        (status = 200, description = "The ticket is put aside.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn snooze(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(sent): Sent<Snooze>,
) -> Result<Json<Ticket>, Problem> {
    let until: jiff::Timestamp = sent.until.parse().map_err(|_| unknown("until", &sent.until))?;
    let until = Timestamp::from_micros(until.as_microsecond());
    carry_out(&desk, &number, &by, Wish::Snooze { until }).await
}

/// Take a ticket up again that was put aside
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/wake",
    tag = "operator",
    params(("number" = i64, Path, description = "The ticket's number.")),
    responses(
        (status = 200, description = "The ticket is not put aside.", body = Ticket),
        (status = 409, description = "`holder` has it, or it is resolved.", body = Problem, content_type = "application/problem+json"),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn wake(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
) -> Result<Json<Ticket>, Problem> {
    carry_out(&desk, &number, &by, Wish::Wake).await
}

/// What a priority is judged by, in the domain's words.
pub(super) fn assessment(judged: &Judged) -> Result<Assessment, Problem> {
    Ok(Assessment {
        impact: Impact::from_name(&judged.impact).ok_or_else(|| unknown("impact", &judged.impact))?,
        urgency: Urgency::from_name(&judged.urgency).ok_or_else(|| unknown("urgency", &judged.urgency))?,
    })
}
