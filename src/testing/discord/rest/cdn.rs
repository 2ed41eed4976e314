//! Where attached files are fetched from. It is no part of the API: no token, no version, no description.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::Fake;
use crate::testing::discord::shared::Shared;

pub(super) fn routes() -> Router<std::sync::Arc<Shared>> {
    Router::new().route("/attachments/{id}/{name}", get(fetch))
}

async fn fetch(fake: Fake, Path((id, _)): Path<(u64, String)>) -> Response {
    let bytes = fake.read(|state| state.files.get(&id).cloned());
    bytes.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}
