//! The machine's own clock, identifiers and chance.

use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::ids::Fresh;
use crate::domain::time::Timestamp;
use crate::ports::{Clock, Ids};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// Identifiers of 63 bits: milliseconds since 2025, this process's mark, a counter.
///
/// Several instances on one database are kept apart by the mark, which is drawn at start. Two that draw the same one
/// can collide only within the same millisecond, and the store then has the later decision made again.
#[derive(Debug)]
pub struct ProcessIds {
    mark: i64,
    last: Mutex<(i64, i64)>,
}

/// 2025-01-01T00:00:00Z, in milliseconds.
const EPOCH: i64 = 1_735_689_600_000;

/// Bits of the process's mark.
const MARK_BITS: u32 = 9;

/// Bits of the counter: with blocks of [`Fresh::BLOCK`] this is 128 decisions in a millisecond.
const COUNT_BITS: u32 = 13;

/// No chance was to be had from the operating system.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoChance(#[source] getrandom::Error);

impl ProcessIds {
    /// Draws this process's mark.
    ///
    /// # Errors
    /// [`NoChance`] where the operating system gives no random bytes.
    pub fn draw() -> Result<Self, NoChance> {
        let mark = getrandom::u64().map_err(NoChance)? % (1 << MARK_BITS);
        Ok(Self { mark: i64::try_from(mark).unwrap_or_default(), last: Mutex::new((0, 0)) })
    }

    /// The next millisecond and count; the clock going back or a full millisecond borrows from the next one.
    fn next(&self, millis: i64) -> (i64, i64) {
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (then, count) = *last;
        let next = if millis > then {
            (millis, 0)
        } else if count + Fresh::BLOCK < 1 << COUNT_BITS {
            (then, count + Fresh::BLOCK)
        } else {
            (then + 1, 0)
        };
        *last = next;
        next
    }
}

impl Ids for ProcessIds {
    fn block(&self, now: Timestamp) -> Fresh {
        let (millis, count) = self.next((now.millis() - EPOCH).max(0));
        Fresh::starting_at(millis << (MARK_BITS + COUNT_BITS) | self.mark << COUNT_BITS | count)
    }

    /// 192 random bits in hexadecimal.
    ///
    /// # Panics
    /// Where the operating system stops giving random bytes, which it gave at start: no secret is better than a weak one.
    fn secret(&self) -> String {
        let mut bytes = [0_u8; 24];
        assert!(getrandom::fill(&mut bytes).is_ok(), "the operating system gives no random bytes");
        bytes.iter().fold(String::with_capacity(48), |text, byte| text + &format!("{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn firsts(ids: &ProcessIds, at: &[i64]) -> Vec<i64> {
        at.iter().map(|millis| ids.block(Timestamp::from_micros((EPOCH + millis) * 1_000)).message().get()).collect()
    }

    #[test]
    fn blocks_grow_and_never_overlap_even_when_the_clock_goes_back() {
        let ids = ProcessIds::draw().expect("random bytes");
        let given = firsts(&ids, &[5; 300].into_iter().chain([4, 3, 9]).collect::<Vec<_>>());
        assert!(given.windows(2).all(|pair| pair[0] + Fresh::BLOCK <= pair[1]), "{given:?}");
    }

    #[test]
    fn secrets_are_long_and_not_repeated() {
        let ids = ProcessIds::draw().expect("random bytes");
        let drawn: BTreeSet<String> = (0..100).map(|_| ids.secret()).collect();
        assert_eq!(drawn.len(), 100);
        assert!(drawn.iter().all(|secret| secret.len() == 48));
    }
}
