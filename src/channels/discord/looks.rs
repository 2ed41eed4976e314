//! What kind of place a channel is. It is asked once in a while and whenever the gateway tells that it changed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serenity::all::{Channel, ChannelId, ChannelType, GuildChannel, GuildId, UserId};

use super::bot::Bot;
use super::rest::RestError;
use crate::domain::time::Timestamp;

/// For how long a look is good.
const GOOD_FOR: Duration = Duration::from_mins(10);

/// How many looks are remembered; then all are forgotten.
const REMEMBERED: usize = 2_000;

/// What kind of place a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The bot and one person alone.
    Direct,
    /// A channel in which private threads can be made.
    Text,
    /// A thread that only its members see.
    PrivateThread {
        /// The channel that it is in.
        parent: ChannelId,
        /// Whether only who manages threads can write in it.
        locked: bool,
    },
    /// A thread that everybody in its channel sees.
    OpenThread {
        /// The channel that it is in.
        parent: ChannelId,
    },
    /// A post of a forum, or of a media channel, by whom: a thread that cannot have another one beside it.
    Post {
        /// The forum.
        forum: ChannelId,
        /// Who posted it.
        by: Option<UserId>,
        /// Whether only who manages threads can write in it.
        locked: bool,
    },
    /// A forum or media channel itself: nothing is said there but in posts.
    Forum,
    /// A channel of announcements, a voice channel and the like, where no private thread can be made.
    Other,
}

/// A place as it was when it was looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) kind: Kind,
    /// The server that it is in; `None` for a direct conversation.
    pub(super) guild: Option<GuildId>,
    at: Timestamp,
}

/// The looks that are still good.
#[derive(Default)]
pub(super) struct Looks {
    known: Mutex<HashMap<ChannelId, Look>>,
    any_forum: AtomicBool,
}

impl Looks {
    fn of(&self, channel: ChannelId, now: Timestamp) -> Option<Look> {
        self.known().get(&channel).copied().filter(|look| now.since(look.at) < GOOD_FOR)
    }

    fn remember(&self, channel: ChannelId, look: Look) {
        if look.kind == Kind::Forum {
            self.any_forum.store(true, Ordering::Relaxed);
        }
        let mut known = self.known();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(channel, look);
    }

    /// Whether any channel that was looked at is a forum: only then can threads be posts.
    pub(super) fn any_forum(&self) -> bool {
        self.any_forum.load(Ordering::Relaxed)
    }

    /// The place may be another than it was.
    pub(super) fn forget(&self, channel: ChannelId) {
        self.known().remove(&channel);
    }

    fn known(&self) -> MutexGuard<'_, HashMap<ChannelId, Look>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bot {
    /// What kind of place this is.
    pub(super) async fn look(&self, channel: ChannelId) -> Result<Look, RestError> {
        let now = self.clock.now();
        if let Some(look) = self.looks.of(channel, now) {
            return Ok(look);
        }
        let look = match self.call(self.http.get_channel(channel)).await? {
            Channel::Guild(channel) => Look { kind: self.kind_of(&channel).await?, guild: Some(channel.guild_id), at: now },
            _ => Look { kind: Kind::Direct, guild: None, at: now },
        };
        self.looks.remember(channel, look);
        Ok(look)
    }

    async fn kind_of(&self, channel: &GuildChannel) -> Result<Kind, RestError> {
        let locked = channel.thread_metadata.is_some_and(|thread| thread.locked);
        Ok(match (channel.kind, channel.parent_id) {
            (ChannelType::PrivateThread, Some(parent)) => Kind::PrivateThread { parent, locked },
            (ChannelType::PublicThread, Some(parent)) => match Box::pin(self.look(parent)).await?.kind {
                Kind::Forum => Kind::Post { forum: parent, by: channel.owner_id, locked },
                _ => Kind::OpenThread { parent },
            },
            (ChannelType::NewsThread, Some(parent)) => Kind::OpenThread { parent },
            (ChannelType::Text, _) => Kind::Text,
            (ChannelType::Forum | ChannelType::Unknown(MEDIA), _) => Kind::Forum,
            _ => Kind::Other,
        })
    }
}

/// The number of media channels, which the library does not name.
const MEDIA: u8 = 16;
