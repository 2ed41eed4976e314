//! Somebody gave a command.

use std::sync::Arc;

use serenity::all::{
    Command, CommandInteraction, CreateAllowedMentions, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EditInteractionResponse,
};
use tracing::{debug, warn};

use super::super::bot::{Bot, employee_id};
use super::super::rest::within;
use super::super::to_discord::{LONGEST_MESSAGE, split};
use crate::domain::lang::Lang;
use crate::domain::message::OwnTicket;
use crate::flows::own_ticket;

/// The command that lists one's own tickets.
const OWN_TICKETS: &str = "sak";

impl Bot {
    pub(super) async fn commanded(self: &Arc<Self>, command: CommandInteraction) {
        match command.data.name.as_str() {
            OWN_TICKETS => self.acknowledge_command(command).await,
            name => debug!(interaction.id = %command.id, name, "a command that is not ours was left alone"),
        }
    }

    async fn acknowledge_command(self: &Arc<Self>, command: CommandInteraction) {
        let thinking = CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true));
        if let Err(error) = within(command.create_response(&self.http, thinking)).await {
            return warn!(interaction.id = %command.id, %error, "a command could not be acknowledged");
        }
        let bot = Arc::clone(self);
        let (place, order) = (command.channel_id.get(), command.id.get());
        self.lanes.push(place, order, Box::pin(async move { bot.list_own_tickets(&command).await })).await;
    }

    async fn list_own_tickets(&self, command: &CommandInteraction) {
        let lang = self.readers_lang_in(&command.locale, command.guild_id);
        let text = match self.flows.own_ticket_list(&employee_id(command.user.id)).await {
            Ok(tickets) => {
                let own: Vec<OwnTicket> = tickets.iter().map(own_ticket).collect();
                self.wording.own_tickets(&own, lang, &self.facts)
            }
            Err(error) => {
                warn!(%error, "an employee's tickets could not be listed");
                self.wording.get(lang, "discord.try_again").to_owned()
            }
        };
        // Newest first, so what does not fit is the oldest.
        let text = split(&text, LONGEST_MESSAGE).swap_remove(0);
        let listed = EditInteractionResponse::new().content(text).allowed_mentions(CreateAllowedMentions::new());
        if let Err(error) = within(command.edit_response(&self.http, listed)).await {
            warn!(interaction.id = %command.id, %error, "somebody could not be shown their tickets");
        }
    }

    /// Makes the commands known to Discord; the same again changes nothing.
    pub(in super::super) async fn register_command(&self) {
        let describe = |lang| self.wording.get(lang, "discord.command_own_tickets");
        let command = CreateCommand::new(OWN_TICKETS)
            .description(describe(self.config.lang))
            .description_localized("no", describe(Lang::Nb))
            .description_localized("en-GB", describe(Lang::En))
            .description_localized("en-US", describe(Lang::En));
        let commands = std::iter::once(command).chain(self.desk_commands()).collect();
        if let Err(error) = within(Command::set_global_commands(&self.http, commands)).await {
            warn!(%error, "the commands could not be registered");
        }
    }
}
