//! The REST side: every request is logged, held against the rules, answered from the state.

mod cdn;
mod channels;
mod gate;
mod guild;
mod interactions;
mod messages;
mod people;
mod threads;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;

use self::gate::{Gate, gate, unknown};
use super::failure::{CutListener, Line};
use super::requests::Payload;
use super::shared::Shared;

/// What clients put before every path.
pub(super) const PREFIX: &str = "/api/v10";

/// A body that was read at the gate.
type Body = axum::Extension<Payload>;
type Fake = axum::extract::State<Arc<Shared>>;

/// Answers requests until the task is dropped.
pub(super) async fn serve(listener: CutListener, shared: Arc<Shared>) {
    let service = router(&shared).into_make_service_with_connect_info::<Line>();
    if let Err(error) = axum::serve(listener, service).await {
        shared.change(|state| state.violation(format!("the fake stopped answering: {error}")));
    }
}

fn router(shared: &Arc<Shared>) -> Router {
    let mut router = Router::new();
    let for_people_only: Routes = people::ONLY_FOR_PEOPLE.map(|template| (template, MethodRouter::new())).to_vec();
    let tables =
        [channels::routes(), guild::routes(), interactions::routes(), messages::routes(), threads::routes(), for_people_only];
    for (template, methods) in tables.into_iter().flatten() {
        let gate_here = Gate { shared: Arc::clone(shared), template, for_people: people::methods(template) };
        let guarded = methods.layer(from_fn_with_state(gate_here, gate));
        router = router.route(&format!("{PREFIX}{template}"), guarded);
    }
    let router = router.merge(cdn::routes());
    let lost = Arc::clone(shared);
    let fallback = move |request: Request| async move { unknown(&lost, &request) };
    router.fallback(fallback).with_state(Arc::clone(shared))
}

/// Paths as the platform's description writes them, with what answers there.
type Routes = Vec<(&'static str, MethodRouter<Arc<Shared>>)>;

/// An answer without a body.
fn no_content() -> Response {
    axum::http::StatusCode::NO_CONTENT.into_response()
}
