//! The need to know how articles do.

use async_trait::async_trait;

use crate::domain::feedback::{ArticleFigures, Vote};
use crate::domain::ids::{EmployeeId, Slug};
use crate::domain::time::Timestamp;

use super::store::StoreError;

/// What readers and askers made of articles.
#[async_trait]
pub trait Feedback: Send + Sync {
    /// Keeps a vote in place of the reader's earlier one on the article, in whichever language.
    async fn vote(&self, vote: &Vote) -> Result<(), StoreError>;

    /// The reader's vote on an article, if they have voted.
    async fn vote_of(&self, reader: &EmployeeId, article: &Slug) -> Result<Option<Vote>, StoreError>;

    /// The votes on an article that say something in words, newest first, at most `limit`.
    async fn remarks(&self, article: &Slug, limit: u32) -> Result<Vec<Vote>, StoreError>;

    /// How every article did that anything is known of since the beginning of that day (UTC), in order of name and language.
    /// What was committed before the store counted is not among it.
    ///
    /// Answers are counted as they are committed, by day: what reading costs grows with articles and days, not with conversations.
    async fn article_figures(&self, since: Timestamp) -> Result<Vec<ArticleFigures>, StoreError>;
}
