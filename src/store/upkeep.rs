//! Forgetting what is no longer needed.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::sql;
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

/// Forgets what was received into and posted for conversations that were last changed between two moments and are over.
pub(super) struct ForgetOver {
    pub(super) since: Timestamp,
    pub(super) before: Timestamp,
}

#[async_trait]
impl Write for ForgetOver {
    type Reply = u64;
    const DOING: &'static str = "forgot what was received long ago";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<u64>, Failure> {
        let mut forgotten = 0;
        for statement in [sql::FORGET_RECEIVED, sql::FORGET_POSTED] {
            let gone = query(statement).bind(self.since.micros()).bind(self.before.micros()).execute(&mut *connection).await?;
            forgotten += gone.rows_affected();
        }
        Ok(Applied::Keep(forgotten))
    }
}
