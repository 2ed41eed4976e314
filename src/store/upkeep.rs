//! Forgetting what is no longer needed.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::writer::{Applied, Write};
use crate::domain::time::Timestamp;

/// Deletes what is older than a moment.
pub(super) struct Forget {
    /// Takes the moment as `$1`.
    pub(super) statement: &'static str,
    pub(super) until: Timestamp,
}

#[async_trait]
impl Write for Forget {
    type Reply = u64;
    const DOING: &'static str = "forgot what is over";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<u64>, Failure> {
        let forgotten = query(self.statement).bind(self.until.micros()).execute(connection).await?;
        Ok(Applied::Keep(forgotten.rows_affected()))
    }
}
