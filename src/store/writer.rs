//! The one way in which anything is written.
//!
//! On SQLite a task owns the only writing connection. It takes what waits in its queue, up to [`MOST_TOGETHER`] writes, and
//! keeps them with one sync of the disk. Each stands in a savepoint of its own, so that one which is stale, repeated or
//! failing is undone alone. On PostgreSQL each write is its own transaction.

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{AnyConnection, AnyPool, Connection};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::engine::Engine;
use super::failure::{Failure, unreachable};
use crate::boundary::pass;
use crate::ports::StoreError;

/// How many writes share one transaction at most.
const MOST_TOGETHER: usize = 64;

/// How many writes may wait before callers do.
const QUEUE: usize = 4 * MOST_TOGETHER;

/// How often a write that lost a race on PostgreSQL is tried.
const ATTEMPTS: u32 = 8;

/// Something to write.
#[async_trait]
pub(super) trait Write: Send + Sync + 'static {
    /// What the caller is told.
    type Reply: Send + 'static;
    /// What is under way, for errors: "kept a decision".
    const DOING: &'static str;

    /// Writes. What it did is undone after an error, and after [`Applied::Undo`].
    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<Self::Reply>, Failure>;
}

/// What becomes of what was written.
pub(super) enum Applied<R> {
    /// It stays.
    Keep(R),
    /// It goes; the reply says why.
    Undo(R),
}

/// Takes writes. Cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    pool: AnyPool,
    engine: Engine,
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl Writer {
    /// A writer over a pool; on SQLite the pool holds one connection, and a task is started.
    pub(super) fn start(pool: AnyPool, engine: Engine) -> Self {
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let queue = (engine == Engine::Sqlite).then(|| {
            let (sender, waiting) = mpsc::channel(QUEUE);
            tasks.spawn(keep_writing(pool.clone(), engine, waiting, closing.clone()));
            sender
        });
        Self { pool, engine, queue, tasks, closing }
    }

    /// Writes, and returns when the outcome is durable. Dropping the future does not always prevent the write.
    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Reply, StoreError> {
        pass(W::DOING, self.write_now(write), || unreachable(W::DOING)).await
    }

    async fn write_now<W: Write>(&self, write: W) -> Result<W::Reply, StoreError> {
        let Some(queue) = &self.queue else { return self.write_alone(&write).await };
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Waiting { write, reply, outcome: None });
        queue.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what waits, then closes. May be called more than once.
    pub(super) async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        self.pool.close().await;
    }

    /// The connections that write.
    #[cfg(test)]
    pub(super) const fn pool(&self) -> &AnyPool {
        &self.pool
    }

    async fn write_alone<W: Write>(&self, write: &W) -> Result<W::Reply, StoreError> {
        let mut left = ATTEMPTS;
        loop {
            left -= 1;
            match self.attempt(write).await {
                Err(Failure::Sql(error)) if left > 0 && self.engine.lost_a_race(&error) => {}
                outcome => return outcome.map_err(|failure| failure.while_it(W::DOING)),
            }
        }
    }

    async fn attempt<W: Write>(&self, write: &W) -> Result<W::Reply, Failure> {
        let mut transaction = self.pool.begin_with(self.engine.begin()).await?;
        match write.apply(&mut transaction).await? {
            Applied::Keep(reply) => {
                transaction.commit().await?;
                Ok(reply)
            }
            Applied::Undo(reply) => {
                transaction.rollback().await?;
                Ok(reply)
            }
        }
    }
}

async fn keep_writing(pool: AnyPool, engine: Engine, mut queue: mpsc::Receiver<Box<dyn Job>>, closing: CancellationToken) {
    let mut jobs: Vec<Box<dyn Job>> = Vec::with_capacity(MOST_TOGETHER);
    loop {
        let taken = tokio::select! {
            biased;
            () = closing.cancelled(), if !queue.is_closed() => {
                queue.close();
                continue;
            }
            taken = queue.recv_many(&mut jobs, MOST_TOGETHER) => taken,
        };
        if taken == 0 {
            return;
        }
        let kept = write_together(&pool, engine, &mut jobs).await.map_err(Arc::new);
        for job in jobs.drain(..) {
            job.answer(kept.as_ref().err());
        }
    }
}

async fn write_together(pool: &AnyPool, engine: Engine, jobs: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with(engine.begin()).await?;
    for job in jobs {
        let mut savepoint = transaction.begin().await?;
        match job.apply(&mut savepoint).await {
            Fate::Stays => savepoint.commit().await?,
            Fate::Goes => savepoint.rollback().await?,
        }
    }
    crate::crash_point!("store.before_commit");
    transaction.commit().await?;
    crate::crash_point!("store.after_commit");
    Ok(())
}

enum Fate {
    Stays,
    Goes,
}

/// A write of any kind, waiting in the queue.
#[async_trait]
trait Job: Send {
    async fn apply(&mut self, connection: &mut AnyConnection) -> Fate;
    /// Tells the caller how it went; `lost` where the transaction around it failed.
    fn answer(self: Box<Self>, lost: Option<&Arc<sqlx::Error>>);
}

struct Waiting<W: Write> {
    write: W,
    reply: oneshot::Sender<Result<W::Reply, StoreError>>,
    outcome: Option<Result<W::Reply, StoreError>>,
}

#[async_trait]
impl<W: Write> Job for Waiting<W> {
    async fn apply(&mut self, connection: &mut AnyConnection) -> Fate {
        let (fate, outcome) = match self.write.apply(connection).await {
            Ok(Applied::Keep(reply)) => (Fate::Stays, Ok(reply)),
            Ok(Applied::Undo(reply)) => (Fate::Goes, Ok(reply)),
            Err(failure) => (Fate::Goes, Err(failure.while_it(W::DOING))),
        };
        self.outcome = Some(outcome);
        fate
    }

    fn answer(self: Box<Self>, lost: Option<&Arc<sqlx::Error>>) {
        let outcome = match (lost, self.outcome) {
            (Some(error), _) => Err(StoreError::Database { doing: W::DOING, source: Box::new(Arc::clone(error)) }),
            (None, outcome) => outcome.unwrap_or(Err(StoreError::Closed)),
        };
        // Nobody may be waiting any more; the write is what counts.
        drop(self.reply.send(outcome));
    }
}
