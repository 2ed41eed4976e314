//! A JSON body on its way in.

use axum::body::Bytes;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::problem::Problem;

/// The largest body that is read, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;

/// A JSON body. Members that are not known are passed over, so that a client may be newer than the program.
#[derive(Default)]
pub(super) struct Sent<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let headers = request.headers().clone();
        parse(&headers, &read(request, state).await?)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        let headers = request.headers().clone();
        let body = read(request, state).await?;
        if body.is_empty() { Ok(None) } else { parse(&headers, &body).map(Some) }
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(LARGEST_BODY),
        _ => Problem::malformed("the body could not be read"),
    })
}

fn parse<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<Sent<T>, Problem> {
    if !is_json(headers) {
        return Err(Problem::not_json());
    }
    serde_json::from_slice(body).map(Sent).map_err(|error| match error.classify() {
        Category::Data => Problem::unprocessable(format!("the body is not as described: {error}")),
        Category::Io | Category::Syntax | Category::Eof => Problem::malformed(format!("the body is not JSON: {error}")),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}
