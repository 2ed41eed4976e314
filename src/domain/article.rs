//! An article of the knowledge base, as it was read.

use super::answer::ArticleRef;
use super::ids::GroupId;

/// An article in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its name and language.
    pub article: ArticleRef,
    /// Its title.
    pub title: String,
    /// Words that it is found by.
    pub tags: Vec<String>,
    /// Questions that it answers, as people ask them.
    pub questions: Vec<String>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// When it was last reviewed.
    pub reviewed: Option<Day>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// The group that its matters belong to.
    pub group: Option<GroupId>,
    /// The form to fill in, where there is one.
    pub request: Option<String>,
    /// The Markdown after the front matter.
    pub body: String,
}

/// An article that may be what somebody is about to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which, and in which language.
    pub article: ArticleRef,
    /// Its title.
    pub title: String,
    /// The example question that fits better than the title, if one does.
    pub question: Option<String>,
}

/// A day of the calendar, valid: `2026-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year.
    pub year: i16,
    /// Month, 1–12.
    pub month: i8,
    /// Day of the month, 1–31.
    pub day: i8,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
