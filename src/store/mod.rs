//! Keeping things: `sqlx` lives here and nowhere else.
//!
//! In reading order: [`open`](SqlStore::open) makes the pools and runs the migrations; `commit` keeps a decision;
//! `conversations`, `outbox`, `signed_in`, `watermarks`, `drafts`, `learned`, `attachments`, `feedback`, `incidents`,
//! `sign_ins` and `reply_tokens` are the parts of the port; `writer` is the one way in which anything is written, `stuck` what comes of errands
//! that are given up, `queue` how tickets are listed and `ticket_text` what they are
//! searched by, `upkeep` how things are forgotten; `sql` has the statements and `engine` what differs between SQLite and PostgreSQL;
//! `to_rows`, `from_rows`, `documents`, `from_documents` and `names` translate between the domain and what is kept.

mod amendments;
mod attachments;
mod cards;
mod commit;
mod conversations;
mod documents;
mod drafts;
mod engine;
mod failure;
mod feedback;
mod from_documents;
mod from_rows;
#[cfg(feature = "testing")]
mod held;
mod incident_documents;
mod incidents;
mod learned;
#[cfg(any(test, feature = "testing"))]
mod ledger;
mod names;
mod open;
mod outbox;
mod queue;
mod reply_tokens;
mod sign_ins;
mod signed_in;
mod sql;
mod stuck;
mod ticket_text;
mod to_rows;
mod upkeep;
mod watermarks;
mod writer;

#[cfg(any(test, feature = "testing"))]
pub mod contract;
#[cfg(test)]
mod tests;

#[cfg(feature = "testing")]
pub use held::HeldWrites;
#[cfg(any(test, feature = "testing"))]
pub use ledger::{Entry, Standing};
pub use open::OpenError;

use std::fs::File;
use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{AnyPool, query};
use tracing::warn;

use self::engine::Engine;
use self::failure::Failure;
use self::writer::Writer;
use crate::ports::{Store, StoreError};

/// The store on SQLite or PostgreSQL. Cheap to clone; all clones are one store.
#[derive(Clone)]
pub struct SqlStore {
    engine: Engine,
    readers: AnyPool,
    writer: Writer,
    alone: Option<Arc<File>>,
}

impl SqlStore {
    /// Opens the database at `sqlite:FILE` or `postgres://…`, makes a SQLite file and its folder where they are missing,
    /// brings the database to this version's form and starts to take writes.
    ///
    /// # Errors
    /// [`OpenError`] names the database and what to do.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let opened = open::open(url).await?;
        let writer = Writer::start(opened.writers, opened.engine);
        Ok(Self { engine: opened.engine, readers: opened.readers, writer, alone: None })
    }

    /// Opens the database for the process that works on it. On SQLite that is one process at a time, so what an earlier one had
    /// in hand when it ended is given out again at once; on PostgreSQL others may be at work, and their holds are left to run out.
    ///
    /// # Errors
    /// [`OpenError`] names the database and what to do.
    pub async fn open_to_work(url: &str) -> Result<Self, OpenError> {
        let opened = Self::open(url).await?;
        let Some(lock) = open::alone(url)? else { return Ok(opened) };
        let failed = |source| OpenError::Connect { url: url.to_owned(), source: Box::new(source) };
        opened.let_go().await.map_err(failed)?;
        Ok(Self { alone: Some(Arc::new(lock)), ..opened })
    }

    /// Finishes the writes that wait, then closes; later calls fail with [`StoreError::Closed`]. May be called more than once.
    pub async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
        if let Some(lock) = &self.alone
            && let Err(error) = lock.unlock()
        {
            warn!(%error, "the lock beside the database is let go only when the process ends");
        }
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn ping(&self) -> Result<(), StoreError> {
        let answer = query(sql::PING).execute(&self.readers).await;
        answer.map(drop).map_err(|error| Failure::from(error).while_it("answered a ping"))
    }
}
