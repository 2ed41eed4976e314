//! The desk is told what became of a ticket's room: by who finds out while delivering, or early, by the gateway's events.

use std::fmt::Display;
use std::sync::Arc;

use serenity::all::{ChannelId, GuildChannel};
use tracing::warn;

use super::bot::{Bot, channel_name};
use super::listen::NotHeard;
use crate::domain::decision::Receipt;
use crate::domain::ids::{ConversationId, ExternalId};
use crate::domain::room::RoomNews;
use crate::ports::{ChatFailure, Leased};

impl Bot {
    /// Tells the desk something of the room of an errand's conversation, once for each errand.
    pub(super) async fn tell_desk(&self, leased: &Leased, news: RoomNews) -> Result<(), ChatFailure> {
        self.tell_once(leased.conversation, news, leased.id).await
    }

    /// Tells the desk something of a conversation's room, once for each occasion.
    pub(super) async fn tell_once(&self, id: ConversationId, news: RoomNews, occasion: impl Display) -> Result<(), ChatFailure> {
        let told = self.flows.tell_of_room(id, news, &receipt(news, occasion)).await;
        told.map_err(|error| ChatFailure::Later { reason: format!("the desk could not be told: {error}"), wait: None })
    }

    /// Whether the desk was told so on this occasion.
    pub(super) async fn has_told(&self, news: RoomNews, occasion: impl Display) -> Result<bool, ChatFailure> {
        let Receipt { channel, external_id } = receipt(news, occasion);
        let seen = self.store.seen(&channel, &external_id).await;
        seen.map(|seen| seen.is_some()).map_err(super::deliver::unread)
    }

    /// A thread or channel is another than it was.
    pub(super) fn channel_changed(&self, channel: &GuildChannel) {
        self.looks.forget(channel.id);
    }

    /// A thread or channel is gone. The desk is told where it was the room of a matter that it has in hand.
    pub(super) async fn channel_gone(self: &Arc<Self>, channel: ChannelId) {
        self.looks.forget(channel);
        let bot = Arc::clone(self);
        // In the place's own lane: after everything that was written there.
        let work = async move {
            if let Err(error) = bot.room_gone(channel).await {
                warn!(channel.id = %channel, %error, "the desk could not be told that a room is gone; it is when something is said there");
            }
        };
        self.lanes.push(channel.get(), u64::MAX, Box::pin(work)).await;
    }

    /// Something was written that arrived without its words. Where it is a ticket's room, the desk is told, once for the ticket: who
    /// works elsewhere would not know that there is more to read.
    pub(super) async fn unreadable_in(&self, place: ChannelId) -> Result<(), NotHeard> {
        let Some(conversation) = self.store.conversation_in_room(&channel_name(), &place.to_string()).await? else {
            return Ok(());
        };
        let Some(ticket) = conversation.open_ticket() else { return Ok(()) };
        let news = RoomNews::Unreadable;
        self.flows.tell_of_room(conversation.id, news, &receipt(news, ticket.id)).await?;
        Ok(())
    }

    async fn room_gone(&self, channel: ChannelId) -> Result<(), ChatFailure> {
        let found = self.store.conversation_in_room(&channel_name(), &channel.to_string()).await;
        let Some(conversation) = found.map_err(super::deliver::unread)? else { return Ok(()) };
        if conversation.open_ticket().is_none() {
            return Ok(());
        }
        self.tell_once(conversation.id, RoomNews::Deleted, channel).await
    }
}

fn receipt(news: RoomNews, occasion: impl Display) -> Receipt {
    Receipt { channel: channel_name(), external_id: ExternalId::new(format!("room:{}:{occasion}", news.as_str())) }
}
