//! The three written forms that are equals here.

use std::fmt;

/// A written language of articles, questions and of everything that Firstline says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Lang {
    /// All of them, the source language of articles first.
    pub const ALL: [Self; 3] = [Self::Nb, Self::Nn, Self::En];

    /// The BCP 47 code: `nb`, `nn` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
        }
    }

    /// The language with this code, if it is one of the three.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// In which order an article's languages are tried for a reader of this one.
    #[must_use]
    pub const fn preference(self) -> [Self; 3] {
        match self {
            Self::Nb => [Self::Nb, Self::Nn, Self::En],
            Self::Nn => [Self::Nn, Self::Nb, Self::En],
            Self::En => [Self::En, Self::Nb, Self::Nn],
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
