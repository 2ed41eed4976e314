//! The need for a second opinion and for fewer words: a language model. Everything works without one.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::lang::Lang;
use crate::domain::message::Redacted;

/// A language model. It sees the question as the privacy filter left it and passages that were found for it, nothing else.
///
/// No call takes longer than its `within`, waits for its turn, or is tried again: where the model is busy, slow, out of order or
/// left alone after having failed, the call fails at once or at that time, and nobody is worse off than without a model.
#[async_trait]
pub trait Model: Send + Sync {
    /// Which of the passages answers the question, by its place among them; `None` where the model says that none does.
    ///
    /// # Errors
    /// [`ModelError`]; also where the reply is anything but one number that was asked for.
    async fn prefer(&self, question: &Redacted, passages: &[Excerpt<'_>], within: Duration) -> Result<Option<usize>, ModelError>;

    /// The passage in a few sentences of `lang` that answer the question, as the model wrote them: not checked against anything.
    ///
    /// # Errors
    /// [`ModelError`]; also where the reply was cut off.
    async fn rewrite(
        &self,
        question: &Redacted,
        lang: Lang,
        passage: Excerpt<'_>,
        within: Duration,
    ) -> Result<String, ModelError>;
}

/// A passage of an article, as a model is shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The article's title.
    pub title: &'a str,
    /// The passage, in Markdown.
    pub passage: &'a str,
}

/// Why a model was not heard. None of it quotes what was asked or replied.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// As many calls are under way as there may be.
    #[error("the model is busy")]
    Busy,
    /// It failed several times in a row and is left alone for a while.
    #[error("the model failed repeatedly and is left alone for a while")]
    Resting,
    /// It did not answer in time.
    #[error("the model did not answer within {} ms", within.as_millis())]
    Late {
        /// The time that it was given.
        within: Duration,
    },
    /// The connection failed.
    #[error("the model could not be reached: {reason}")]
    Unreachable {
        /// What the wire said.
        reason: String,
    },
    /// It answered with an error.
    #[error("the model's server answered {status}")]
    Refused {
        /// HTTP's status.
        status: u16,
    },
    /// Its reply is longer than any that was asked for, or was cut off.
    #[error("the model's reply is too long")]
    TooLong,
    /// Its reply is not what was asked for.
    #[error("the model's reply cannot be used: {detail}")]
    Unreadable {
        /// What is wrong with it.
        detail: &'static str,
    },
}

impl ModelError {
    /// The stable short name: `busy`, `resting`, `late`, `unreachable`, `refused`, `too_long`, `unreadable`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Resting => "resting",
            Self::Late { .. } => "late",
            Self::Unreachable { .. } => "unreachable",
            Self::Refused { .. } => "refused",
            Self::TooLong => "too_long",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Whether the model was not asked at all.
    #[must_use]
    pub const fn is_unasked(&self) -> bool {
        matches!(self, Self::Busy | Self::Resting)
    }
}
