//! How long to leave Discord alone before the next sign-in. It allows about 1 000 a day and resets the token of whoever needs more,
//! so that a program which starts, fails and is started again all night would cost the bot its token.

use std::time::Duration;

use crate::domain::time::Timestamp;
use crate::ports::SignIn;

/// What Discord allows, as it says itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    /// Sign-ins a day.
    pub(super) total: u64,
    /// Those that are left.
    pub(super) remaining: u64,
    /// How long until all of them are there again.
    pub(super) reset_after: Duration,
    /// How many shards may sign in at the same moment.
    pub(super) buckets: u64,
}

/// Over which time Discord counts.
pub(super) const DAY: Duration = Duration::from_hours(24);

/// How many sign-ins are left alone, whatever happens: for a person who tries something.
const RESERVE: u64 = 50;

/// How many sign-ins whose connection did not hold cost nothing: somebody is at work on the configuration.
const FREE: usize = 5;

/// The first pause after those; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// The longest pause leaves a crash loop a twelfth of the day's allowance: of 1 000, one every 17 minutes.
const SHARE_OF_A_LOOP: u32 = 12;

/// A server that allows so much that pauses would be shorter than this has no use for them.
const SHORTEST: Duration = Duration::from_millis(1);

/// How long to wait before this shard signs in: after `past`, the sign-ins of all shards, oldest first, within what is left.
pub(super) fn wait(past: &[SignIn], shard: u32, limit: &Limit, now: Timestamp) -> Duration {
    let today: Vec<&SignIn> = past.iter().filter(|one| now.since(one.at) < DAY).collect();
    let reserve = RESERVE.min(limit.total / 2);
    if limit.remaining <= reserve {
        return limit.reset_after.max(FIRST_PAUSE);
    }
    let own_left = limit.total.saturating_sub(count(today.len()));
    if own_left <= reserve {
        return today.first().map_or(FIRST_PAUSE, |oldest| DAY.saturating_sub(now.since(oldest.at)).max(FIRST_PAUSE));
    }
    let Some(last) = today.last() else { return Duration::ZERO };
    let pause = after_failures(&today, shard, limit.total).max(spread(limit, limit.remaining.min(own_left), reserve));
    let left = pause.saturating_sub(now.since(last.at));
    if left < SHORTEST { Duration::ZERO } else { left }
}

/// The pause that grows with every sign-in of the shard whose connection did not hold, since the last that did.
fn after_failures(today: &[&SignIn], shard: u32, total: u64) -> Duration {
    let failed = today.iter().rev().filter(|one| one.shard == shard).take_while(|one| !one.held).count();
    let Some(beyond) = failed.checked_sub(FREE) else { return Duration::ZERO };
    let longest = share_of_a_day(total.max(1)).saturating_mul(SHARE_OF_A_LOOP);
    let doubled = 2_u32.saturating_pow(u32::try_from(beyond).unwrap_or(u32::MAX));
    FIRST_PAUSE.saturating_mul(doubled).min(longest)
}

/// Once less than half is left, what is left is spread over the time until all of it is there again.
fn spread(limit: &Limit, left: u64, reserve: u64) -> Duration {
    if left >= limit.total / 2 {
        return Duration::ZERO;
    }
    part(limit.reset_after, left.saturating_sub(reserve).max(1))
}

fn share_of_a_day(parts: u64) -> Duration {
    part(DAY, parts)
}

fn part(span: Duration, parts: u64) -> Duration {
    let nanos = span.as_nanos() / u128::from(parts);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

fn count(some: usize) -> u64 {
    u64::try_from(some).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);
    const FRESH: Limit = Limit { total: 1_000, remaining: 1_000, reset_after: DAY, buckets: 1 };

    /// Sign-ins of the first shard so many seconds ago.
    fn ago(seconds: &[u64]) -> Vec<SignIn> {
        let sign_in = |ago: &u64| SignIn { shard: 0, at: NOW.before(Duration::from_secs(*ago)), held: false };
        seconds.iter().map(sign_in).collect()
    }

    fn seconds(past: &[SignIn], limit: &Limit) -> u64 {
        wait(past, 0, limit, NOW).as_secs()
    }

    #[test]
    fn a_few_starts_cost_nothing_and_then_the_pause_doubles() {
        let longest = 24 * 60 * 60 * 12 / 1_000;
        let expected = [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, longest, longest, longest];
        for (failed, expected) in expected.into_iter().enumerate() {
            assert_eq!(seconds(&ago(&vec![0; failed]), &FRESH), expected, "after {failed}");
        }
    }

    #[test]
    fn what_is_over_counts_no_more() {
        let held = |mut past: Vec<SignIn>, which: usize| {
            past[which].held = true;
            past
        };
        let cases = [
            ("a pause that has passed", ago(&[50, 40, 30, 20, 6]), 0),
            ("a pause that has passed in part", ago(&[50, 40, 30, 20, 3]), 2),
            ("a connection that held", held(ago(&[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]), 9), 0),
            ("five failures since one held", held(ago(&[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]), 4), 5),
            ("yesterday", ago(&[90_000; 20]), 0),
            ("a clock that was set back", vec![SignIn { shard: 0, at: NOW.after(DAY), held: false }; 5], 5),
        ];
        for (what, past, expected) in cases {
            assert_eq!(seconds(&past, &FRESH), expected, "{what}");
        }
    }

    #[test]
    fn what_discord_says_is_left_is_obeyed() {
        let hour = Duration::from_hours(1);
        let left = |remaining| Limit { remaining, reset_after: hour, ..FRESH };
        let cases = [
            ("half", left(500), ago(&[0]), 0),
            ("a hundred, spread over the hour", left(100), ago(&[0]), 72),
            ("a hundred, and one long ago", left(100), ago(&[80]), 0),
            ("the reserve", left(50), ago(&[]), 3_600),
            ("nothing", left(0), ago(&[]), 3_600),
            ("nothing, and no word of when", Limit { reset_after: Duration::ZERO, ..left(0) }, ago(&[]), 5),
        ];
        for (what, limit, past, expected) in cases {
            assert_eq!(seconds(&past, &limit), expected, "{what}");
        }
    }

    #[test]
    fn our_own_count_holds_where_discords_does_not() {
        let mut past = ago(&[3_600; 950]);
        for one in &mut past {
            one.held = true;
        }
        assert_eq!(seconds(&past, &FRESH), 23 * 60 * 60, "until the first of them is a day old");
    }

    #[test]
    fn each_shard_has_its_own_failures() {
        let past = ago(&[0; 8]);
        assert_eq!(wait(&past, 1, &FRESH, NOW), Duration::ZERO);
    }

    #[test]
    fn a_server_that_allows_more_is_waited_for_less() {
        let of = |total| Limit { total, remaining: total, ..FRESH };
        let past = ago(&[0; 12]);
        assert_eq!(wait(&past, 0, &of(1_000_000), NOW).as_millis(), 1_036);
        assert_eq!(wait(&past, 0, &of(i32::MAX as u64), NOW), Duration::ZERO);
    }

    #[test]
    fn a_thousand_restarts_at_any_pace_leave_most_of_the_day() {
        for pace in [1, 10, 30, 60, 86] {
            let mut past: Vec<SignIn> = Vec::new();
            for restart in 0..1_000_u64 {
                let now = NOW.after(Duration::from_secs(restart * pace));
                let remaining = 1_000 - count(past.len());
                if wait(&past, 0, &Limit { remaining, ..FRESH }, now).is_zero() {
                    past.push(SignIn { shard: 0, at: now, held: false });
                }
            }
            assert!(past.len() < 100, "{} sign-ins, one start every {pace} s", past.len());
        }
    }
}
