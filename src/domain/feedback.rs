//! What readers make of articles.

use super::answer::ArticleRef;
use super::ids::EmployeeId;
use super::message::Redacted;
use super::time::Timestamp;

/// The most that a reader says about an article, in characters.
pub const LONGEST_REMARK: usize = 500;

/// Whether a reader found an article useful. A reader has one vote for an article, whichever language they read it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub reader: EmployeeId,
    /// The article, in the language that was read.
    pub article: ArticleRef,
    /// Whether it was useful.
    pub useful: bool,
    /// A few words about it, at most [`LONGEST_REMARK`] characters.
    pub remark: Option<Redacted>,
    /// When.
    pub at: Timestamp,
}

/// How an article did, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFigures {
    /// The article.
    pub article: ArticleRef,
    /// How often it was given as an answer, chosen from an offer included.
    pub shown: u64,
    /// How often it helped then.
    pub helped: u64,
    /// How often it did not.
    pub did_not_help: u64,
    /// How many readers of its page found it useful.
    pub useful: u64,
    /// How many did not.
    pub not_useful: u64,
}
