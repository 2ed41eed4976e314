//! How many sign-ins the gateway allows, and how many shards it asks for.

use serde_json::{Value, json};

use super::FakeDiscord;
use super::state::State;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// The gateway's limits.
#[derive(Debug)]
pub(super) struct Limits {
    total: usize,
    shards: u64,
    at_once: u64,
    /// When the day began that sign-ins are counted in.
    since: Option<i64>,
    used: usize,
}

impl Default for Limits {
    /// So many that tests may restart the program as they like; [`FakeDiscord::allow_sign_ins`] makes them as few as Discord has.
    fn default() -> Self {
        Self { total: usize::try_from(i32::MAX).unwrap_or(usize::MAX), shards: 1, at_once: 1, since: None, used: 0 }
    }
}

impl FakeDiscord {
    /// How many sign-ins a day the gateway allows; Discord has 1 000, and resets the token of whoever needs more.
    pub fn allow_sign_ins(&self, total: usize) {
        self.shared.change(|state| state.limits.total = total);
    }

    /// How many shards the gateway asks for, and how many of them may sign in at once.
    pub fn ask_for_shards(&self, shards: u64, at_once: u64) {
        self.shared.change(|state| (state.limits.shards, state.limits.at_once) = (shards, at_once));
    }
}

impl State {
    /// What `GET /gateway/bot` says.
    pub(super) fn gateway_bot_json(&self) -> Value {
        let begun = self.limits.since.filter(|since| self.now() - since < DAY_MILLIS);
        let used = if begun.is_some() { self.limits.used } else { 0 };
        let reset_after = begun.map_or(DAY_MILLIS, |since| DAY_MILLIS - (self.now() - since));
        let limit = json!({
            "total": self.limits.total,
            "remaining": self.limits.total.saturating_sub(used),
            "reset_after": reset_after,
            "max_concurrency": self.limits.at_once,
        });
        json!({ "url": self.gateway_url, "shards": self.limits.shards, "session_start_limit": limit })
    }

    /// Counts a sign-in; one beyond the day's allowance would cost the token.
    pub(super) fn count_sign_in(&mut self) {
        let now = self.now();
        if self.limits.since.is_none_or(|since| now - since >= DAY_MILLIS) {
            (self.limits.since, self.limits.used) = (Some(now), 0);
        }
        self.limits.used += 1;
        if self.limits.used > self.limits.total {
            self.violation("gateway: the day's sign-ins are used up, and the token is reset".to_owned());
        }
    }
}
