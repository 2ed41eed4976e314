//! What a group's operators say among themselves, in the thread of a ticket's card. A thread that is made from a message has that
//! message's number, which is how its ticket is found. It is kept as notes, which employees never see, and the bot never answers.

use std::sync::Arc;

use serenity::all::{ChannelId, GuildChannel, Message, MessageId, UserId};
use tracing::{debug, warn};

use super::super::bot::{Bot, channel_at, channel_name};
use super::super::deliver::{Post, Tried, external, gone, unread};
use super::super::listen::NotHeard;
use super::super::operators::Person;
use super::super::rest::{RestError, code};
use super::super::to_discord::{LONGEST_MESSAGE, split};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ExternalId, GroupId, MessageId as LineId, TicketId};
use crate::domain::message::{Author, Content};
use crate::domain::operator_side::Wish;
use crate::flows::{FlowError, Outcome};
use crate::ports::{ChatFailure, Leased, Receipted, StoreError};
use crate::wording::as_written;

/// A thread where a group's operators talk about a ticket.
pub(in super::super) struct Talk {
    ticket: TicketId,
    group: GroupId,
}

impl Bot {
    /// The talk that a place is, where it is one.
    pub(in super::super) async fn talk_at(&self, place: ChannelId) -> Result<Option<Talk>, StoreError> {
        let found = self.store.card_posted(&channel_name(), &ExternalId::new(place.to_string())).await?;
        Ok(found.map(|(ticket, group)| Talk { ticket, group }))
    }

    /// An operator wrote to colleagues.
    pub(in super::super) async fn said_in_talk(&self, me: UserId, message: &Message, talk: &Talk) -> Result<(), NotHeard> {
        let Some(ticket) = self.store.ticket_by_id(talk.ticket).await? else { return Ok(()) };
        let (guild, roles) = self.roles_of(message).await?;
        let person = Person { user: message.author.id, name: self.author_name(message), guild, roles };
        let operator = self.operator_about(person, &ticket.group).await?;
        let receipt = Receipt { channel: channel_name(), external_id: ExternalId::new(message.id.to_string()) };
        let (text, _) = self.filtered(me, message);
        match self.flows.handle_once(ticket.number, &operator, Wish::Note(text), Some(receipt)).await {
            Ok(Outcome::Done | Outcome::Already) => self.keep_talk(message.channel_id, talk).await?,
            Ok(_) | Err(FlowError::Refused(_)) => {
                debug!(ticket.number = %ticket.number, operator.id = %operator.id, "words beside a card were not theirs to say");
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Somebody made a thread from a card, or one is there that was made while nobody listened: it is read from its beginning.
    pub(in super::super) async fn thread_seen(self: &Arc<Self>, thread: &GuildChannel) {
        let is_beside_cards = |parent: ChannelId| self.config.groups.values().any(|group| group.channel == parent.get());
        if !thread.parent_id.is_some_and(is_beside_cards) {
            return;
        }
        if let Err(error) = self.begin_talk(thread.id).await {
            warn!(channel.id = %thread.id, %error, "a thread beside a card could not be taken up; what is said there is");
        }
    }

    async fn begin_talk(self: &Arc<Self>, thread: ChannelId) -> Result<(), StoreError> {
        let Some(talk) = self.talk_at(thread).await? else { return Ok(()) };
        self.keep_talk(thread, &talk).await?;
        self.read_from_the_beginning(thread).await
    }

    async fn keep_talk(&self, thread: ChannelId, talk: &Talk) -> Result<(), StoreError> {
        self.store.keep_talk(&channel_name(), talk.ticket, &talk.group, &thread.to_string()).await
    }

    /// Shows a note that was written elsewhere to those who talk about the ticket; where nobody does, it stays in the desk.
    pub(in super::super) async fn post_note(&self, leased: &Leased, line: LineId) -> Result<Receipted, ChatFailure> {
        let talk = leased.card.as_ref().and_then(|card| card.talk.as_deref()).and_then(channel_at);
        let Some(talk) = talk else { return Ok(Receipted::default()) };
        let recorded = self.store.line(line).await.map_err(unread)?.ok_or_else(|| gone("the note"))?;
        let (Author::Operator { name, .. }, Content::Note(text)) = (&recorded.line.author, &recorded.line.content) else {
            return Ok(Receipted::default());
        };
        let text = format!("**{}:** {}", as_written(name), as_written(text.as_str()));
        match self.post_parts(leased, talk, &text).await {
            Ok(posted) => Ok(Receipted { external_id: posted.map(external), ..Receipted::default() }),
            Err(error) if error.code() == Some(code::UNKNOWN_CHANNEL) => {
                debug!(channel.id = %talk, "the thread beside a card is gone; the note is in the desk");
                Ok(Receipted::default())
            }
            Err(error) => Err(error.failure("a note to colleagues")),
        }
    }

    async fn post_parts(&self, leased: &Leased, place: ChannelId, text: &str) -> Result<Option<MessageId>, RestError> {
        let mut posted = None;
        for (n, content) in split(text, LONGEST_MESSAGE).into_iter().enumerate() {
            let key = if n == 0 { leased.id.to_string() } else { format!("{}.{n}", leased.id) };
            let post = Post { content, key, reply_to: None, buttons: Vec::new(), pings: None };
            posted = Some(self.post(place, post, Tried::of(leased)).await?);
        }
        Ok(posted)
    }
}
