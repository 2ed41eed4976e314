//! Leaving a model alone that keeps failing: each question would wait its deadline out for nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::time::Timestamp;

/// How many failures in a row open it.
const FAILURES: u32 = 3;

/// For how long it stays open. After that one more failure opens it again, and one success closes it.
const REST: Duration = Duration::from_secs(30);

/// Counts failures in a row, and opens when there are too many.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    open_until: Option<Timestamp>,
}

impl Breaker {
    /// Whether the model is to be left alone.
    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        self.state().open_until.is_some_and(|until| now < until)
    }

    /// Notes how a call ended.
    pub(super) fn note(&self, went_well: bool, now: Timestamp) {
        let mut state = self.state();
        if went_well {
            *state = State::default();
            return;
        }
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.open_until = Some(now.after(REST));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_and_is_tried_again_after_a_rest() {
        let (breaker, began) = (Breaker::default(), Timestamp::from_micros(0));
        breaker.note(false, began);
        breaker.note(false, began);
        breaker.note(true, began);
        for _ in 0..FAILURES {
            assert!(!breaker.is_open(began), "not before the third in a row");
            breaker.note(false, began);
        }
        let rested = began.after(REST);
        assert!(breaker.is_open(began) && !breaker.is_open(rested));
        breaker.note(false, rested);
        assert!(breaker.is_open(rested), "one more failure is enough");
        breaker.note(true, rested.after(REST));
        breaker.note(false, rested.after(REST));
        assert!(!breaker.is_open(rested.after(REST)), "a success forgets the failures");
    }
}
