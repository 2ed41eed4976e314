//! The program's tasks. Each runs until it is told to stop; one that ends before takes the program with it, since a Firstline
//! that goes on asking and delivers nothing looks well to everybody but those who wait.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, warn};

/// The owner of every task.
pub(super) struct Tasks {
    tracker: TaskTracker,
    handles: Vec<JoinHandle<()>>,
    stop: CancellationToken,
    broken: CancellationToken,
}

impl Tasks {
    /// None yet; `stop` tells all of them to end.
    pub(super) fn new(stop: CancellationToken) -> Self {
        Self { tracker: TaskTracker::new(), handles: Vec::new(), stop, broken: CancellationToken::new() }
    }

    /// Runs a task that ends when it is told to stop, and not before.
    pub(super) fn own(&mut self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let (stop, broken) = (self.stop.clone(), self.broken.clone());
        self.handles.push(self.tracker.spawn(async move {
            let panicked = AssertUnwindSafe(work).catch_unwind().await.is_err();
            if panicked || !stop.is_cancelled() {
                error!(task = name, panicked, "a task ended that should have gone on; Firstline stops");
                broken.cancel();
            }
        }));
    }

    /// Returns once a task has ended that should have gone on.
    pub(super) async fn broken(&self) {
        self.broken.cancelled().await;
    }

    /// Tells all of them to stop, and waits no longer than this until they have.
    pub(super) async fn stop(self, patience: Duration) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(patience, self.tracker.wait()).await.is_err() {
            warn!("not everything ended in time; what is in the outbox goes on at the next start");
            self.handles.iter().for_each(JoinHandle::abort);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn a_task_that_panics_or_ends_before_its_time_is_noticed() {
        let works: [Box<dyn Future<Output = ()> + Send + Unpin>; 2] =
            [Box::new(ready(())), Box::new(Box::pin(async { panic!("on purpose") }))];
        for work in works {
            let mut tasks = Tasks::new(CancellationToken::new());
            tasks.own("waits", pending());
            tasks.own("ends", work);
            tokio::time::timeout(PATIENCE, tasks.broken()).await.expect("it is noticed");
        }
    }

    #[tokio::test]
    async fn stopping_waits_for_what_is_under_way_and_is_no_failure() {
        let stop = CancellationToken::new();
        let mut tasks = Tasks::new(stop.clone());
        let broken = tasks.broken.clone();
        let (finished, told) = tokio::sync::oneshot::channel();
        tasks.own("works", async move {
            stop.cancelled().await;
            finished.send("done").expect("the test listens");
        });
        tasks.stop(PATIENCE).await;
        assert_eq!((told.await, broken.is_cancelled()), (Ok("done"), false));
    }
}
