//! Somebody wrote something: whose is it, and which flow does it start?

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{GuildId, Message, MessageId, MessageReferenceKind, RoleId, UserId};
use tracing::{debug, warn};

use super::bot::{Bot, channel_name, employee_id, moment_of};
use super::edits::Change;
use super::from_discord::{is_addressed_to, is_from_a_person, speaks_to_another};
use super::operators::Person;
use super::rest::RestError;
use crate::config::Listening;
use crate::domain::conversation::Conversation;
use crate::domain::decision::Receipt;
use crate::domain::hearing::Hearing;
use crate::domain::ids::{ConversationId, ExternalId};
use crate::domain::message::IncomingMessage;
use crate::domain::operator_side::{Wish, Written as WrittenBy};
use crate::flows::{FlowError, Outcome, Received, Written};
use crate::ports::StoreError;

/// The pauses before something that could not be kept is tried again.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Why something could not be handled for now.
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
    /// Whether the same may be handled later; otherwise it never will.
    const fn may_pass(&self) -> bool {
        match self {
            Self::Flow(FlowError::NotFound | FlowError::Refused(_)) => false,
            Self::Rest(error) => error.code().is_none(),
            Self::Flow(FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_)) | Self::Store(_) => true,
        }
    }
}

/// What somebody did.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    Written(&'a Message),
    Changed(&'a Change),
    Deleted(MessageId),
}

/// Whether a place is one where Firstline talks: what is said there is read after having been away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Here {
    Watched,
    Passing,
}

impl Bot {
    /// Puts a message into its place's lane. Where the lanes are full it is left to be read by REST: nothing waits in memory without
    /// a bound, and nothing is lost.
    pub(super) async fn heard(self: &Arc<Self>, message: Message) {
        let (place, order) = (message.channel_id, message.id.get());
        // Until it is known which places there are to read, any may have been written in.
        let is_known = self.config.channels.contains_key(&place.get()) || self.progress.is_listed();
        if self.progress.wake(place.get()) || !is_known {
            self.read_missed_in(place).await;
        }
        let (bot, session) = (Arc::clone(self), self.progress.session());
        let work = async move {
            if !bot.progress.is_behind(place.get()) {
                bot.attend_to(&message).await;
            }
            if bot.progress.has_begun(place.get()) && bot.progress.session() != session {
                // That session may have asked for the places to read too early to be told of this one.
                bot.read_missed_in(place).await;
            }
        };
        if !self.lanes.try_push(place.get(), order, Box::pin(work)) {
            self.read_later(place);
        }
    }

    /// Handles a message, however long the store or Discord take to recover, and then notes that the place is read up to it.
    /// Where the channel is stopped meanwhile, the place stays unread, and the next start catches up.
    pub(super) async fn attend_to(&self, message: &Message) {
        match self.until_handled(message.id.get(), What::Written(message)).await {
            Some(Here::Watched) => self.read_up_to(message.channel_id, message.id.get()).await,
            Some(Here::Passing) | None => {}
        }
    }

    /// Tries again until it is handled, or never can be; `None` where the channel is stopped meanwhile.
    pub(super) async fn until_handled(&self, message: u64, what: What<'_>) -> Option<Here> {
        let mut pause = FIRST_PAUSE;
        loop {
            let handled = match what {
                What::Written(message) => self.listen(message).await,
                What::Changed(change) => self.read_anew(change).await,
                What::Deleted(message) => self.take_back(message).await,
            };
            match handled {
                Ok(here) => return Some(here),
                Err(error) if error.may_pass() => {
                    warn!(message.id = message, %error, "something that was written could not be handled yet");
                }
                Err(error) => {
                    debug!(message.id = message, %error, "something that was written was left alone");
                    return Some(Here::Passing);
                }
            }
            tokio::select! {
                () = self.stopping.cancelled() => return None,
                () = tokio::time::sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
            }
        }
    }

    /// Lets the flow that a message is for hear it.
    pub(super) async fn listen(&self, message: &Message) -> Result<Here, NotHeard> {
        let configured = self.config.channels.get(&message.channel_id.get());
        let here = if configured.is_some() || message.guild_id.is_none() { Here::Watched } else { Here::Passing };
        // Without the message-content intent, what is not meant for the bot arrives empty.
        let is_empty = message.content.is_empty() && message.attachments.is_empty();
        if !is_from_a_person(message) || is_empty {
            if message.guild_id.is_none() {
                // Also where the bot itself is the first to speak, as far as it knows.
                self.place_begins(message).await?;
            }
            if is_from_a_person(message) {
                self.unreadable_in(message.channel_id).await?;
            }
            return Ok(here);
        }
        let me = self.me().await?;
        if configured.is_none() {
            let address = message.channel_id.to_string();
            if let Some(conversation) = self.store.conversation_in_room(&channel_name(), &address).await? {
                self.said_in_room(me, message, &conversation).await?;
                return Ok(Here::Watched);
            }
            if let Some(talk) = self.talk_at(message.channel_id).await? {
                self.said_in_talk(me, message, &talk).await?;
                return Ok(Here::Watched);
            }
        }
        let listening = self.listening_to(message).await?;
        if listening.is_some() {
            self.post_begins(message).await?;
        }
        let here = if listening.is_some() { Here::Watched } else { here };
        let Some(hearing) = hearing(me, message, listening) else { return Ok(here) };
        if hearing == Hearing::Addressed && listening.is_none() {
            self.place_begins(message).await?;
        }
        let mut incoming = self.at_home(self.incoming(me, message), message.guild_id).await?;
        incoming.conversation = self.replied_to(message, &incoming).await?;
        self.take_in(message, &incoming, hearing).await?;
        Ok(if hearing == Hearing::Addressed { Here::Watched } else { here })
    }

    /// Receives what an employee wrote, and the files that they sent along. Files without words are no question: they go where the
    /// employee is talking already.
    async fn take_in(&self, message: &Message, incoming: &IncomingMessage, hearing: Hearing) -> Result<(), NotHeard> {
        let is_wordless = message.content.trim().is_empty() && self.flows.takes_files();
        let running = if is_wordless { self.flows.goes_on_in(incoming).await? } else { None };
        let conversation = match (running, is_wordless, hearing) {
            (Some(running), _, _) => Some(running),
            (None, true, Hearing::Overheard | Hearing::FollowingUp) => None,
            (None, ..) => {
                let written = Written { at: moment_of(message.id.get()), missed: self.is_too_old(message) };
                self.flows.hear(incoming, hearing, written).await?.map(Received::conversation)
            }
        };
        match conversation {
            Some(conversation) => self.take_files(message, conversation, &incoming.employee.id).await,
            None => Ok(()),
        }
    }

    /// Whether it was written so long ago that an answer now would come out of nowhere.
    pub(super) fn is_too_old(&self, message: &Message) -> bool {
        self.clock.now().since(moment_of(message.id.get())) > self.config.oldest_answered
    }

    /// The employee's own conversation that a reply goes on with, however long ago it was. Who replies to what was said to somebody
    /// else asks a question of their own.
    async fn replied_to(&self, message: &Message, incoming: &IncomingMessage) -> Result<Option<ConversationId>, StoreError> {
        let reference = message.message_reference.as_ref().filter(|reference| reference.kind == MessageReferenceKind::Default);
        let Some(earlier) = reference.and_then(|reference| reference.message_id) else { return Ok(None) };
        let (channel, earlier) = (channel_name(), ExternalId::new(earlier.to_string()));
        let found = match self.store.conversation_of_post(&channel, &earlier).await? {
            Some(conversation) => Some(conversation),
            None => match self.store.seen(&channel, &earlier).await? {
                Some(id) => self.store.conversation(id).await?,
                None => None,
            },
        };
        Ok(found.filter(|found| found.employee.id == incoming.employee.id).map(|found| found.id))
    }

    async fn said_in_room(&self, me: UserId, message: &Message, conversation: &Conversation) -> Result<(), NotHeard> {
        if conversation.employee.id == employee_id(message.author.id) {
            let mut incoming = self.at_home(self.incoming(me, message), message.guild_id).await?;
            incoming.conversation = self.replied_to(message, &incoming).await?;
            return self.take_in(message, &incoming, Hearing::Addressed).await;
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
        if !(message.content.trim().is_empty() && self.flows.takes_files()) {
            let outcome = self.flows.handle(summary.number, &operator, Wish::Reply(text, WrittenBy::InPlace(receipt))).await?;
            if !matches!(outcome, Outcome::Done | Outcome::Already) {
                debug!(ticket.number = %summary.number, operator.id = %operator.id, "an operator's words in a room were not theirs to say");
            }
        }
        self.take_operators_files(message, summary.number, &operator).await
    }

    /// The server and the roles of whoever wrote the message; Discord tells them with a message of the gateway, but not with one
    /// of REST.
    pub(super) async fn roles_of(&self, message: &Message) -> Result<(Option<GuildId>, Vec<RoleId>), RestError> {
        if let (Some(guild), Some(member)) = (message.guild_id, &message.member) {
            return Ok((Some(guild), member.roles.clone()));
        }
        let channel = self.call(self.http.get_channel(message.channel_id)).await?;
        let Some(channel) = channel.guild() else { return Ok((None, Vec::new())) };
        let member = self.call(self.http.get_member(channel.guild_id, message.author.id)).await?;
        Ok((Some(channel.guild_id), member.roles))
    }
}

/// How a message reached the bot; `None` where it is said to somebody else, or where the bot does not listen.
fn hearing(me: UserId, message: &Message, listening: Option<Listening>) -> Option<Hearing> {
    // What somebody posts in a forum that is listened in begins a thread of the same number: it is said to those who help there.
    let begins_a_post = listening.is_some() && message.id.get() == message.channel_id.get();
    if message.guild_id.is_none() || is_addressed_to(me, message) || begins_a_post {
        return Some(Hearing::Addressed);
    }
    match listening? {
        _ if speaks_to_another(me, message) => None,
        Listening::Everything => Some(Hearing::Overheard),
        Listening::Mentions => Some(Hearing::FollowingUp),
    }
}
