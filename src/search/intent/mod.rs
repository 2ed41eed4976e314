//! What a message wants, apart from its subject.

use crate::domain::answer::Intent;

/// An intent and the rule that found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) intent: Intent,
    /// `None` for a plain question.
    pub(crate) rule: Option<&'static str>,
}

/// Reads the intent of a message.
pub(crate) fn read(_text: &str) -> Meant {
    Meant { intent: Intent::Question, rule: None }
}
