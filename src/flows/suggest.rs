//! Titles for whoever is writing a question.

use super::Flows;
use crate::domain::article::Suggestion;
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;

impl Flows {
    /// Articles that may be what somebody is about to ask for, at most `most`, best first; nothing of what was typed is kept.
    #[must_use]
    pub fn suggest(&self, typed: &Redacted, reader: Lang, most: usize) -> Vec<Suggestion> {
        self.index.suggest(typed, reader, most)
    }
}
