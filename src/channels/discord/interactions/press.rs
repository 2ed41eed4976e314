//! Somebody pressed a button.

use std::sync::Arc;

use serenity::all::{ComponentInteraction, CreateInteractionResponse, MessageFlags, User};
use tracing::warn;

use super::super::address::receipt_of;
use super::super::bot::{Bot, channel_name, employee_id};
use super::super::lanes::soon;
use super::super::panel::PanelButton;
use super::super::press_id::{self, Chosen, PressId};
use super::alone::{Begun, Told};
use super::own_button::OwnPress;
use super::respond::alone;
use crate::domain::decision::Receipt;
use crate::domain::ids::ConversationId;
use crate::domain::lang::Lang;
use crate::flows::{FlowError, Pressed};

impl Bot {
    pub(super) async fn something_pressed(self: &Arc<Self>, press: ComponentInteraction) {
        let custom_id = press.data.custom_id.as_str();
        if let Some(button) = PanelButton::read(custom_id) {
            return match button {
                PanelButton::Ask => self.show_form(&press).await,
                PanelButton::Tickets => self.own_tickets_listed(&press).await,
            };
        }
        if let Some(pressed) = OwnPress::read(custom_id) {
            return self.own_ticket_pressed(&press, pressed).await;
        }
        match press_id::read(custom_id) {
            Some(PressId::Choice(conversation, chosen)) if is_private(&press) => {
                self.choose_alone(&press, conversation, chosen).await;
            }
            Some(PressId::Choice(conversation, chosen)) => self.choose_openly(press, conversation, chosen).await,
            None => {}
        }
    }

    /// A choice under an answer that one person alone sees: what follows is for them alone too.
    async fn choose_alone(self: &Arc<Self>, press: &ComponentInteraction, id: ConversationId, chosen: Chosen) {
        self.answer_alone(Begun::from(press), move |bot, begun| async move {
            if let Err(error) = bot.keep_way(&begun).await {
                warn!(interaction.id = %begun.id, %error, "it could not be kept how to answer a choice");
                return Some(bot.short(&begun, "discord.try_again", &[]));
            }
            bot.choose(&begun.user, begun.receipt(), bot.lang_for(&begun), id, &chosen).await.map(Told::from)
        })
        .await;
    }

    /// A choice under an answer that everybody sees. It is kept first, and Discord is told afterwards.
    async fn choose_openly(self: &Arc<Self>, press: ComponentInteraction, id: ConversationId, chosen: Chosen) {
        let bot = Arc::clone(self);
        let (place, order) = (press.channel_id.get(), press.id.get());
        let work = async move {
            let response = match bot.choice_pressed(&press, id, &chosen).await {
                Some(text) => CreateInteractionResponse::Message(alone(text)),
                None => CreateInteractionResponse::Acknowledge,
            };
            bot.respond(press.id, &press.token, response).await;
        };
        self.lanes.push_awaited(place, order, soon(), Box::pin(work)).await;
    }

    /// An employee's choice; gives back what only they are to be told.
    async fn choice_pressed(&self, press: &ComponentInteraction, id: ConversationId, chosen: &Chosen) -> Option<String> {
        let receipt = Receipt { channel: channel_name(), external_id: receipt_of(press.id) };
        self.choose(&press.user, receipt, self.readers_lang_in(&press.locale, press.guild_id), id, chosen).await
    }

    async fn choose(
        &self,
        user: &User,
        receipt: Receipt,
        readers_lang: Lang,
        id: ConversationId,
        chosen: &Chosen,
    ) -> Option<String> {
        let employee = employee_id(user.id);
        let mut lang = readers_lang;
        let outcome = match self.flows.own_conversation(id, &employee).await {
            Ok(conversation) => {
                lang = conversation.lang;
                match chosen.action(&conversation) {
                    Some(action) => self.flows.press(id, &employee, &action, Some(receipt)).await,
                    None => Ok(Pressed::TooLate),
                }
            }
            Err(error) => Err(error),
        };
        let key = match outcome {
            Ok(Pressed::Kept | Pressed::SeenBefore) => return None,
            Ok(Pressed::TooLate) => "discord.too_late",
            Err(FlowError::NotFound | FlowError::Refused(_)) => "discord.not_yours",
            Err(error @ (FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_))) => {
                warn!(conversation.id = %id, %error, "an employee's choice could not be kept");
                "discord.try_again"
            }
        };
        Some(self.wording.get(lang, key).to_owned())
    }
}

/// Whether the button stands under something that one person alone sees.
fn is_private(press: &ComponentInteraction) -> bool {
    press.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
