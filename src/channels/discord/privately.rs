//! Answers that one person alone sees, from the outbox.
//!
//! Everything that is said in answer to one interaction is one message: the interaction's first response, which is edited to hold
//! what was said so far. An edit can be repeated without harm, which a further message cannot: neither has a deduplication key,
//! and nobody can list what was posted to one person alone. `docs/adr/0013-private-answers.md` has the whole reasoning.

use std::time::Duration;

use serenity::all::{ApplicationId, ChannelId, CreateAllowedMentions, EditInteractionResponse, Mentionable, MessageFlags};

use super::address::{Address, interaction_of};
use super::bot::{Bot, channel_at, channel_name, moment_of, number};
use super::deliver::unread;
use super::interactions::Told;
use super::rest::{RestError, within};
use super::to_discord::{Shown, show_together};
use crate::domain::conversation::Conversation;
use crate::domain::ids::ExternalId;
use crate::domain::message::{Author, Content, Visibility};
use crate::ports::{ChatFailure, Leased, Receipted, Recorded, ReplyToken, StoreError, TokenSecret};

/// Discord may not know an interaction yet that another instance is about to acknowledge; after this long it never will.
const NEW: Duration = Duration::from_secs(5);

/// How long to wait for that.
const SOON: Duration = Duration::from_secs(1);

/// What is kept of an interaction for answering it.
pub(super) fn secret_of(application: ApplicationId, token: &str) -> TokenSecret {
    TokenSecret::new(format!("{application}/{token}"))
}

impl Bot {
    /// Says a line to its employee alone, where that is how it is to be said; `None` where it belongs into the conversation's place.
    pub(super) async fn say_alone(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        recorded: &Recorded,
        reply_to: Option<&ExternalId>,
    ) -> Result<Option<Receipted>, ChatFailure> {
        if recorded.line.author == Author::Employee {
            return self.say_for_employee(leased, conversation, recorded).await.map(Some);
        }
        if let Some(answers) = reply_to.filter(|answers| interaction_of(answers).is_some())
            && self.answer_interaction(leased, conversation, recorded, answers).await?
        {
            return Ok(Some(Receipted::default()));
        }
        self.say_directly(leased, conversation, recorded, reply_to).await
    }

    /// Answers an interaction; `false` where it cannot be answered any more.
    async fn answer_interaction(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        recorded: &Recorded,
        answers: &ExternalId,
    ) -> Result<bool, ChatFailure> {
        let way = self.store.reply_token(&channel_name(), answers, self.clock.now()).await.map_err(unread)?;
        let (Some(way), Some(interaction)) = (way, interaction_of(answers)) else { return Ok(false) };
        let turn = self.turn(recorded).await.map_err(unread)?;
        let room = leased.room.as_deref().and_then(channel_at).filter(|room| !is_asked_in(conversation, *room));
        let pointer = room.map(|room| self.pointer(conversation, room));
        let told = self.told(&turn, pointer.as_deref());
        self.acknowledging.finished(interaction).await;
        match self.edit_kept(&way, &told).await {
            Ok(()) => {
                crate::crash_point!("asking.after_edit");
                self.store.said_by_token(&way, recorded.line.id).await.map_err(unread)?;
                Ok(true)
            }
            Err(error) if error.is_over() && self.clock.now().since(moment_of(interaction.get())) < NEW => {
                Err(ChatFailure::Later { reason: error.to_string(), wait: Some(SOON) })
            }
            Err(error) if error.is_over() => {
                self.store.forget_reply_token(&way).await.map_err(unread)?;
                Ok(false)
            }
            Err(error) => Err(error.failure("an answer for one person alone")),
        }
    }

    /// Adds to the answer that told of a hand-off where the conversation goes on, if the answer was for one person alone: others
    /// are not to see that there is anything. Where it cannot be changed any more, the room itself has called its employee.
    pub(super) async fn room_is_pointed_to_alone(
        &self,
        conversation: &Conversation,
        room: ChannelId,
    ) -> Result<bool, ChatFailure> {
        if Address::parse(&conversation.place.address).is_none_or(|address| address.private_to.is_none()) {
            return Ok(false);
        }
        let lines = self.store.lines(conversation.id, None, Visibility::Everyone).await.map_err(unread)?;
        let hand_off = lines.iter().rev().find(|recorded| matches!(recorded.line.content, Content::HandedOff(_)));
        let Some(hand_off) = hand_off else { return Ok(true) };
        let way = self.store.reply_token_that_said(hand_off.line.id, self.clock.now()).await.map_err(unread)?;
        let Some(way) = way else { return Ok(true) };
        let turn = self.turn(hand_off).await.map_err(unread)?;
        let told = self.told(&turn, Some(&self.pointer(conversation, room)));
        match self.edit_kept(&way, &told).await {
            Ok(()) => Ok(true),
            Err(error) if error.is_over() => Ok(true),
            Err(error) => Err(error.failure("the way to the thread")),
        }
    }

    /// What was said since the employee's last word, up to this line.
    async fn turn(&self, recorded: &Recorded) -> Result<Vec<Recorded>, StoreError> {
        let mut lines = self.store.lines(recorded.conversation, None, Visibility::Everyone).await?;
        lines.retain(|other| other.line.id <= recorded.line.id);
        let begins = lines.iter().rposition(|other| other.line.author == Author::Employee).map_or(0, |at| at + 1);
        Ok(lines.split_off(begins))
    }

    fn told(&self, turn: &[Recorded], tail: Option<&str>) -> Told {
        let Shown { parts, buttons } = show_together(turn, tail, &self.wording, &self.facts);
        Told { text: parts.join("\n"), buttons }
    }

    fn pointer(&self, conversation: &Conversation, room: ChannelId) -> String {
        self.wording.fill(conversation.lang, "discord.room_elsewhere", &[("room", &room.mention().to_string())])
    }

    async fn edit_kept(&self, way: &ReplyToken, told: &Told) -> Result<(), RestError> {
        match way.secret.reveal().split_once('/') {
            Some((application, token)) => {
                let application = number(application).map_or_else(ApplicationId::default, ApplicationId::from);
                self.edit_original(application, token, told).await
            }
            None => Ok(()),
        }
    }

    /// Changes the first response to an interaction.
    pub(super) async fn edit_original(&self, application: ApplicationId, token: &str, told: &Told) -> Result<(), RestError> {
        // After a restart the gateway may not have told yet.
        self.http.set_application_id(application);
        let edited = EditInteractionResponse::new()
            .content(&told.text)
            .components(told.buttons.clone())
            .allowed_mentions(CreateAllowedMentions::new())
            .flags(MessageFlags::SUPPRESS_EMBEDS);
        within(self.http.edit_original_interaction_response(token, &edited, Vec::new())).await?;
        Ok(())
    }
}

/// Whether a conversation that was begun for one person alone lives on in the channel itself, which only they see.
fn is_asked_in(conversation: &Conversation, room: ChannelId) -> bool {
    channel_at(&conversation.place.address) == Some(room)
}
