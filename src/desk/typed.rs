//! What people type, on its way in: checked, cleaned and through the privacy filter.

use super::Desk;
use crate::domain::message::{Redacted, Secret};

/// The longest text that is taken, in characters.
pub const LONGEST_TEXT: usize = 4_000;

/// A text that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What it says, without secrets.
    pub text: Redacted,
    /// What was taken out, in order.
    pub secrets: Vec<Secret>,
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// More than [`LONGEST_TEXT`] characters.
    #[error("the text is longer than {LONGEST_TEXT} characters")]
    TooLong,
}

impl Desk {
    /// Takes in a text that somebody typed. Control characters other than line breaks and tabs are left out.
    ///
    /// # Errors
    /// [`Unfit`] where there is nothing to take, or too much.
    pub fn typed(&self, text: &str) -> Result<Typed, Unfit> {
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let clean = clean.trim();
        if clean.is_empty() {
            return Err(Unfit::Empty);
        }
        if clean.chars().count() > LONGEST_TEXT {
            return Err(Unfit::TooLong);
        }
        let (text, secrets) = (self.privacy)(clean);
        Ok(Typed { text, secrets })
    }

    /// Takes in a name or an address: a text on one line, cut after so many characters. `None` where there is nothing to take.
    pub(super) fn typed_name(&self, text: &str, longest: usize) -> Option<String> {
        let typed = self.typed(text).ok()?;
        let words: Vec<&str> = typed.text.as_str().split_whitespace().collect();
        Some(words.join(" ").chars().take(longest).collect())
    }
}
