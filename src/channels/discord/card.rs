//! A ticket's card in its group's channel: rendered from what is so when it is delivered, so that a late card is right.

use std::time::Duration;

use serenity::all::{
    ButtonStyle, ChannelId, CreateActionRow, CreateAllowedMentions, CreateButton, EditMessage, MessageFlags, MessageId,
};

use super::bot::{Bot, channel_at, moment_of, number};
use super::deliver::{Post, Tried, external, gone, unread};
use super::press_id::{self, CardButton};
use super::rest::{RestError, code};
use crate::domain::ids::{GroupId, TicketId};
use crate::domain::lang::Lang;
use crate::domain::obstacle::Obstacle;
use crate::domain::ticket::{Priority, Status};
use crate::ports::{ChatFailure, Leased, Receipted, TicketSummary};
use crate::wording::as_written;

/// Discord limits edits of messages that are older.
const EDITABLE_FOR: Duration = Duration::from_hours(1);

/// A card's text and buttons.
struct Card {
    text: String,
    buttons: Vec<CreateActionRow>,
}

impl Bot {
    /// Shows a ticket as it stands to a group's operators: by editing the card they have, or with a new one.
    pub(super) async fn show_card(&self, leased: &Leased, ticket: TicketId, group: &GroupId) -> Result<Receipted, ChatFailure> {
        let ticket = self.store.ticket_by_id(ticket).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        let channel = self.config.groups.get(group).and_then(|group| channel_at(&group.channel.to_string()));
        let Some(channel) = channel else {
            let reason = format!("the group {group} has no channel under [discord.groups] in firstline.toml");
            return Err(ChatFailure::Stuck { why: Obstacle::Unconfigured, reason });
        };
        let card = self.card(&ticket, group, self.lang_at(channel));
        let shown = self.edit_or_post(leased, channel, card).await.map_err(|error| error.failure("a ticket's card"))?;
        Ok(Receipted { external_id: Some(external(shown)), card_at: Some(channel.to_string()), ..Receipted::default() })
    }

    async fn edit_or_post(&self, leased: &Leased, channel: ChannelId, card: Card) -> Result<MessageId, RestError> {
        if let Some(shown) = self.editable(leased, channel) {
            match self.edit(channel, shown, &card).await {
                Ok(()) => return Ok(shown),
                Err(error) if matches!(error.code(), Some(code::UNKNOWN_MESSAGE | code::OLD_MESSAGE_EDITED_TOO_OFTEN)) => {}
                Err(error) => return Err(error),
            }
        }
        let key = leased.id.to_string();
        let post = Post { content: card.text, key, reply_to: None, buttons: card.buttons, pings: None };
        self.post(channel, post, Tried::of(leased)).await
    }

    fn editable(&self, leased: &Leased, channel: ChannelId) -> Option<MessageId> {
        let (_, message, _) = leased.card.as_ref().filter(|(address, ..)| *address == channel.to_string())?;
        let message = number(message.as_str())?;
        (self.clock.now().since(moment_of(message.get())) < EDITABLE_FOR).then(|| MessageId::from(message))
    }

    async fn edit(&self, channel: ChannelId, shown: MessageId, card: &Card) -> Result<(), RestError> {
        let edited = EditMessage::new()
            .content(&card.text)
            .components(card.buttons.clone())
            .allowed_mentions(CreateAllowedMentions::new())
            .flags(MessageFlags::SUPPRESS_EMBEDS);
        self.call(channel.edit_message(&self.http, shown, edited)).await?;
        crate::crash_point!("rest.after_edit");
        Ok(())
    }

    /// The card as the operators of `group` see it, in their server's language: it is everybody's.
    fn card(&self, ticket: &TicketSummary, group: &GroupId, lang: Lang) -> Card {
        let number = ticket.number.to_string();
        let subject = as_written(&ticket.subject);
        let asker = as_written(ticket.employee_name.as_deref().unwrap_or(ticket.employee.as_str()));
        let opened = self.facts.moment(ticket.opened_at, lang);
        let url = self.facts.ticket_url(ticket.number);
        let values = [
            ("number", number.as_str()),
            ("subject", &subject),
            ("priority", self.wording.get(lang, priority_key(ticket.priority))),
            ("status", &self.status(ticket, group, lang)),
            ("employee", &asker),
            ("opened", &opened),
            ("url", &url),
        ];
        let text = self.wording.fill(lang, "discord.card", &values);
        let buttons = if ticket.group == *group { self.card_buttons(ticket, lang) } else { Vec::new() };
        Card { text, buttons }
    }

    fn status(&self, ticket: &TicketSummary, group: &GroupId, lang: Lang) -> String {
        if ticket.group != *group {
            let name = self.facts.groups.get(&ticket.group).map_or(ticket.group.as_str(), |group| group.name(lang));
            return self.wording.fill(lang, "discord.status_moved", &[("group", name)]);
        }
        let holder = as_written(ticket.holder.as_ref().map(|holder| holder.name.as_str()).unwrap_or_default());
        let key = match ticket.status {
            Status::Waiting => "discord.status_waiting",
            Status::Taken => "discord.status_taken",
            Status::Resolved => "discord.status_resolved",
        };
        self.wording.fill(lang, key, &[("name", &holder)])
    }

    fn card_buttons(&self, ticket: &TicketSummary, lang: Lang) -> Vec<CreateActionRow> {
        let offered: &[CardButton] = match ticket.status {
            Status::Waiting => &[CardButton::Take],
            Status::Taken => &[CardButton::Release, CardButton::Resolve],
            Status::Resolved => return Vec::new(),
        };
        let buttons = offered.iter().map(|button| {
            let (key, style) = match button {
                CardButton::Take => ("discord.card_take", ButtonStyle::Primary),
                CardButton::Release => ("discord.card_release", ButtonStyle::Secondary),
                CardButton::Resolve => ("discord.card_resolve", ButtonStyle::Success),
            };
            CreateButton::new(press_id::card(ticket.number, *button)).label(self.wording.get(lang, key)).style(style)
        });
        vec![CreateActionRow::Buttons(buttons.collect())]
    }
}

const fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "discord.priority_low",
        Priority::Normal => "discord.priority_normal",
        Priority::High => "discord.priority_high",
        Priority::Critical => "discord.priority_critical",
    }
}
