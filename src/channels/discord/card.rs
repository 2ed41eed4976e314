//! A ticket's card in its group's channel: rendered from what is so when it is delivered, so that a late card is right.
//!
//! Discord limits edits of old messages, so a card that is older than an hour is left as it stands: its moments are relative, it
//! says itself that a newer one may be further down, and its buttons go on working. The newer one answers it.

use std::time::Duration;

use serenity::all::{ChannelId, CreateAllowedMentions, EditMessage, Message, MessageFlags, MessageId};

use super::bot::{Bot, channel_at, moment_of, number, snowflake_at};
use super::card_text::Card;
use super::deliver::{CLOCKS_DIFFER_BY, Post, Tried, external, gone, unread};
use super::rest::{RestError, code};
use crate::domain::ids::{GroupId, TicketId};
use crate::domain::obstacle::Obstacle;
use crate::ports::{ChatFailure, Leased, Receipted, ShownCard};

/// Discord limits edits of messages that are older.
const EDITABLE_FOR: Duration = Duration::from_hours(1);

/// What may be done to show a ticket as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Showing {
    /// A new card, where the one that is there can no longer be changed.
    Anew,
    /// Nothing that anybody would hear.
    Quietly,
}

/// A card that operators have in the channel where it belongs.
struct Standing<'l> {
    card: &'l ShownCard,
    message: MessageId,
}

impl Bot {
    /// Shows a ticket as it stands to a group's operators: by editing the card they have, or with a new one. Where the card shows
    /// just that already, nothing is done.
    pub(super) async fn show_card(
        &self,
        leased: &Leased,
        (ticket, group): (TicketId, &GroupId),
        showing: Showing,
    ) -> Result<Receipted, ChatFailure> {
        let ticket = self.store.ticket_by_id(ticket).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        let channel = self.config.groups.get(group).and_then(|group| channel_at(&group.channel.to_string()));
        let Some(channel) = channel else {
            let reason = format!("the group {group} has no channel under [discord.groups] in firstline.toml");
            return Err(ChatFailure::Stuck { why: Obstacle::Unconfigured, reason });
        };
        let events = self.store.events(ticket.conversation).await.map_err(unread)?;
        let card = self.card(&ticket, &events, group, self.lang_at(channel));
        let standing = standing(leased, channel);
        let shows = card.digest();
        if let Some(Standing { message, .. }) = standing.as_ref().filter(|standing| standing.card.shown.as_ref() == Some(&shows))
        {
            return Ok(left(channel, *message, Some(shows)));
        }
        let posted = self.edit_or_post(leased, channel, standing.as_ref(), &card, showing).await;
        let posted = posted.map_err(|error| error.failure("a ticket's card"))?;
        Ok(match (posted, standing) {
            (Some(message), _) => left(channel, message, Some(shows)),
            (None, Some(standing)) => left(channel, standing.message, standing.card.shown.clone()),
            (None, None) => Receipted::default(),
        })
    }

    /// The message that shows the card now; `None` where none does.
    async fn edit_or_post(
        &self,
        leased: &Leased,
        channel: ChannelId,
        standing: Option<&Standing<'_>>,
        card: &Card,
        showing: Showing,
    ) -> Result<Option<MessageId>, RestError> {
        if let Some(Standing { card: shown, message }) = standing.filter(|standing| self.is_editable(standing.message)) {
            let before = shown.earlier.as_ref().and_then(|earlier| number(earlier.as_str())).map(MessageId::from);
            let text = self.card_text(card, leased, self.link(channel, before).await?);
            match self.edit(channel, *message, &text, card).await {
                Ok(()) => return Ok(Some(*message)),
                Err(error) if matches!(error.code(), Some(code::UNKNOWN_MESSAGE | code::OLD_MESSAGE_EDITED_TOO_OFTEN)) => {}
                Err(error) => return Err(error),
            }
        }
        if showing == Showing::Quietly {
            return Ok(None);
        }
        self.post_card(leased, channel, standing, card).await.map(Some)
    }

    async fn post_card(
        &self,
        leased: &Leased,
        channel: ChannelId,
        standing: Option<&Standing<'_>>,
        card: &Card,
    ) -> Result<MessageId, RestError> {
        let before = standing.map(|standing| standing.message);
        let text = self.card_text(card, leased, self.link(channel, before).await?);
        if let Some(begun) = self.begun_card(leased, channel, before, card).await? {
            self.edit(channel, begun, &text, card).await?;
            return Ok(begun);
        }
        let key = leased.id.to_string();
        let post = Post { content: text, key, reply_to: before, buttons: card.buttons.clone(), pings: None };
        self.post(channel, post, Tried::Never).await
    }

    /// The card that this errand posted before it broke off: whatever state it shows, it begins like this ticket's.
    async fn begun_card(
        &self,
        leased: &Leased,
        channel: ChannelId,
        before: Option<MessageId>,
        card: &Card,
    ) -> Result<Option<MessageId>, RestError> {
        let Tried::Since(at) = Tried::of(leased) else { return Ok(None) };
        let me = self.me().await?;
        let recent = self.written_since(channel, snowflake_at(at.before(CLOCKS_DIFFER_BY))).await?;
        let is_it = |message: &&Message| {
            message.author.id == me && Some(message.id) != before && message.content.starts_with(&card.heading)
        };
        Ok(recent.iter().rev().find(is_it).map(|message| message.id))
    }

    /// The address of a message that a card goes on from, where there is one.
    async fn link(&self, channel: ChannelId, message: Option<MessageId>) -> Result<Option<String>, RestError> {
        let Some(message) = message else { return Ok(None) };
        let guild = self.guild_of(channel).await?;
        Ok(guild.map(|guild| message.link(channel, Some(guild))))
    }

    /// Whether Discord still lets a message be edited as often as needed.
    pub(super) fn is_editable(&self, message: MessageId) -> bool {
        self.clock.now().since(moment_of(message.get())) < EDITABLE_FOR
    }

    async fn edit(&self, channel: ChannelId, shown: MessageId, text: &str, card: &Card) -> Result<(), RestError> {
        let edited = EditMessage::new()
            .content(text)
            .components(card.buttons.clone())
            .allowed_mentions(CreateAllowedMentions::new())
            .flags(MessageFlags::SUPPRESS_EMBEDS);
        self.call(channel.edit_message(&self.http, shown, edited)).await?;
        crate::crash_point!("rest.after_edit");
        Ok(())
    }
}

fn standing(leased: &Leased, channel: ChannelId) -> Option<Standing<'_>> {
    let card = leased.card.as_ref().filter(|card| card.address == channel.to_string())?;
    Some(Standing { card, message: number(card.external_id.as_str())?.into() })
}

fn left(channel: ChannelId, message: MessageId, shows: Option<String>) -> Receipted {
    let (external_id, card_at) = (Some(external(message)), Some(channel.to_string()));
    Receipted { external_id, card_at, card_shows: shows, ..Receipted::default() }
}
