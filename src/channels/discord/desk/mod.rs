//! What operators do on Discord: buttons, selects, forms and commands, and what they say among themselves.
//!
//! `commands` lists the commands and `complete` offers choices; `run` and `acted` read what was asked for as a `deed`; that is
//! carried out by the flows, which ask whether they may, and then it is acknowledged, and `told` to whoever asked, alone.

mod acted;
mod choose;
mod commands;
mod complete;
mod deed;
mod forms;
mod groups;
mod incidents;
mod offer;
pub(super) mod press_id;
mod run;
mod talk;
mod told;

use std::sync::Arc;

use serenity::all::Interaction;

use super::bot::Bot;
use commands::DeskCommand;

pub(super) use press_id::CardButton;

impl Bot {
    /// Sees to what is the operators'; gives back what is somebody else's.
    pub(super) async fn desk_interacted(self: &Arc<Self>, interaction: Interaction) -> Option<Interaction> {
        match interaction {
            Interaction::Component(press) => match press_id::read_press(&press.data.custom_id) {
                Some((number, pressed)) => self.desk_pressed(press, number, pressed).await,
                None => return Some(Interaction::Component(press)),
            },
            Interaction::Modal(filled) => match press_id::read_form(&filled.data.custom_id) {
                Some((number, form)) => self.desk_form_filled(filled, number, form).await,
                None => return Some(Interaction::Modal(filled)),
            },
            Interaction::Command(command) => match DeskCommand::from_name(&command.data.name) {
                Some(given) => self.desk_commanded(command, given).await,
                None => return Some(Interaction::Command(command)),
            },
            Interaction::Autocomplete(typing) => match DeskCommand::from_name(&typing.data.name) {
                Some(_) => self.desk_typed(typing).await,
                None => return Some(Interaction::Autocomplete(typing)),
            },
            other => return Some(other),
        }
        None
    }
}
