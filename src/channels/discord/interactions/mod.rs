//! What people do beside writing: buttons, commands, forms. Discord waits three seconds for a sign of life, and gets it once what
//! was asked for is kept.
//!
//! `commands` and `press` say what was meant, `complete` offers choices while somebody types. `respond` tells what was done;
//! `alone` keeps what somebody asked and tells Discord that an answer for them alone is coming (`acknowledge`); `ask` and
//! `own_tickets` are such things.

mod acknowledge;
mod alone;
mod ask;
mod command_list;
mod commands;
mod complete;
mod options;
mod own_button;
mod own_tickets;
mod press;
mod respond;
mod ticket_status;

use std::sync::Arc;

use serenity::all::{Interaction, ModalInteraction};
use tracing::debug;

pub(super) use acknowledge::Acknowledging;
pub(super) use alone::Told;
pub(super) use ask::{FORM, LONGEST_QUESTION, QUESTION};
pub(super) use respond::{alone, heeded};

use super::bot::Bot;
use own_button::{OwnButton, OwnPress};

impl Bot {
    /// Puts what an interaction asks for into its lane.
    pub(super) async fn interacted(self: &Arc<Self>, interaction: Interaction) {
        if !self.acknowledging.is_new(interaction.id()) {
            return debug!(interaction.id = %interaction.id(), "an interaction came twice");
        }
        let Some(interaction) = Box::pin(self.desk_interacted(interaction)).await else { return };
        match interaction {
            Interaction::Component(press) => self.something_pressed(press).await,
            Interaction::Command(command) => self.commanded(command).await,
            Interaction::Autocomplete(typing) => self.complete(&typing).await,
            Interaction::Modal(form) => self.submitted(&form).await,
            other => debug!(interaction.id = %other.id(), "an interaction that is not ours was left alone"),
        }
    }

    async fn submitted(self: &Arc<Self>, form: &ModalInteraction) {
        match (form.data.custom_id.as_str(), OwnPress::read(&form.data.custom_id)) {
            (FORM, _) => self.asked_in_form(form).await,
            (_, Some(OwnPress { number, button: OwnButton::Add })) => self.addition_written(form, number).await,
            (custom_id, _) => debug!(interaction.id = %form.id, custom_id, "a form that is not ours was left alone"),
        }
    }
}
