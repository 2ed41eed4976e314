//! Snowflakes: the fake's identifiers, ordered by its own clock.

use std::fmt;

use serde::Deserialize;

macro_rules! snowflakes {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// The identifier with this number.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number, as the platform's clients keep it.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

snowflakes! {
    /// The server in which everything happens.
    GuildId,
    /// A text channel, a thread or a direct conversation.
    ChannelId,
    /// A posted message.
    MessageId,
    /// A set of permissions that people carry.
    RoleId,
    /// A person or the bot.
    UserId,
    /// A pressed button, a run command or a submitted form.
    InteractionId,
}

/// Milliseconds between 1970 and the first second of 2015, where snowflakes begin.
const EPOCH: i64 = 1_420_070_400_000;
const COUNTER_BITS: u32 = 22;

/// Hands out snowflakes: the fake's time in the high bits, a counter in the low ones.
#[derive(Debug)]
pub(super) struct Snowflakes {
    now: i64,
    counter: u64,
}

impl Snowflakes {
    pub(super) const fn starting_at(now: i64) -> Self {
        Self { now, counter: 0 }
    }

    /// The fake's time in milliseconds since 1970.
    pub(super) const fn now(&self) -> i64 {
        self.now
    }

    pub(super) fn advance(&mut self, millis: i64) {
        self.now = self.now.saturating_add(millis.max(0));
    }

    pub(super) fn next(&mut self) -> u64 {
        self.counter += 1;
        (u64::try_from(self.now - EPOCH).unwrap_or(0) << COUNTER_BITS) | self.counter
    }
}
