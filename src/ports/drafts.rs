//! The need to keep what operators have not sent yet.

use async_trait::async_trait;

use super::StoreError;
use crate::domain::draft::{Draft, DraftKey};
use crate::domain::ids::{OperatorId, TicketId};
use crate::domain::time::Timestamp;

/// What operators have begun to write, through reload and sign-out.
#[async_trait]
pub trait Drafts: Send + Sync {
    /// Keeps a draft in place of what was kept of it before.
    ///
    /// The last write wins: nothing changes where a later one is kept already, or where the draft was sent from the same form.
    async fn keep_draft(&self, draft: &Draft) -> Result<(), StoreError>;

    /// What this operator has begun to write on this ticket; never an empty text, each kind at most once.
    async fn drafts(&self, by: &OperatorId, ticket: TicketId) -> Result<Vec<Draft>, StoreError>;

    /// Forgets a draft because it was sent from this form; the form's own late words are not kept any more.
    async fn draft_sent(&self, key: &DraftKey, form: &str, now: Timestamp) -> Result<(), StoreError>;

    /// Forgets drafts that were kept before then, and says how many.
    async fn forget_drafts(&self, before: Timestamp) -> Result<u64, StoreError>;
}
