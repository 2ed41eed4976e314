//! How often signing in may fail, from one address and from all of them together.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::time::Timestamp;

/// For how long a failure of an address counts.
const REMEMBERED: Duration = Duration::from_mins(10);

/// How often it may fail from one address in that time: a whole hospital may be behind it, and nobody may guess.
const FROM_ONE: u32 = 50;

/// For how long a failure counts against everybody: short, so that an attack from many addresses delays people, and does not
/// shut them out.
const REMEMBERED_OF_ALL: Duration = Duration::from_mins(1);

/// How often it may fail from all addresses together in that time.
const FROM_ALL: u32 = 300;

/// How many addresses are remembered.
const ADDRESSES: usize = 4_096;

/// The sign-ins that failed of late.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<Failed>);

#[derive(Debug, Default)]
struct Failed {
    by_address: HashMap<Option<IpAddr>, Window>,
    all: Window,
}

/// Failures since a moment.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    since: Option<Timestamp>,
    count: u32,
}

impl Window {
    fn count_at(&self, now: Timestamp, lasts: Duration) -> u32 {
        if self.since.is_some_and(|since| now.since(since) < lasts) { self.count } else { 0 }
    }

    fn add(&mut self, now: Timestamp, lasts: Duration) {
        let count = self.count_at(now, lasts);
        let since = if count == 0 { Some(now) } else { self.since };
        *self = Self { since, count: count.saturating_add(1) };
    }
}

impl Attempts {
    /// Whether somebody at this address may try now.
    pub(super) fn may_try(&self, address: Option<IpAddr>, now: Timestamp) -> bool {
        let failed = self.failed();
        let own = failed.by_address.get(&neighbours(address)).map_or(0, |window| window.count_at(now, REMEMBERED));
        own < FROM_ONE && failed.all.count_at(now, REMEMBERED_OF_ALL) < FROM_ALL
    }

    /// Somebody at this address has failed.
    pub(super) fn failed_at(&self, address: Option<IpAddr>, now: Timestamp) {
        let mut failed = self.failed();
        failed.all.add(now, REMEMBERED_OF_ALL);
        failed.make_room(now);
        failed.by_address.entry(neighbours(address)).or_default().add(now, REMEMBERED);
    }

    fn failed(&self) -> MutexGuard<'_, Failed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failed {
    /// Forgets what no longer counts where there are too many addresses, and the oldest one where all of them count.
    fn make_room(&mut self, now: Timestamp) {
        if self.by_address.len() < ADDRESSES {
            return;
        }
        self.by_address.retain(|_, window| window.count_at(now, REMEMBERED) > 0);
        if self.by_address.len() >= ADDRESSES {
            let oldest = self.by_address.iter().min_by_key(|(_, window)| window.since).map(|(address, _)| *address);
            oldest.and_then(|address| self.by_address.remove(&address));
        }
    }
}

/// The address, or the whole network of somebody who has a network of IPv6 addresses to choose from.
fn neighbours(address: Option<IpAddr>) -> Option<IpAddr> {
    let Some(IpAddr::V6(address)) = address else { return address };
    let [a, b, c, d, ..] = address.segments();
    Some(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);

    #[expect(clippy::unnecessary_wraps, reason = "an address as attempts are asked about it, which may be unknown")]
    fn at(address: &str) -> Option<IpAddr> {
        Some(address.parse().unwrap())
    }

    fn fails(attempts: &Attempts, address: &str, times: u32, now: Timestamp) {
        for _ in 0..times {
            attempts.failed_at(at(address), now);
        }
    }

    #[test]
    fn who_fails_too_often_waits_and_others_do_not() {
        let attempts = Attempts::default();
        fails(&attempts, "192.0.2.1", FROM_ONE - 1, NOON);
        assert!(attempts.may_try(at("192.0.2.1"), NOON));
        fails(&attempts, "192.0.2.1", 1, NOON);
        assert!(!attempts.may_try(at("192.0.2.1"), NOON));
        assert!(attempts.may_try(at("192.0.2.2"), NOON) && attempts.may_try(None, NOON));
        assert!(!attempts.may_try(at("192.0.2.1"), NOON.after(REMEMBERED).before(Duration::from_secs(1))));
        assert!(attempts.may_try(at("192.0.2.1"), NOON.after(REMEMBERED)));
    }

    #[test]
    fn a_network_of_addresses_is_one() {
        let attempts = Attempts::default();
        for last in 0..FROM_ONE {
            attempts.failed_at(at(&format!("2001:db8:1:2::{last:x}")), NOON);
        }
        assert!(!attempts.may_try(at("2001:db8:1:2:ffff::1"), NOON));
        assert!(attempts.may_try(at("2001:db8:1:3::1"), NOON));
    }

    #[test]
    fn many_who_fail_delay_everybody_for_a_minute() {
        let attempts = Attempts::default();
        for number in 0..FROM_ALL {
            attempts.failed_at(at(&format!("10.0.{}.{}", number / 250, number % 250)), NOON);
        }
        assert!(!attempts.may_try(at("192.0.2.1"), NOON));
        assert!(attempts.may_try(at("192.0.2.1"), NOON.after(REMEMBERED_OF_ALL)));
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_makes_room() {
        let attempts = Attempts::default();
        fails(&attempts, "192.0.2.1", FROM_ONE, NOON);
        for number in 0..2 * ADDRESSES {
            let later = NOON.after(Duration::from_millis(1 + u64::try_from(number).unwrap()));
            attempts.failed_at(at(&format!("10.{}.{}.1", number / 250, number % 250)), later);
        }
        assert_eq!(attempts.failed().by_address.len(), ADDRESSES);
        assert!(!attempts.failed().by_address.contains_key(&at("192.0.2.1")));
    }
}
