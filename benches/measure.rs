//! Times of many samples, and the table that they are shown in.

use std::time::{Duration, Instant};

/// How long each of many samples took.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Takes the time of one.
    pub(crate) fn of<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.add(began.elapsed());
        done
    }

    /// Adds one.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// These and those of another.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time, in milliseconds, that this share of the samples stayed below.
    fn percentile(&mut self, percent: usize) -> f64 {
        self.0.sort_unstable();
        let at = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0)
    }
}

/// Prints the head of the table.
pub(crate) fn head() {
    println!("{:<58} {:>8} {:>10} {:>10} {:>10}", "", "samples", "p50 ms", "p99 ms", "a second");
}

/// Prints a row: what was measured, and the times of its samples.
pub(crate) fn row(what: &str, mut times: Times) {
    println!("{what:<58} {:>8} {:>10.3} {:>10.3}", times.count(), times.percentile(50), times.percentile(99));
}

/// Prints a row with how many were done in a second as well.
pub(crate) fn row_with_rate(what: &str, mut times: Times, took: Duration) {
    let samples = u32::try_from(times.count()).unwrap_or(u32::MAX);
    let rate = f64::from(samples) / took.as_secs_f64();
    println!("{what:<58} {samples:>8} {:>10.3} {:>10.3} {rate:>10.0}", times.percentile(50), times.percentile(99));
}
