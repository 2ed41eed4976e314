//! The one response that Discord takes to an interaction, once what was asked for is done.
//!
//! It is never given before that: what Discord and whoever acted see accepted is not lost by a crash. A response that comes too
//! late changes nothing about what was done. `docs/adr/0013-private-answers.md` has the reasoning.

use serenity::all::{CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseMessage, InteractionId};
use tracing::{debug, warn};

use super::super::bot::Bot;
use super::super::rest::{RestError, code, within};

impl Bot {
    /// Tells Discord, and whoever acted, what became of something that is done. There is no second try: what was done counts.
    pub(in super::super) async fn respond(&self, id: InteractionId, token: &str, response: CreateInteractionResponse) {
        crate::crash_point!("rest.before_acknowledge");
        let told = within(self.http.create_interaction_response(id, token, &response, Vec::new())).await;
        crate::crash_point!("rest.after_acknowledge");
        heeded(id, told);
    }
}

/// A message that is for one person alone.
pub(in super::super) fn alone(text: String) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text).ephemeral(true).allowed_mentions(CreateAllowedMentions::new())
}

/// Logs what became of a response.
pub(in super::super) fn heeded(id: InteractionId, told: Result<(), RestError>) {
    match told {
        Ok(()) => {}
        Err(error) if error.code() == Some(code::ALREADY_ACKNOWLEDGED) => {
            debug!(interaction.id = %id, "an interaction was responded to already: it came twice");
        }
        Err(error) if error.code() == Some(code::UNKNOWN_INTERACTION) => {
            warn!(interaction.id = %id, "the response to an interaction came too late for Discord; what was done counts all the same");
        }
        Err(error) => warn!(interaction.id = %id, %error, "an interaction could not be responded to; what was done counts"),
    }
}
