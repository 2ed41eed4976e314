//! What one process takes on at a time, and for how long.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::api::Problem;
use crate::ports::Clock;

/// How many requests are worked on at a time; others wait for their turn.
const AT_A_TIME: usize = 256;

/// How many files are taken in at a time: each is held in memory.
const UPLOADS_AT_A_TIME: usize = 8;

/// How long taking in a file may take: ten megabytes over a slow line.
const UPLOAD_PATIENCE: Duration = Duration::from_mins(3);

/// How long a request may take, waiting for its turn included. A stream of events counts until it begins.
const PATIENCE: Duration = Duration::from_secs(20);

/// What one process takes on. Clones share it.
#[derive(Clone)]
pub(super) struct Limits {
    clock: Arc<dyn Clock>,
    turns: Arc<Semaphore>,
    patience: Duration,
    uploads: Arc<Semaphore>,
}

impl Limits {
    /// The ordinary limits.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            turns: Arc::new(Semaphore::new(AT_A_TIME)),
            patience: PATIENCE,
            uploads: Arc::new(Semaphore::new(UPLOADS_AT_A_TIME)),
        }
    }
}

/// Works on a request within the limits, and counts it.
pub(super) async fn within(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let began = limits.clock.now();
    let for_systems = request.uri().path().starts_with("/api");
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = counted_as(request.method());
    let is_upload = request.method() == Method::POST && route.ends_with("/files");
    let (turns, patience) = if is_upload { (&limits.uploads, UPLOAD_PATIENCE) } else { (&limits.turns, limits.patience) };
    let work = async {
        let _turn = turns.acquire().await.ok()?;
        Some(next.run(request).await)
    };
    let response = if let Ok(Some(response)) = timeout(patience, work).await {
        response
    } else {
        tracing::warn!(route, waited_ms = patience.as_millis(), "a request took too long and was given up");
        overloaded(for_systems)
    };
    let labels = [("method", method.to_owned()), ("route", route), ("status", response.status().as_u16().to_string())];
    metrics::counter!("firstline_http_requests_total", &labels).increment(1);
    metrics::histogram!("firstline_http_request_seconds", &labels[..2]).record(limits.clock.now().since(began));
    response
}

/// Clients can make up methods; the figures do not grow with them.
const fn counted_as(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

fn overloaded(for_systems: bool) -> Response {
    if for_systems {
        return Problem::unavailable("this took too long; try again").into_response();
    }
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
