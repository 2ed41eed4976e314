//! An operator gave a command: for the ticket that it names, or for the one whose thread it was given in.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{CommandDataOptionValue, CommandInteraction, CreateInteractionResponse};
use tracing::warn;

use super::super::bot::{Bot, channel_name};
use super::super::interactions::alone;
use super::acted::Awaiting;
use super::commands::{DeskCommand, option};
use super::deed::{Acting, Deed, Menu, Told, Who};
use super::offer::Piece;
use crate::domain::ids::{ExternalId, GroupId, Slug, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::operator_side::{Destination, Wish};
use crate::ports::StoreError;

impl Bot {
    pub(super) fn who_commands(&self, command: &CommandInteraction) -> Who {
        self.who(&Acting {
            id: command.id.get(),
            user: &command.user,
            guild: command.guild_id,
            member: command.member.as_deref(),
            place: command.channel_id,
            channel: command.channel.as_ref(),
            locale: &command.locale,
        })
    }

    pub(super) async fn desk_commanded(self: &Arc<Self>, command: CommandInteraction, given: DeskCommand) {
        let who = self.who_commands(&command);
        let awaiting = Awaiting { id: command.id, token: command.token.clone() };
        let (bot, order) = (Arc::clone(self), who.order());
        self.in_turn(awaiting, order, async move {
            let Told { text, rows } = bot.run_command(&command, given, &who).await;
            CreateInteractionResponse::Message(alone(text).components(rows))
        })
        .await;
    }

    async fn run_command(&self, command: &CommandInteraction, given: DeskCommand, who: &Who) -> Told {
        let number = match self.ticket_meant(command, who).await {
            Ok(Some(number)) => number,
            Ok(None) => return Told::only(self.in_words(who, "discord_desk.which_ticket", &[])),
            Err(error) => {
                warn!(interaction.id = who.interaction, %error, "the ticket that a command is about could not be looked up");
                return Told::only(self.in_words(who, "discord.try_again", &[]));
            }
        };
        match self.asked_by(command, given, who) {
            Some(deed) => self.carry_out(number, deed, who).await,
            None => Told::only(self.in_words(who, "discord_desk.choose_from_list", &[])),
        }
    }

    /// The ticket that a command names, or whose room or talk it was given in.
    pub(super) async fn ticket_meant(&self, command: &CommandInteraction, who: &Who) -> Result<Option<TicketNumber>, StoreError> {
        if let Some(number) = integer(command, option::TICKET) {
            return Ok(Some(TicketNumber::new(number)));
        }
        let (channel, place) = (channel_name(), who.place.to_string());
        let in_room = self.store.conversation_in_room(&channel, &place).await?;
        let ticket = match in_room.and_then(|conversation| conversation.ticket) {
            Some(ticket) => Some(ticket.id),
            None => self.store.card_posted(&channel, &ExternalId::new(place)).await?.map(|(ticket, _)| ticket),
        };
        let Some(ticket) = ticket else { return Ok(None) };
        Ok(self.store.ticket_by_id(ticket).await?.map(|ticket| ticket.number))
    }

    /// What a command asks for; `None` where an option is not one of those that were offered.
    fn asked_by(&self, command: &CommandInteraction, given: DeskCommand, who: &Who) -> Option<Deed> {
        let filtered = |name| text(command, name).map(|text| (self.filter)(text.trim()).0);
        Some(match given {
            DeskCommand::Take => Deed::Wish(Wish::Take, "discord_desk.took"),
            DeskCommand::Release => Deed::Wish(Wish::Release, "discord_desk.released"),
            DeskCommand::Priority => Deed::Menu(Menu::Impact),
            DeskCommand::Resolve => Deed::Wish(Wish::Resolve(filtered(option::TEXT)), "discord_desk.resolved_it"),
            DeskCommand::Note => Deed::Wish(Wish::Note(filtered(option::TEXT)?), "discord_desk.noted"),
            DeskCommand::Transfer => {
                let to = Destination::Group(GroupId::new(text(command, option::GROUP)?));
                Deed::Wish(Wish::Transfer { to, reason: filtered(option::REASON)? }, "discord_desk.transferred")
            }
            DeskCommand::Snooze => {
                let hours = u64::try_from(integer(command, option::HOURS)?).ok()?;
                let until = self.clock.now().after(Duration::from_hours(hours));
                Deed::Wish(Wish::Snooze { until }, "discord_desk.snoozed_it")
            }
            DeskCommand::Merge => {
                let into = TicketNumber::new(integer(command, option::INTO)?);
                Deed::Wish(Wish::MergeInto(into), "discord_desk.merged")
            }
            DeskCommand::Reply => {
                let (lang, slug) = text(command, option::REPLY)?.split_once('/')?;
                Deed::Preview(who.interaction, Piece::Reply(Lang::from_code(lang)?, Slug::new(slug)))
            }
            DeskCommand::Article => match text(command, option::ARTICLE) {
                Some(slug) => Deed::Preview(who.interaction, Piece::Article(Slug::new(slug))),
                None => Deed::Articles,
            },
        })
    }
}

fn text<'c>(command: &'c CommandInteraction, name: &str) -> Option<&'c str> {
    let given = command.data.options.iter().find(|given| given.name == name)?;
    given.value.as_str()
}

fn integer(command: &CommandInteraction, name: &str) -> Option<i64> {
    let given = command.data.options.iter().find(|given| given.name == name)?;
    match given.value {
        CommandDataOptionValue::Integer(number) => Some(number),
        _ => None,
    }
}
