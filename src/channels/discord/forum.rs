//! Forums that are listened in: each post is a thread with its first message under the same id, asked and answered there.

use std::sync::Arc;

use serenity::all::{ChannelId, Message};
use tracing::warn;

use super::bot::{Bot, channel_name, snowflake_at};
use super::looks::Kind;
use super::rest::RestError;
use crate::config::Listening;
use crate::ports::StoreError;

/// Why a forum's posts could not be found.
#[derive(Debug, thiserror::Error)]
enum Unseen {
    #[error(transparent)]
    Rest(#[from] RestError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bot {
    /// How a message's place is listened in. In a post of a forum that is listened in whoever posted it is listened to; what
    /// others say there is meant for the bot where it speaks to it.
    pub(super) async fn listening_to(&self, message: &Message) -> Result<Option<Listening>, RestError> {
        if let Some(listening) = self.config.channels.get(&message.channel_id.get()) {
            return Ok(Some(*listening));
        }
        if message.guild_id.is_none() || !self.looks.any_forum() {
            return Ok(None);
        }
        let Kind::Post { forum, by, .. } = self.look(message.channel_id).await?.kind else { return Ok(None) };
        let listening = self.config.channels.get(&forum.get()).copied();
        let is_own = by == Some(message.author.id);
        Ok(listening.map(|listening| if is_own { listening } else { Listening::Mentions }))
    }

    /// Notes that a post begins with this message, so that what is said there while nobody listens is read later.
    pub(super) async fn post_begins(&self, message: &Message) -> Result<(), StoreError> {
        if message.id.get() == message.channel_id.get() && self.looks.any_forum() {
            self.room_begins(message.channel_id, message.id.get()).await?;
        }
        Ok(())
    }

    /// Puts the posts of a forum that are open into their lanes, to be read from where they were left; a post that was made
    /// meanwhile is read from its beginning. At the very first start nothing old is. Whether they were found.
    pub(super) async fn read_posts(self: &Arc<Self>, forum: ChannelId) -> bool {
        let found = self.find_posts(forum).await;
        if let Err(error) = &found {
            warn!(channel.id = %forum, %error, "a forum's posts could not be found yet");
        }
        found.is_ok()
    }

    async fn find_posts(self: &Arc<Self>, forum: ChannelId) -> Result<(), Unseen> {
        let mark = self.store.watermark(&channel_name(), &forum.to_string()).await?;
        let mark = mark.and_then(|mark| super::bot::number(mark.as_str()));
        let now = snowflake_at(self.clock.now());
        if let (Some(mark), Some(guild)) = (mark, self.look(forum).await?.guild) {
            let active = self.call(self.http.get_guild_active_threads(guild)).await?.threads;
            for post in active.iter().filter(|post| post.parent_id == Some(forum)) {
                let known = self.store.watermark(&channel_name(), &post.id.to_string()).await?;
                if known.is_none() && post.id.get() > mark.get() {
                    self.room_begins(post.id, post.id.get() - 1).await?;
                }
                if known.is_some() || post.id.get() > mark.get() {
                    self.read_missed_in(post.id).await;
                }
            }
        }
        Ok(self.room_begins(forum, now).await?)
    }
}
