//! What the platform says no to, with its own status and error codes.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refused request. The platform's documentation lists the codes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("401: Unauthorized")]
    Unauthorized,
    #[error("404: Not Found")]
    NoSuchRoute,
    #[error("Unknown Channel")]
    UnknownChannel,
    #[error("Unknown Guild")]
    UnknownGuild,
    #[error("Unknown Member")]
    UnknownMember,
    #[error("Unknown Message")]
    UnknownMessage,
    #[error("Unknown User")]
    UnknownUser,
    #[error("Unknown interaction")]
    UnknownInteraction,
    #[error("Unknown application command")]
    UnknownCommand,
    #[error("Maximum number of edits to messages older than 1 hour reached. Try again later")]
    TooManyLateEdits,
    #[error("Interaction has already been acknowledged.")]
    AlreadyAcknowledged,
    #[error("Missing Access")]
    MissingAccess,
    #[error("Cannot edit a message authored by another user")]
    NotYourMessage,
    #[error("Cannot send an empty message")]
    EmptyMessage,
    #[error("Cannot send messages to this user")]
    ClosedToMessages,
    #[error("Missing Permissions")]
    MissingPermissions,
    #[error("Cannot execute action on this channel type")]
    WrongChannelType,
    #[error("Invalid Webhook Token")]
    ExpiredToken,
    #[error("Invalid Form Body")]
    InvalidForm(String),
    #[error("Thread is archived")]
    ThreadIsArchived,
    #[error("Cannot reply without permission to read message history")]
    CannotReadHistory,
    #[error("Invalid Form Body")]
    UnknownReference,
    #[error("A thread has already been created for this message")]
    ThreadExists,
    #[error("Thread is locked")]
    ThreadIsLocked,
    #[error("Maximum number of active threads reached")]
    TooManyThreads,
    #[error("Maximum number of thread participants has been reached (1000)")]
    TooManyMembers,
    #[error("Cannot send messages to this user due to having no mutual guilds")]
    NoGuildInCommon,
    #[error("Cannot send messages in a non-text channel")]
    NotATextChannel,
    #[error("The resource is being rate limited.")]
    RenamedTooOften,
}

impl Refusal {
    /// A form that breaks a rule: `field: the rule`.
    pub(super) fn form(rule: impl Into<String>) -> Self {
        Self::InvalidForm(rule.into())
    }

    /// Whether a well-behaved program never gets this answer.
    pub(super) const fn is_violation(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized | Self::NoSuchRoute | Self::AlreadyAcknowledged | Self::EmptyMessage | Self::InvalidForm(_)
        )
    }

    /// HTTP status and the platform's error code.
    const fn codes(&self) -> (StatusCode, u32) {
        match self {
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, 0),
            Self::NoSuchRoute => (StatusCode::NOT_FOUND, 0),
            Self::UnknownChannel => (StatusCode::NOT_FOUND, 10_003),
            Self::UnknownGuild => (StatusCode::NOT_FOUND, 10_004),
            Self::UnknownMember => (StatusCode::NOT_FOUND, 10_007),
            Self::UnknownMessage => (StatusCode::NOT_FOUND, 10_008),
            Self::UnknownUser => (StatusCode::NOT_FOUND, 10_013),
            Self::UnknownInteraction => (StatusCode::NOT_FOUND, 10_062),
            Self::UnknownCommand => (StatusCode::NOT_FOUND, 10_063),
            Self::TooManyLateEdits => (StatusCode::TOO_MANY_REQUESTS, 30_046),
            Self::TooManyMembers => (StatusCode::BAD_REQUEST, 30_033),
            Self::AlreadyAcknowledged => (StatusCode::BAD_REQUEST, 40_060),
            Self::MissingAccess => (StatusCode::FORBIDDEN, 50_001),
            Self::NotYourMessage => (StatusCode::FORBIDDEN, 50_005),
            Self::EmptyMessage => (StatusCode::BAD_REQUEST, 50_006),
            Self::ClosedToMessages => (StatusCode::FORBIDDEN, 50_007),
            Self::NotATextChannel => (StatusCode::BAD_REQUEST, 50_008),
            Self::MissingPermissions => (StatusCode::FORBIDDEN, 50_013),
            Self::WrongChannelType => (StatusCode::BAD_REQUEST, 50_024),
            Self::ExpiredToken => (StatusCode::UNAUTHORIZED, 50_027),
            Self::InvalidForm(_) | Self::UnknownReference => (StatusCode::BAD_REQUEST, 50_035),
            Self::ThreadIsArchived => (StatusCode::BAD_REQUEST, 50_083),
            Self::NoGuildInCommon => (StatusCode::FORBIDDEN, 50_278),
            Self::CannotReadHistory => (StatusCode::BAD_REQUEST, 160_002),
            Self::ThreadExists => (StatusCode::BAD_REQUEST, 160_004),
            Self::ThreadIsLocked => (StatusCode::BAD_REQUEST, 160_005),
            Self::TooManyThreads => (StatusCode::BAD_REQUEST, 160_006),
            Self::RenamedTooOften => (StatusCode::TOO_MANY_REQUESTS, 20_028),
        }
    }

    /// The words that a violation is listed with.
    pub(super) fn in_full(&self) -> String {
        match self {
            Self::InvalidForm(rule) => format!("{self}: {rule}"),
            _ => self.to_string(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code) = self.codes();
        let mut body = json!({ "code": code, "message": self.to_string() });
        match &self {
            Self::InvalidForm(rule) => {
                let (field, words) = rule.split_once(": ").unwrap_or(("body", rule));
                body["errors"] = json!({ field: { "_errors": [{ "code": "INVALID_FORM", "message": words }] } });
            }
            Self::UnknownReference => {
                let error = json!({ "code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message" });
                body["errors"] = json!({ "message_reference": { "_errors": [error] } });
            }
            Self::RenamedTooOften | Self::TooManyLateEdits => {
                body["retry_after"] = json!(600.0);
                body["global"] = json!(false);
            }
            _ => {}
        }
        let mut response = (status, Json(body)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
