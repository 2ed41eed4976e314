//! The state behind a lock, and waiting for it to change.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::state::State;

/// How long a test waits for something to happen before it fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the servers and the test share.
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

impl Shared {
    pub(super) fn new(state: State) -> Self {
        Self { state: Mutex::new(state), changes: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks without changing.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes everybody who waits for something.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.lock());
        self.changes.send_modify(|version| *version += 1);
        changed
    }

    /// Waits, without an end, until `look` finds something.
    pub(super) async fn until<T>(&self, mut look: impl FnMut(&State) -> Option<T>) -> T {
        let mut changes = self.changes.subscribe();
        loop {
            if let Some(found) = self.read(&mut look) {
                return found;
            }
            if changes.changed().await.is_err() {
                // The sender lives in `self`, so this does not happen.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Waits until `look` finds something, or fails the test with everything that was said.
    pub(super) async fn expect<T>(&self, what: &str, look: impl FnMut(&State) -> Option<T>) -> T {
        let Ok(found) = tokio::time::timeout(PATIENCE, self.until(look)).await else {
            panic!("waited {PATIENCE:?} for {what}\n{}", self.read(State::situation));
        };
        found
    }
}
