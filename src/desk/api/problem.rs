//! Every failure as `application/problem+json` (RFC 9457). For developers, so in English.

use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::desk::Unfit;
use crate::domain::ticket::Holder;
use crate::flows::FlowError;
use crate::ports::StoreError;

/// What went wrong and what to do about it (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::desk) struct Problem {
    /// Which kind of problem: `about:blank` where the status says it all, else `urn:firstline:problem:<name>`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong with this request.
    detail: String,
    /// The operator who has the ticket, where that is the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    holder: Option<String>,
}

/// What every call may answer instead of what it is for.
#[derive(IntoResponses)]
#[response(status = "4XX", description = "What is wrong, and what to do about it.", content_type = "application/problem+json")]
#[expect(dead_code, reason = "describes responses in OpenAPI and is never made")]
pub(super) struct Refusal(#[to_schema] Problem);

/// What `type` says where the status says it all.
const BLANK: &str = "about:blank";

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem");
        Self { kind: BLANK, title, status: status.as_u16(), detail: detail.into(), holder: None }
    }

    fn named(self, kind: &'static str, title: &'static str) -> Self {
        Self { kind, title, ..self }
    }

    /// The body is no JSON.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// No bearer token, or one that nobody has.
    pub(super) fn unauthorised(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    /// Whoever asks may not.
    pub(super) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// It is not there, or not the asker's to know.
    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The path is there, the method is not.
    pub(in crate::desk) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not take that method; the Allow header names those it does")
    }

    /// The body is too large.
    pub(super) fn too_large(limit: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {} KB", limit / 1024))
    }

    /// The body is something other than JSON.
    pub(super) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be sent as Content-Type: application/json")
    }

    /// The request is understood and cannot be done as it is.
    pub(super) fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// The choice cannot be made any more.
    pub(super) fn choice_closed() -> Self {
        Self::unprocessable("this choice is not open any more; the conversation's messages show those that are")
            .named("urn:firstline:problem:choice-closed", "The choice is not open")
    }

    /// Somebody else has the ticket.
    pub(super) fn held_by(holder: &Holder) -> Self {
        let problem = Self::new(StatusCode::CONFLICT, format!("{} has the ticket", holder.name))
            .named("urn:firstline:problem:held", "Another operator has the ticket");
        Self { holder: Some(holder.name.clone()), ..problem }
    }

    /// The ticket is resolved, so nothing can be done with it.
    pub(super) fn resolved() -> Self {
        Self::new(StatusCode::CONFLICT, "the ticket is resolved; only the employee can open it again")
            .named("urn:firstline:problem:resolved", "The ticket is resolved")
    }

    /// The tickets cannot be merged as they stand.
    pub(super) fn unmergeable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail).named("urn:firstline:problem:unmergeable", "The tickets cannot be merged")
    }

    /// The program cannot answer just now.
    pub(in crate::desk) fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let extra = match status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer realm=\"firstline\"")),
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "1")),
            _ => None,
        };
        if let Some((name, value)) = extra {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

impl From<Unfit> for Problem {
    fn from(unfit: Unfit) -> Self {
        Self::unprocessable(unfit.to_string())
    }
}

impl From<FlowError> for Problem {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => {
                Self::not_found("there is no such conversation, ticket, incident or question, or it is not yours")
            }
            FlowError::Refused(refused) => Self::new(StatusCode::FORBIDDEN, refused.to_string()),
            FlowError::Store(error) => error.into(),
            FlowError::Files(error) => {
                tracing::error!(error = &error as &(dyn Error + 'static), "a file could not be kept or read");
                Self::unavailable("no file could be kept or read just now; try again")
            }
            FlowError::Contended(attempts) => {
                tracing::warn!(attempts, "a conversation kept changing while a request was decided");
                Self::unavailable("the conversation is changing too fast; try again")
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &(dyn Error + 'static), "the store failed under a request");
        Self::unavailable("nothing could be read or kept just now; try again")
    }
}
