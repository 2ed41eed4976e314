//! The API for other systems, under `/api/v1`; `/api/openapi.json` describes it.

mod asked;
mod bearer;
mod calls;
mod employee;
mod hand_on;
mod incidents;
mod learned;
mod openapi;
mod operate;
mod operator;
mod own;
mod plan;
mod problem;
mod sent;
mod shapes;
mod stuck;
mod ticket_shapes;
mod to_shapes;

#[cfg(test)]
mod tests;

pub(super) use problem::Problem;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{any, get, patch, post};
use axum::{Json, Router, middleware};

use super::Desk;

/// Everything under `/api`.
pub(super) fn router() -> Router<Desk> {
    let description = openapi::described();
    let api = Router::new()
        .route("/openapi.json", get(async move || Json(description.clone())))
        .nest("/v1", first_version())
        .fallback(nothing)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(sent::LARGEST_BODY))
        .layer(middleware::map_response(not_kept));
    // A nested router is not asked about its bare folder.
    Router::new().nest("/api", api).route("/api/", any(nothing))
}

fn first_version() -> Router<Desk> {
    Router::new()
        .route("/conversations", post(employee::begin))
        .route("/conversations/{id}", get(employee::read))
        .route("/conversations/{id}/messages", post(employee::write))
        .route("/conversations/{id}/actions/{action}", post(employee::choose))
        .route("/tickets", get(operator::list))
        .route("/tickets/{number}", get(operator::read))
        .route("/tickets/{number}/similar", get(operator::similar))
        .route("/tickets/{number}/claim", post(operate::claim))
        .route("/tickets/{number}/release", post(operate::release))
        .route("/tickets/{number}/reply", post(operate::reply))
        .route("/tickets/{number}/note", post(operate::note))
        .route("/tickets/{number}/transfer", post(hand_on::transfer))
        .route("/tickets/{number}/resolve", post(operate::resolve))
        .route("/incidents", get(incidents::list).post(incidents::announce))
        .route("/incidents/{number}", patch(incidents::change))
        .route("/tickets/{number}/prioritise", post(plan::prioritise))
        .route("/tickets/{number}/snooze", post(plan::snooze))
        .route("/tickets/{number}/wake", post(plan::wake))
        .route("/tickets/{number}/merge", post(hand_on::merge))
        .route("/tickets/{number}/duplicates", get(hand_on::duplicates))
        .route("/calls", post(calls::register))
        .route("/own-tickets/{number}", get(own::read))
        .route("/own-tickets/{number}/add", post(own::add))
        .route("/own-tickets/{number}/reopen", post(own::reopen))
        .route("/outbox/stuck", get(stuck::list))
        .route("/outbox/stuck/{id}/retry", post(stuck::retry))
        .route("/outbox/stuck/{id}/dismiss", post(stuck::dismiss))
        .route("/learned", get(learned::list))
        .route("/learned/{id}/approve", post(learned::approve))
        .route("/learned/{id}/decline", post(learned::decline))
}

async fn nothing() -> Problem {
    Problem::not_found("there is nothing at this path; /api/openapi.json describes what there is")
}

/// Answers are about one person's matter: nobody on the way keeps them.
async fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
