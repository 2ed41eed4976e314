//! The story's time: it goes on with the paused time of the runtime that is there, and stands still between two of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use crate::domain::time::Timestamp;
use crate::ports::Clock;

/// 2026-11-23T07:00:00Z, a Monday.
const START: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);

#[derive(Debug)]
pub(super) struct StoryClock(Mutex<State>);

#[derive(Clone, Copy, Debug)]
struct State {
    then: Timestamp,
    since: Option<Instant>,
}

impl Default for StoryClock {
    fn default() -> Self {
        Self(Mutex::new(State { then: START, since: None }))
    }
}

impl StoryClock {
    /// Goes on with this runtime's time.
    pub(super) fn start(&self) {
        self.state().since = Some(Instant::now());
    }

    /// Stands still.
    pub(super) fn stop(&self) {
        let now = self.now();
        *self.state() = State { then: now, since: None };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        let State { then, since } = *self.state();
        since.map_or(then, |since| then.after(since.elapsed()))
    }
}
