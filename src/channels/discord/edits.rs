//! Somebody changed or deleted what they had written.

use std::sync::Arc;

use serenity::all::{ChannelId, GuildId, MessageId, MessageUpdateEvent, UserId};
use tracing::debug;

use super::bot::{Bot, channel_name, snowflake_at};
use super::from_discord::is_from_a_person;
use super::listen::{Here, NotHeard, What};
use super::rest::code;
use crate::domain::ids::ExternalId;
use crate::domain::time::Timestamp;
use crate::flows::Amended;

/// A message that was changed.
pub(super) struct Change {
    place: ChannelId,
    guild: Option<GuildId>,
    id: MessageId,
    /// Whom it mentions now.
    mentioned: Vec<UserId>,
}

impl Bot {
    /// Puts a change into its place's lane, behind what was written before it. What Discord adds by itself, a preview of a link or a
    /// thread, is no change.
    pub(super) async fn changed(self: &Arc<Self>, event: MessageUpdateEvent) {
        let by_bot = event.author.as_ref().is_some_and(|author| author.bot);
        let Some(edited) = event.edited_timestamp.filter(|_| event.content.is_some() && !by_bot) else { return };
        let at = Timestamp::from_micros(edited.unix_timestamp() * 1_000_000);
        let mentioned = event.mentions.unwrap_or_default().iter().map(|user| user.id).collect();
        let change = Change { place: event.channel_id, guild: event.guild_id, id: event.id, mentioned };
        let (bot, place, order) = (Arc::clone(self), event.channel_id.get(), event.id.get().max(snowflake_at(at)));
        let work = async move {
            bot.until_handled(change.id.get(), What::Changed(&change)).await;
            if bot.progress.has_begun(place) {
                // What was written there after the message that was changed may not have been heard either.
                bot.read_missed_in(change.place).await;
            }
        };
        self.lanes.push(place, order, Box::pin(work)).await;
    }

    /// Puts deletions into their place's lane, behind what was written before them.
    pub(super) async fn deleted(self: &Arc<Self>, place: ChannelId, messages: Vec<MessageId>) {
        let bot = Arc::clone(self);
        let order = messages.iter().map(|message| message.get()).max().unwrap_or(0).max(snowflake_at(self.clock.now()));
        let work = async move {
            for message in messages {
                bot.until_handled(message.get(), What::Deleted(message)).await;
            }
        };
        self.lanes.push(place.get(), order, Box::pin(work)).await;
    }

    /// Reads a changed message as it is by now: of several changes the last one counts, in whatever order they are told.
    pub(super) async fn read_anew(&self, change: &Change) -> Result<Here, NotHeard> {
        let Change { place, guild, id, mentioned } = change;
        let (place, guild, id) = (*place, *guild, *id);
        let me = self.me().await?;
        let is_known = self.store.seen(&channel_name(), &ExternalId::new(id.to_string())).await?.is_some();
        let is_ours = guild.is_none() || self.config.channels.contains_key(&place.get()) || mentioned.contains(&me);
        if !is_known && !is_ours {
            return Ok(Here::Passing);
        }
        let mut message = match self.call(self.http.get_message(place, id)).await {
            Err(error) if error.code() == Some(code::UNKNOWN_MESSAGE) => return Ok(Here::Passing),
            read => read?,
        };
        message.guild_id = guild;
        let Some(edited) = message.edited_timestamp.filter(|_| is_from_a_person(&message)) else { return Ok(Here::Passing) };
        if !is_known {
            // Talk that became a question is a new one, as long as it is not an old one.
            return if self.is_too_old(&message) { Ok(Here::Passing) } else { self.listen(&message).await };
        }
        let incoming = self.at_home(self.incoming(me, &message), guild).await?;
        let revision = ExternalId::new(format!("{id}@{}", edited.to_rfc3339().unwrap_or_default()));
        let amended = self.flows.amend(&incoming, &revision).await?;
        debug!(message.id = %id, ?amended, "a message was changed");
        Ok(Here::Passing)
    }

    pub(super) async fn take_back(&self, message: MessageId) -> Result<Here, NotHeard> {
        let ended = self.flows.withdraw(&channel_name(), &ExternalId::new(message.to_string())).await?;
        if ended != Amended::Unknown {
            debug!(message.id = %message, ?ended, "a message was deleted");
        }
        Ok(Here::Passing)
    }
}
