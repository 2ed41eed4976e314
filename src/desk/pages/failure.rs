//! What goes wrong on the way to a page. A failure is a bare status; [`super::guard`] words it for the reader.

use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tracing::error;

use crate::flows::FlowError;
use crate::ports::{ShelfError, StoreError};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// There is no such thing, or it is not the reader's to know.
    #[error("there is no such page")]
    NotFound,
    /// The reader has not signed in.
    #[error("the reader has not signed in")]
    SignedOut,
    /// The reader may not see it.
    #[error("the reader may not see this")]
    Refused,
    /// The form or the address is not one of ours.
    #[error("the form could not be read")]
    Unreadable,
    /// The articles' files could not be worked on.
    #[error("the articles' files could not be worked on")]
    Files(#[source] ShelfError),
    /// The store failed.
    #[error("the page could not be made")]
    Broken(#[source] FlowError),
}

impl Failure {
    /// The status that stands for it on the wire.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Files(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Broken(cause) = &self {
            let reason = std::error::Error::source(cause).map(ToString::to_string);
            error!(%cause, reason, "a page could not be made");
        }
        if let Self::Files(cause) = &self {
            error!(error = cause as &dyn std::error::Error, "a page of articles could not be made");
        }
        self.status().into_response()
    }
}

impl From<FlowError> for Failure {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::NotFound => Self::NotFound,
            FlowError::Refused(_) => Self::Refused,
            FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_) => Self::Broken(error),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(FlowError::Store(error))
    }
}

impl From<PathRejection> for Failure {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for Failure {
    fn from(_: QueryRejection) -> Self {
        Self::NotFound
    }
}

impl From<FormRejection> for Failure {
    fn from(_: FormRejection) -> Self {
        Self::Unreadable
    }
}
