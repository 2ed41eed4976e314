//! Somebody gave a command.

use std::sync::Arc;

use serenity::all::CommandInteraction;
use tracing::debug;

use super::super::bot::Bot;
use super::command_list::{ASK, ASK_WITH_MESSAGE, OWN_TICKETS};

impl Bot {
    pub(super) async fn commanded(self: &Arc<Self>, command: CommandInteraction) {
        match command.data.name.as_str() {
            name if ASK.contains(&name) => self.asked_by_command(&command).await,
            ASK_WITH_MESSAGE => self.asked_with_message(&command).await,
            OWN_TICKETS => self.own_tickets_wanted(&command).await,
            name => debug!(interaction.id = %command.id, name, "a command that is not ours was left alone"),
        }
    }
}
