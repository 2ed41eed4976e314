//! Giving an errand up, and what may come of it afterwards.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::names::Named;
use super::sql;
use super::writer::{Applied, Write};
use crate::domain::ids::OutboxId;
use crate::domain::obstacle::Obstacle;
use crate::domain::time::Timestamp;

pub(super) struct GiveUp {
    pub(super) id: OutboxId,
    pub(super) why: Obstacle,
    pub(super) reason: String,
    pub(super) now: Timestamp,
}

#[async_trait]
impl Write for GiveUp {
    type Reply = ();
    const DOING: &'static str = "gave up an errand";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let given_up = query(sql::GIVE_UP).bind(self.id.get()).bind(self.reason.as_str()).bind(self.now.micros());
        given_up.bind(self.why.word()).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

/// Moves one errand on, where it stands as the statement asks.
pub(super) struct Change {
    /// Takes the errand as `$1` and the moment as `$2`.
    pub(super) statement: &'static str,
    pub(super) id: OutboxId,
    pub(super) at: Timestamp,
}

#[async_trait]
impl Write for Change {
    type Reply = bool;
    const DOING: &'static str = "moved an errand on";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<bool>, Failure> {
        let changed = query(self.statement).bind(self.id.get()).bind(self.at.micros()).execute(connection).await?;
        Ok(Applied::Keep(changed.rows_affected() > 0))
    }
}
