//! How the connection stands, put together from its shards.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::time::Timestamp;

/// How the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayState {
    /// A connection is being made, or made again.
    Connecting,
    /// Events arrive.
    Connected {
        /// Whether every message in the listened channels arrives. Without the message-content intent only what mentions the bot,
        /// replies to it or is written to it directly does.
        hears_everything: bool,
    },
    /// There have been so many sign-ins that the next one waits, so that the day's allowance lasts.
    Waiting {
        /// How long, from when it was said.
        wait: Duration,
    },
    /// Discord refuses, for a reason that an administrator has to do something about.
    Refused(String),
    /// The channel was told to stop.
    Stopped,
}

impl fmt::Display for GatewayState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connecting => f.write_str("connecting"),
            Self::Connected { hears_everything: true } => f.write_str("connected"),
            Self::Connected { hears_everything: false } => write!(f, "connected, but {WITHOUT_CONTENT}"),
            Self::Waiting { wait } => write!(
                f,
                "waiting {} s before signing in again, so that Discord's daily allowance of sign-ins lasts; \
                 the log says why the connections before did not hold",
                wait.as_secs()
            ),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

/// What it means that the message-content intent is not there, and what to do.
pub(in super::super) const WITHOUT_CONTENT: &str = "only mentions, replies to the bot, direct messages, buttons and commands are \
    heard: switch on \"Message Content Intent\" under Bot in Discord's developer portal, leave message_content at true, and start \
    again";

/// The shards of the connection. Until it is known how many there are, the whole stands for them.
#[derive(Debug)]
pub(in super::super) struct Standing(Mutex<Whole>);

#[derive(Debug)]
struct Whole {
    /// What holds for all of them, whatever each says.
    of_all: Option<GatewayState>,
    shards: BTreeMap<u32, Shard>,
}

#[derive(Debug)]
struct Shard {
    state: GatewayState,
    /// Since when its session has been ready.
    ready: Option<Timestamp>,
}

impl Default for Standing {
    fn default() -> Self {
        Self(Mutex::new(Whole { of_all: Some(GatewayState::Connecting), shards: BTreeMap::new() }))
    }
}

impl Standing {
    /// How the connection as a whole stands: connected only where every shard is.
    pub(in super::super) fn state(&self) -> GatewayState {
        self.whole().state()
    }

    /// Sets what holds for the whole connection.
    pub(super) fn set_all(&self, state: GatewayState) {
        let mut whole = self.whole();
        for shard in whole.shards.keys() {
            gauge(*shard, false);
        }
        whole.shards.clear();
        whole.of_all = Some(state);
    }

    /// From now on so many shards say how it stands; none is connected yet.
    pub(super) fn begin(&self, shards: u32) {
        let mut whole = self.whole();
        whole.of_all = None;
        whole.shards = (0..shards).map(|shard| (shard, Shard { state: GatewayState::Connecting, ready: None })).collect();
    }

    /// Sets how one shard stands.
    pub(super) fn set(&self, shard: u32, state: GatewayState) {
        if let Some(known) = self.whole().shards.get_mut(&shard) {
            gauge(shard, matches!(state, GatewayState::Connected { .. }));
            known.state = state;
        }
    }

    /// Notes that a shard's session is ready since then, or that it has none.
    pub(super) fn set_ready(&self, shard: u32, since: Option<Timestamp>) {
        if let Some(known) = self.whole().shards.get_mut(&shard) {
            known.ready = since;
        }
    }

    /// Whether a connection is known to be told only what is said to the bot.
    pub(in super::super) fn hears_only_what_is_meant_for_it(&self) -> bool {
        let deaf = GatewayState::Connected { hears_everything: false };
        self.whole().shards.values().any(|shard| shard.state == deaf)
    }

    /// Since when a shard's session has been ready.
    pub(super) fn ready_since(&self, shard: u32) -> Option<Timestamp> {
        self.whole().shards.get(&shard)?.ready
    }

    fn whole(&self) -> MutexGuard<'_, Whole> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Whole {
    fn state(&self) -> GatewayState {
        if let Some(state) = &self.of_all {
            return state.clone();
        }
        let not_there = self.shards.values().filter(|shard| !matches!(shard.state, GatewayState::Connected { .. }));
        let worst = not_there.max_by_key(|shard| matches!(shard.state, GatewayState::Waiting { .. }));
        let shown = worst.or_else(|| self.shards.values().next());
        shown.map_or(GatewayState::Connecting, |shard| shard.state.clone())
    }
}

fn gauge(shard: u32, connected: bool) {
    metrics::gauge!("firstline_discord_connected", "shard" => shard.to_string()).set(if connected { 1.0 } else { 0.0 });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_connected_only_where_every_shard_is() {
        let up = || GatewayState::Connected { hears_everything: true };
        let waiting = || GatewayState::Waiting { wait: Duration::from_secs(9) };
        let cases = [
            (vec![], GatewayState::Connecting),
            (vec![(0, up())], GatewayState::Connecting),
            (vec![(0, up()), (1, up())], up()),
            (vec![(0, up()), (1, waiting())], waiting()),
            (vec![(0, waiting()), (1, GatewayState::Connecting)], waiting()),
            (vec![(0, up()), (1, up()), (9, waiting())], up()),
        ];
        for (told, expected) in cases {
            let standing = Standing::default();
            standing.begin(2);
            for (shard, state) in told.clone() {
                standing.set(shard, state);
            }
            assert_eq!(standing.state(), expected, "{told:?}");
        }
    }

    #[test]
    fn what_holds_for_all_goes_before_the_shards() {
        let standing = Standing::default();
        assert_eq!(standing.state(), GatewayState::Connecting);
        standing.begin(1);
        standing.set(0, GatewayState::Connected { hears_everything: true });
        standing.set_all(GatewayState::Stopped);
        standing.set(0, GatewayState::Connected { hears_everything: true });
        assert_eq!(standing.state(), GatewayState::Stopped);
    }
}
