//! Whether the program lives, whether it can work, and its figures.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use std::error::Error;
use utoipa::ToSchema;

use super::Desk;
use super::api::Problem;
use super::state::{ChannelReport, Condition};

/// The three paths for those who run Firstline.
pub(super) fn router() -> Router<Desk> {
    let paths = Router::new().route("/healthz", get(lives)).route("/readyz", get(ready)).route("/metrics", get(figures));
    paths.method_not_allowed_fallback(async || Problem::method_not_allowed())
}

/// Whether the program can work.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Readiness {
    /// Whether questions can be received.
    ready: bool,
    /// Why not; empty where they can.
    reasons: Vec<&'static str>,
    /// Whether a channel is not as it should be; its reason stands beside it. That does not make the rest unready.
    degraded: bool,
    /// Every channel to another platform. One that is down does not make the rest unready.
    channels: Vec<ChannelState>,
    /// How many article files are loaded.
    articles: usize,
}

/// How a channel is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChannelState {
    /// Its name.
    channel: String,
    /// `up`, `connecting`, `limited` or `down`.
    state: &'static str,
    /// What is missing and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
}

impl From<ChannelReport> for ChannelState {
    fn from(report: ChannelReport) -> Self {
        let (state, reason) = match report.condition {
            Condition::Up => ("up", None),
            Condition::Connecting => ("connecting", Some("it is being connected".to_owned())),
            Condition::Limited { reason } => ("limited", Some(reason)),
            Condition::Down { reason } => ("down", Some(reason)),
        };
        Self { channel: report.channel.to_string(), state, reason }
    }
}

/// Whether the process lives
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "It does.", body = String, content_type = "text/plain")))]
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// Whether it can work
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    responses(
        (status = 200, description = "It can.", body = Readiness),
        (status = 503, description = "It cannot, for these reasons.", body = Readiness),
    )
)]
pub(super) async fn ready(State(desk): State<Desk>) -> (StatusCode, Json<Readiness>) {
    let mut reasons = Vec::new();
    if let Err(error) = desk.store.ping().await {
        tracing::warn!(error = &error as &(dyn Error + 'static), "the store does not answer");
        reasons.push("the database does not answer");
    }
    let ready = reasons.is_empty();
    let channels = desk.health.channels();
    let degraded = channels.iter().any(|report| report.condition != Condition::Up);
    let channels = channels.into_iter().map(ChannelState::from).collect();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, reasons, degraded, channels, articles: desk.index.size() }))
}

/// The figures, for Prometheus
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, description = "The figures.", body = String, content_type = "text/plain")))]
pub(super) async fn figures(State(desk): State<Desk>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], desk.metrics.render())
}
