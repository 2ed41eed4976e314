//! Somebody wrote something: whose is it, and which flow does it start?

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{GuildId, Message, RoleId, UserId};
use tracing::{debug, warn};

use super::bot::{Bot, channel_name, employee_id};
use super::from_discord::{is_addressed_to, is_from_a_person};
use super::operators::Person;
use super::rest::{RestError, within};
use crate::config::Listening;
use crate::domain::conversation::Conversation;
use crate::domain::decision::Receipt;
use crate::domain::ids::ExternalId;
use crate::domain::operator_side::{Wish, Written};
use crate::flows::{FlowError, Outcome};
use crate::ports::StoreError;

/// The pauses before a message that could not be kept is tried again.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Why a message could not be handled for now.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotHeard {
    #[error(transparent)]
    Flow(#[from] FlowError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Rest(#[from] RestError),
}

impl NotHeard {
    /// Whether the same message may be handled later; otherwise it never will.
    const fn may_pass(&self) -> bool {
        match self {
            Self::Flow(FlowError::NotFound | FlowError::Refused(_)) => false,
            Self::Rest(error) => error.code().is_none(),
            Self::Flow(FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_)) | Self::Store(_) => true,
        }
    }
}

impl Bot {
    /// Puts a message into its place's lane.
    pub(super) async fn heard(self: &Arc<Self>, message: Message) {
        let bot = Arc::clone(self);
        let (place, order) = (message.channel_id.get(), message.id.get());
        self.lanes.push(place, order, Box::pin(async move { bot.attend_to(&message).await })).await;
    }

    /// Handles a message, however long the store or Discord take to recover, and then notes that the place is read up to it.
    /// Where the channel is stopped meanwhile, the place stays unread, and the next start catches up.
    pub(super) async fn attend_to(&self, message: &Message) {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.listen(message).await {
                Ok(()) => break,
                Err(error) if error.may_pass() => {
                    warn!(message.id = %message.id, channel.id = %message.channel_id, %error, "a message could not be handled yet");
                }
                Err(error) => {
                    debug!(message.id = %message.id, %error, "a message was left alone");
                    break;
                }
            }
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
            }
        }
        self.read_up_to(message.channel_id, message.id.get()).await;
    }

    async fn listen(&self, message: &Message) -> Result<(), NotHeard> {
        if !is_from_a_person(message) {
            return Ok(());
        }
        let me = self.me().await?;
        if message.content.is_empty() && message.attachments.is_empty() {
            // Without the message-content intent, what is not meant for the bot arrives empty.
            return Ok(());
        }
        let listening = self.config.channels.get(&message.channel_id.get());
        if listening.is_none() {
            let address = message.channel_id.to_string();
            if let Some(conversation) = self.store.conversation_in_room(&channel_name(), &address).await? {
                return self.said_in_room(me, message, &conversation).await;
            }
            if let Some(talk) = self.talk_at(message.channel_id).await? {
                return self.said_in_talk(me, message, &talk).await;
            }
        }
        if listening == Some(&Listening::Everything) || message.guild_id.is_none() || is_addressed_to(me, message) {
            let incoming = self.at_home(self.incoming(me, message), message.guild_id).await?;
            self.flows.receive(&incoming).await?;
        }
        Ok(())
    }

    async fn said_in_room(&self, me: UserId, message: &Message, conversation: &Conversation) -> Result<(), NotHeard> {
        if conversation.employee.id == employee_id(message.author.id) {
            self.flows.receive(&self.incoming(me, message)).await?;
            return Ok(());
        }
        let Some(ticket) = &conversation.ticket else { return Ok(()) };
        let (guild, roles) = self.roles_of(message).await?;
        let person = Person { user: message.author.id, name: self.author_name(message), guild, roles };
        let operator = self.operator_writing(person, ticket).await?;
        if !operator.belongs_to(&ticket.group) {
            return Ok(());
        }
        let Some(summary) = self.store.ticket_by_id(ticket.id).await? else { return Ok(()) };
        let receipt = Receipt { channel: channel_name(), external_id: ExternalId::new(message.id.to_string()) };
        let (text, _) = self.filtered(me, message);
        let outcome = self.flows.handle(summary.number, &operator, Wish::Reply(text, Written::InPlace(receipt))).await?;
        if !matches!(outcome, Outcome::Done | Outcome::Already) {
            debug!(ticket.number = %summary.number, operator.id = %operator.id, "an operator's words in a room were not theirs to say");
        }
        Ok(())
    }

    /// The server and the roles of whoever wrote the message; Discord tells them with a message of the gateway, but not with one
    /// of REST.
    pub(super) async fn roles_of(&self, message: &Message) -> Result<(Option<GuildId>, Vec<RoleId>), RestError> {
        if let (Some(guild), Some(member)) = (message.guild_id, &message.member) {
            return Ok((Some(guild), member.roles.clone()));
        }
        let channel = within(self.http.get_channel(message.channel_id)).await?;
        let Some(channel) = channel.guild() else { return Ok((None, Vec::new())) };
        let member = within(self.http.get_member(channel.guild_id, message.author.id)).await?;
        Ok((Some(channel.guild_id), member.roles))
    }
}
