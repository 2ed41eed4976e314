//! Forgets what is no longer needed, so that the database does not grow by it.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::domain::time::Timestamp;
use crate::ports::{Clock, Files, Store, StoreError};

/// How often it is looked for.
const EVERY: Duration = Duration::from_hours(1);

/// For how long a done errand is kept, for whoever looks into what was sent.
const DONE_IS_KEPT: Duration = Duration::from_hours(30 * 24);

/// For how long it is known what was received into and posted for a conversation that is over: nobody sends or presses it again
/// after that. It is looked for over a month, so that a stop of less than that skips nothing.
const RECEIPTS_ARE_KEPT: Duration = Duration::from_hours(90 * 24);
const LOOKED_OVER: Duration = Duration::from_hours(30 * 24);

/// For how long a draft that nobody went on with is kept.
const DRAFTS_ARE_KEPT: Duration = Duration::from_hours(30 * 24);

/// For how long a file may lie there before a conversation has it: an upload is kept before it is spoken of.
const FILE_WAITS: Duration = Duration::from_hours(24);

/// The job that forgets.
pub struct TidyUp {
    store: Arc<dyn Store>,
    files: Arc<dyn Files>,
    clock: Arc<dyn Clock>,
}

impl TidyUp {
    /// The job over this store and these files.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, files: Arc<dyn Files>, clock: Arc<dyn Clock>) -> Self {
        Self { store, files, clock }
    }

    /// Tidies up at once and then every hour, until told to stop.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(failure) = self.once().await {
                error!(error = &failure as &dyn std::error::Error, "what is over could not be forgotten");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    async fn once(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let sessions = self.store.forget_expired(now).await?;
        let errands = self.store.forget_done(now.before(DONE_IS_KEPT)).await?;
        let drafts = self.store.forget_drafts(now.before(DRAFTS_ARE_KEPT)).await?;
        let before = now.before(RECEIPTS_ARE_KEPT);
        let receipts = self.store.forget_receipts(before.before(LOOKED_OVER), before).await?;
        let tokens = self.store.forget_reply_tokens(now).await?;
        if sessions + errands + drafts + receipts + tokens > 0 {
            info!(sessions, errands, drafts, receipts, tokens, "what is over was forgotten");
        }
        let files = self.unclaimed(now.before(FILE_WAITS)).await?;
        if files > 0 {
            info!(files, "files that no conversation has were removed");
        }
        Ok(())
    }

    /// Removes files from before then that no conversation has, since their upload broke off; how many there were.
    async fn unclaimed(&self, before: Timestamp) -> Result<u64, StoreError> {
        let all = self.files.all().await.unwrap_or_else(|failure| {
            error!(error = &failure as &dyn std::error::Error, "attached files could not be listed");
            Vec::new()
        });
        let mut removed = 0;
        for (id, _) in all.into_iter().filter(|(_, written)| *written < before) {
            if self.store.attached(id).await?.is_none() && self.files.remove(id).await.is_ok() {
                removed += 1;
            }
        }
        Ok(removed)
    }
}

#[cfg(test)]
mod tests;
