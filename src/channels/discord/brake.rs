//! What keeps the program from asking too much of Discord: 50 requests a second are allowed, and 10 000 refused ones within ten
//! minutes (401, 403, 429) bring a ban of the whole address.
//!
//! Against Discord itself the library waits as each answer's headers ask, a 429's `Retry-After` and the limit on all requests
//! included. Against a compatible server (`[discord] api`) it does not, and does not tell what the answer asked for: there every
//! 429 is taken for one on all requests, and the pauses grow for as long as they come.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

use super::bot::Bot;
use super::rest::{RestError, within};

/// How many requests are made in a second at most.
const A_SECOND: u32 = 40;

/// How many refused requests within ten minutes are too many: half of what Discord puts up with.
const REFUSED: usize = 5_000;
const REFUSED_WITHIN: Duration = Duration::from_mins(10);

/// How long nothing is asked after a 429; each further one makes it twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A pause that a call waits through; where it is longer, the call fails at once and comes back.
const WAITED_THROUGH: Duration = Duration::from_secs(5);

/// How many requests were made and refused lately.
#[derive(Default)]
pub(super) struct Brake(Mutex<Lately>);

#[derive(Default)]
struct Lately {
    refused: VecDeque<Instant>,
    /// How many 429 came without another answer in between.
    busy: u32,
    quiet_until: Option<Instant>,
    second: Option<Instant>,
    in_this_second: u32,
}

impl Brake {
    /// How long the next request has to wait.
    fn wait(&self, now: Instant) -> Duration {
        let mut lately = self.lately();
        while lately.refused.front().is_some_and(|at| now.duration_since(*at) >= REFUSED_WITHIN) {
            lately.refused.pop_front();
        }
        if lately.refused.len() >= REFUSED {
            return lately.refused.front().map_or(REFUSED_WITHIN, |at| REFUSED_WITHIN.saturating_sub(now.duration_since(*at)));
        }
        let quiet = lately.quiet_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
        if quiet > Duration::ZERO { quiet } else { lately.take_one(now) }
    }

    /// Notes how a request ended.
    fn ended(&self, status: Option<u16>, now: Instant) {
        let mut lately = self.lately();
        if status != Some(429) {
            lately.busy = 0;
        }
        if !matches!(status, Some(401 | 403 | 429)) {
            return;
        }
        lately.refused.push_back(now);
        if lately.refused.len() == REFUSED {
            warn!(
                refused = REFUSED,
                "so many requests were refused that Discord is left alone for a while; it would ban this address"
            );
        }
        if status == Some(429) {
            let pause = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(lately.busy).unwrap_or(u32::MAX)).min(LONGEST_PAUSE);
            lately.busy = lately.busy.saturating_add(1);
            lately.quiet_until = Some(now + pause);
        }
    }

    fn lately(&self) -> MutexGuard<'_, Lately> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lately {
    /// One of this second's requests, or how long it is until the next second.
    fn take_one(&mut self, now: Instant) -> Duration {
        let began = self.second.filter(|began| now.duration_since(*began) < Duration::from_secs(1));
        let began = began.unwrap_or_else(|| {
            (self.second, self.in_this_second) = (Some(now), 0);
            now
        });
        if self.in_this_second < A_SECOND {
            self.in_this_second += 1;
            return Duration::ZERO;
        }
        Duration::from_secs(1).saturating_sub(now.duration_since(began))
    }
}

impl Bot {
    /// Makes a call of Discord's REST side: within the deadline, and no sooner than it may.
    pub(super) async fn call<T>(&self, call: impl Future<Output = serenity::Result<T>>) -> Result<T, RestError> {
        loop {
            match self.brake.wait(Instant::now()) {
                Duration::ZERO => break,
                wait if wait <= WAITED_THROUGH => tokio::time::sleep(wait).await,
                wait => return Err(RestError::Braked { wait }),
            }
        }
        let answer = within(call).await;
        self.brake.ended(answer.as_ref().err().and_then(RestError::status), Instant::now());
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_requests_are_made_in_a_second() {
        let (brake, now) = (Brake::default(), Instant::now());
        let free = (0..100).filter(|_| brake.wait(now).is_zero()).count();
        assert_eq!(free, A_SECOND as usize);
        assert_eq!(brake.wait(now + Duration::from_millis(400)), Duration::from_millis(600));
        assert!(brake.wait(now + Duration::from_secs(1)).is_zero());
    }

    #[test]
    fn a_busy_platform_is_left_alone_longer_each_time() {
        let (brake, now) = (Brake::default(), Instant::now());
        for (times, seconds) in [(1, 1), (2, 2), (3, 4)] {
            brake.ended(Some(429), now);
            assert_eq!(brake.wait(now), Duration::from_secs(seconds), "after {times}");
        }
        brake.ended(None, now);
        brake.ended(Some(429), now);
        assert_eq!(brake.wait(now), Duration::from_secs(1), "an answer in between begins anew");
    }

    #[test]
    fn refused_requests_stop_well_before_the_ban() {
        let (brake, now) = (Brake::default(), Instant::now());
        for _ in 0..REFUSED {
            brake.ended(Some(403), now);
        }
        assert_eq!(brake.wait(now + Duration::from_mins(4)), Duration::from_mins(6));
        assert!(brake.wait(now + REFUSED_WITHIN).is_zero());
        brake.ended(Some(404), now);
        assert!(brake.wait(now + REFUSED_WITHIN).is_zero(), "what is not found is no offence");
    }
}
