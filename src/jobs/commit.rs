//! Commits what editors saved while Git could not take it.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::flows::Editing;

/// How often it is tried.
const EVERY: Duration = Duration::from_mins(1);

/// The job that tries commits again.
pub struct Commit {
    editing: Editing,
}

impl Commit {
    /// The job for these verbs.
    #[must_use]
    pub const fn new(editing: Editing) -> Self {
        Self { editing }
    }

    /// Tries every minute until told to stop.
    pub async fn run(self, stop: CancellationToken) {
        let mut clock = interval(EVERY);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = clock.tick() => self.editing.commit_waiting().await,
            }
        }
    }
}
