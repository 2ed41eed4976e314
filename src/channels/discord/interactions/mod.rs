//! What people do beside writing: buttons, commands. Discord waits three seconds for an acknowledgement, so that comes first.

mod commands;
mod press;

use std::sync::Arc;

use serenity::all::Interaction;
use tracing::debug;

use super::bot::Bot;

impl Bot {
    /// Acknowledges an interaction, and puts what it asks for into its place's lane.
    pub(super) async fn interacted(self: &Arc<Self>, interaction: Interaction) {
        let Some(interaction) = self.desk_interacted(interaction).await else { return };
        match interaction {
            Interaction::Component(press) => self.acknowledge_press(press).await,
            Interaction::Command(command) => self.commanded(command).await,
            other => debug!(interaction.id = %other.id(), "an interaction that is not ours was left alone"),
        }
    }
}
