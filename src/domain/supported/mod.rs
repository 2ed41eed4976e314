//! Whether what a language model wrote says no more than the passage that it was given: a direct answer exists only where it does.
//!
//! Every fact (`facts`) and every name and address (`names`) must stand in the passage; it must be plain sentences in the asker's
//! language (`speech`), and its words those of the passage (`overlap`) where both are Norwegian or both English. Between English and
//! Norwegian words cannot be compared, so that facts, names and what is dangerous must do. When in doubt it is not supported: the
//! passage itself is shown anyway.

mod facts;
mod names;
mod overlap;
mod speech;
mod tables;
mod text;

use super::lang::Lang;

/// A passage in a few words, in the asker's language, as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectAnswer(String);

/// What a direct answer must keep to.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The article's title.
    pub title: &'a str,
    /// The passage, in Markdown.
    pub passage: &'a str,
    /// The language of both.
    pub lang: Lang,
}

/// Why what was written is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unsupported {
    /// It says nothing.
    Empty,
    /// It is longer than a direct answer may be.
    TooLong,
    /// It is not plain sentences: it holds a link, a mention, a list, a tag or characters that cannot be seen.
    Markup,
    /// It says that it does not answer, or speaks of itself.
    Refusal,
    /// It is in another language than the asker's.
    Language,
    /// It holds a number, a time or a day that the passage does not.
    Fact,
    /// It holds an address, a path or an option of a command that the passage does not.
    Address,
    /// It holds a name, or quotes words, that the passage does not.
    Name,
    /// It tells to do something that can do harm, of which the passage does not speak.
    Danger,
    /// It says of something that it is not, or that it is, where the passage says the opposite.
    Negation,
    /// Its words are not the passage's.
    Words,
}

/// The most characters of a direct answer.
const LONGEST: usize = 500;

impl DirectAnswer {
    /// The direct answer that `text`, as a model wrote it, is in `lang`.
    ///
    /// # Errors
    /// [`Unsupported`] for the first thing that the source does not bear out.
    pub fn supported_by(source: &Source<'_>, text: &str, lang: Lang) -> Result<Self, Unsupported> {
        let text = text.trim();
        if !text.chars().any(char::is_alphanumeric) {
            return Err(Unsupported::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(Unsupported::TooLong);
        }
        speech::is_plain(text)?;
        let text = &text.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = format!("{}.\n{}", source.title, source.passage);
        speech::is_an_answer(text, lang)?;
        facts::are_known(text, lang, &known, source.lang)?;
        names::are_known(text, lang, &known)?;
        overlap::is_enough(text, lang, &known, source.lang)?;
        Ok(Self(text.replace("**", "")))
    }

    /// Vouches that `text` was found supported when it was written.
    #[must_use]
    pub fn vouched(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, which is not Markdown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Unsupported {
    /// The stable short name: `empty`, `too_long`, `markup`, `refusal`, `language`, `fact`, `address`, `name`, `danger`, `negation`, `words`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Markup => "markup",
            Self::Refusal => "refusal",
            Self::Language => "language",
            Self::Fact => "fact",
            Self::Address => "address",
            Self::Name => "name",
            Self::Danger => "danger",
            Self::Negation => "negation",
            Self::Words => "words",
        }
    }
}

#[cfg(test)]
mod tests;
