//! A clock that moves only when told to, and identifiers that count.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::domain::ids::Fresh;
use crate::domain::time::Timestamp;
use crate::ports::{Clock, Ids};

/// A clock that stands still until it is moved. It starts on Monday 23 November 2026 at 08:00 in Oslo.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

/// 2026-11-23T07:00:00Z.
const START: i64 = 1_795_417_200_000_000;

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(START))
    }
}

impl TestClock {
    /// Moves on.
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Identifiers and secrets that count from one: the same test sees the same ones each time.
#[derive(Debug, Default)]
pub struct CountedIds {
    blocks: AtomicI64,
    secrets: AtomicI64,
}

impl Ids for CountedIds {
    fn block(&self, _now: Timestamp) -> Fresh {
        let block = self.blocks.fetch_add(1, Ordering::SeqCst) + 1;
        Fresh::starting_at(block * Fresh::BLOCK)
    }

    fn secret(&self) -> String {
        format!("secret-{}", self.secrets.fetch_add(1, Ordering::SeqCst) + 1)
    }
}
