//! The operator's side: what could not be delivered, and try again.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Named;
use super::bearer::Calling;
use super::problem::{Problem, Refusal};
use super::to_shapes::moment;
use crate::desk::Desk;
use crate::domain::decision::Errand;
use crate::domain::ids::OutboxId;
use crate::domain::permission::Operator;
use crate::flows::Remedy;
use crate::ports::Stuck;

/// What is stuck.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StuckList {
    /// The errands, newest first, at most 500.
    errands: Vec<StuckErrand>,
}

/// Something that was decided and could not be done on its platform.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StuckErrand {
    /// Its id, a 64-bit number as text.
    id: String,
    /// What was to be done: `say`, `amend`, `retract`, `open_room`, `show_card`, `post_note`, `admit` or `unknown`.
    what: String,
    /// What keeps it from being done: `unconfigured`, `forbidden`, `place_gone`, `full`, `person_left`, `person_closed`,
    /// `unanswered`, `unsure` or `other`.
    why: String,
    /// The technical reason, in English.
    reason: String,
    /// The platform.
    channel: String,
    /// The number of the conversation's latest ticket.
    #[schema(required)]
    ticket: Option<i64>,
    /// Whose queue that is in.
    #[schema(required)]
    group: Option<String>,
    /// When it was decided (RFC 3339, UTC).
    #[schema(format = DateTime)]
    decided_at: String,
    /// When it was given up (RFC 3339, UTC).
    #[schema(format = DateTime)]
    stuck_since: String,
}

/// What came of a wish.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Remedied {
    /// Whether it was still stuck.
    done: bool,
}

/// List what is stuck
///
/// What should have been said or done on a platform for tickets of your groups and could not be.
#[utoipa::path(
    get,
    path = "/api/v1/outbox/stuck",
    tag = "operator",
    responses((status = 200, description = "What is stuck.", body = StuckList), Refusal),
    security(("operator" = []))
)]
pub(super) async fn list(State(desk): State<Desk>, Calling(by): Calling) -> Result<Json<StuckList>, Problem> {
    let stuck = desk.flows.stuck(&by).await?;
    Ok(Json(StuckList { errands: stuck.iter().map(shape).collect() }))
}

/// Try again what is stuck
///
/// It is looked for first, so that nothing is said twice. Trying again what is not stuck any more changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/stuck/{id}/retry",
    tag = "operator",
    params(("id" = String, Path, description = "The errand's id.")),
    responses((status = 200, description = "It is tried again.", body = Remedied), Refusal),
    security(("operator" = []))
)]
pub(super) async fn retry(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(id): Named<String>,
) -> Result<Json<Remedied>, Problem> {
    remedy(&desk, &by, &id, Remedy::Retry).await
}

/// Leave undone what is stuck
///
/// It is not done and not listed any more.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/stuck/{id}/dismiss",
    tag = "operator",
    params(("id" = String, Path, description = "The errand's id.")),
    responses((status = 200, description = "It is put away.", body = Remedied), Refusal),
    security(("operator" = []))
)]
pub(super) async fn dismiss(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(id): Named<String>,
) -> Result<Json<Remedied>, Problem> {
    remedy(&desk, &by, &id, Remedy::Dismiss).await
}

async fn remedy(desk: &Desk, by: &Operator, id: &str, remedy: Remedy) -> Result<Json<Remedied>, Problem> {
    let id = id.parse().map(OutboxId::new).map_err(|_| Problem::not_found("there is no errand with this id"))?;
    Ok(Json(Remedied { done: desk.flows.remedy(id, remedy, by).await? }))
}

fn shape(stuck: &Stuck) -> StuckErrand {
    let what = match &stuck.errand {
        Some(Errand::Say { .. }) => "say",
        Some(Errand::Amend { .. }) => "amend",
        Some(Errand::Retract { .. }) => "retract",
        Some(Errand::OpenRoom { .. }) => "open_room",
        Some(Errand::ShowCard { .. } | Errand::RefreshCard { .. }) => "show_card",
        Some(Errand::PostNote { .. }) => "post_note",
        Some(Errand::Admit { .. }) => "admit",
        None => "unknown",
    };
    StuckErrand {
        id: stuck.id.to_string(),
        what: what.to_owned(),
        why: stuck.why.as_str().to_owned(),
        reason: stuck.reason.clone(),
        channel: stuck.channel.to_string(),
        ticket: stuck.number.map(crate::domain::ids::TicketNumber::get),
        group: stuck.group.as_ref().map(ToString::to_string),
        decided_at: moment(stuck.created_at),
        stuck_since: moment(stuck.given_up_at),
    }
}
