//! The whole outbox, done errands too, for whoever looks into whether it is right.

use sqlx::any::AnyRow;
use sqlx::query;

use super::failure::Failure;
use super::{SqlStore, from_rows};
use crate::domain::obstacle::Obstacle;
use crate::ports::{Leased, StoreError};

/// An errand as it stands.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The errand.
    pub errand: Leased,
    /// How it stands.
    pub standing: Standing,
}

/// How an errand stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not done yet.
    Waiting,
    /// It is done.
    Done,
    /// It was given up, because of this.
    Stuck {
        /// What the desk is told of it.
        why: Option<Obstacle>,
        /// The technical words.
        reason: String,
    },
}

const ALL: &str = "SELECT o.id, o.conversation, o.channel, o.errand, o.created_at, o.attempts, r.address AS room, \
    c.address AS place, NULL AS card_address, NULL AS card_external_id, NULL AS card_posted_at, o.state, o.reason, o.why \
    FROM outbox o JOIN conversation c ON c.id = o.conversation LEFT JOIN room r ON r.conversation = o.conversation ORDER BY o.id";

impl SqlStore {
    /// Every errand there is, in the order of their identifiers.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn ledger(&self) -> Result<Vec<Entry>, StoreError> {
        self.many("read the outbox", query(ALL), entry).await
    }

    /// Takes an errand out of the outbox, as if it had never been decided: a fault that tests must see.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn lose_errand(&self, errand: &Leased) -> Result<(), StoreError> {
        self.writer.write(Lose(errand.id.get())).await
    }
}

fn entry(row: &AnyRow) -> Result<Entry, Failure> {
    let reason = from_rows::maybe_text(row, "reason")?.unwrap_or_default();
    let standing = match from_rows::text(row, "state")?.as_str() {
        "done" => Standing::Done,
        "stuck" => {
            let why = from_rows::maybe_text(row, "why")?.and_then(|word| Obstacle::from_name(&word));
            Standing::Stuck { why, reason }
        }
        _ => Standing::Waiting,
    };
    Ok(Entry { errand: from_rows::leased(row)?, standing })
}

struct Lose(i64);

#[async_trait::async_trait]
impl super::writer::Write for Lose {
    type Reply = ();
    const DOING: &'static str = "lost an errand";

    async fn apply(&self, connection: &mut sqlx::AnyConnection) -> Result<super::writer::Applied<()>, Failure> {
        query("DELETE FROM outbox WHERE id = $1").bind(self.0).execute(connection).await?;
        Ok(super::writer::Applied::Keep(()))
    }
}
