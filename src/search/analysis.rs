//! One analysis for bokmål and nynorsk together, one for English.

use crate::domain::lang::Lang;

use super::english::English;
use super::norwegian::Norwegian;

/// Written forms that share an analysis and a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Bokmål and nynorsk.
    Norwegian,
    /// English.
    English,
}

impl Family {
    pub(crate) const ALL: [Self; 2] = [Self::Norwegian, Self::English];

    /// The family of a language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Nb | Lang::Nn => Self::Norwegian,
            Lang::En => Self::English,
        }
    }

    /// What marks its terms in the index.
    pub(crate) const fn mark(self) -> char {
        match self {
            Self::Norwegian => 'n',
            Self::English => 'e',
        }
    }
}

/// Both analyses.
#[derive(Debug)]
pub(crate) struct Analysis {
    norwegian: Norwegian,
    english: English,
}

impl Analysis {
    pub(crate) fn new() -> Self {
        Self { norwegian: Norwegian::new(), english: English::new() }
    }

    /// Whether the word says nothing about what a text is about.
    pub(crate) fn is_stop(&self, family: Family, word: &str) -> bool {
        match family {
            Family::Norwegian => self.norwegian.is_stop(word),
            Family::English => self.english.is_stop(word),
        }
    }

    /// The form in which words of one meaning meet.
    pub(crate) fn normal(&self, family: Family, word: &str) -> String {
        match family {
            Family::Norwegian => self.norwegian.normal(word),
            Family::English => self.english.normal(word),
        }
    }
}
