//! Interactions: pressed buttons, run commands, submitted forms, and the one response that each may get.

use serde_json::{Value, json};

use super::event::Event;
use super::ids::{ChannelId, InteractionId, MessageId, UserId};
use super::mention;
use super::message::{COMMAND_RESPONSE, EPHEMERAL, LOADING, Message};
use super::refusal::Refusal;
use super::render_guild::extend;
use super::rules;
use super::state::State;

/// The first response must come within this span.
const RESPONSE_MILLIS: i64 = 3_000;
/// The token is good for later messages for this span.
const TOKEN_MILLIS: i64 = 15 * 60 * 1_000;

/// What a person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    Form = 5,
}

/// One interaction and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Interaction {
    pub(super) kind: InteractionKind,
    pub(super) token: String,
    pub(super) user: UserId,
    pub(super) channel: ChannelId,
    /// The message that the control stands in.
    pub(super) message: Option<MessageId>,
    pub(super) created: i64,
    pub(super) answer: Option<Answer>,
    /// The message that `@original` means.
    pub(super) original: Option<MessageId>,
    pub(super) follow_ups: Vec<MessageId>,
}

/// The first response to an interaction.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What sort of response it was.
    pub kind: AnswerKind,
    /// Whether only the person who acted sees it.
    pub is_ephemeral: bool,
    /// What came with it: a message, choices or a form.
    pub data: Value,
}

/// The sorts of first response that the platform knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A message at once (type 4).
    Message,
    /// "… is thinking", a message later (type 5).
    Deferred,
    /// Nothing to see yet, perhaps an edit later (type 6).
    DeferredUpdate,
    /// The message that the control stands in is changed (type 7).
    Update,
    /// Choices while the person types (type 8).
    Choices,
    /// A form (type 9).
    Form,
}

impl AnswerKind {
    fn from_type(number: Option<u64>) -> Option<Self> {
        match number? {
            4 => Some(Self::Message),
            5 => Some(Self::Deferred),
            6 => Some(Self::DeferredUpdate),
            7 => Some(Self::Update),
            8 => Some(Self::Choices),
            9 => Some(Self::Form),
            _ => None,
        }
    }

    /// Whether this answers that sort of interaction.
    const fn fits(self, to: InteractionKind, has_message: bool) -> bool {
        match self {
            Self::Message | Self::Deferred => !matches!(to, InteractionKind::Autocomplete),
            Self::DeferredUpdate | Self::Update => has_message,
            Self::Choices => matches!(to, InteractionKind::Autocomplete),
            Self::Form => matches!(to, InteractionKind::Command | InteractionKind::Component),
        }
    }
}

impl Interaction {
    /// Whether it is too late for a first response.
    pub(super) const fn is_late(&self, now: i64) -> bool {
        now - self.created >= RESPONSE_MILLIS
    }
}

impl State {
    /// A person acts: the interaction is kept and the bot is told.
    pub(super) fn interact(
        &mut self,
        kind: InteractionKind,
        user: UserId,
        channel: ChannelId,
        message: Option<MessageId>,
        data: &Value,
    ) -> InteractionId {
        let id = InteractionId::new(self.ids.next());
        let token = format!("interaction-{id}");
        let interaction = Interaction {
            kind,
            token,
            user,
            channel,
            message,
            created: self.now(),
            answer: None,
            original: None,
            follow_ups: Vec::new(),
        };
        let payload = self.interaction_json(id, &interaction, data);
        self.interactions.insert(id, interaction);
        self.emit(Event { only_for: Some(self.bot), ..Event::everywhere("INTERACTION_CREATE", 0, payload) });
        id
    }

    fn interaction_json(&self, id: InteractionId, interaction: &Interaction, data: &Value) -> Value {
        let mut payload = json!({
            "id": id.to_string(),
            "application_id": self.application.to_string(),
            "type": interaction.kind as u8,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": interaction.channel.to_string(),
            "channel": self.channel_json(interaction.channel),
            "locale": "no",
            "app_permissions": super::permission::GRANTED.to_string(),
            "entitlements": [],
            "authorizing_integration_owners": { "0": self.guild_of(interaction.channel).to_string() },
            "attachment_size_limit": 10_485_760,
        });
        let message = interaction.message.and_then(|message| self.message(interaction.channel, message));
        if let Some(message) = message {
            payload["message"] = self.message_json(message);
        }
        if self.channels.get(&interaction.channel).is_some_and(super::state::Channel::is_direct) {
            extend(&mut payload, json!({ "user": self.user_json(interaction.user), "context": 1 }));
        } else {
            let guild = self.guild_of(interaction.channel);
            let mut member = self.member_without_user_json(guild, interaction.user);
            member["user"] = self.user_json(interaction.user);
            member["permissions"] = json!(super::permission::EVERYONE.to_string());
            extend(&mut payload, json!({ "guild_id": guild.to_string(), "guild_locale": "no", "member": member, "context": 0 }));
        }
        payload
    }

    /// The bot's first response.
    pub(super) fn answer(&mut self, id: InteractionId, token: &str, body: &Value) -> Result<(), Refusal> {
        let now = self.now();
        let known = self.interactions.get(&id).filter(|interaction| interaction.token == token);
        let interaction = known.ok_or(Refusal::UnknownInteraction)?.clone();
        if interaction.answer.is_some() {
            return Err(Refusal::AlreadyAcknowledged);
        }
        if interaction.is_late(now) {
            return Err(Refusal::UnknownInteraction);
        }
        let kind = AnswerKind::from_type(body["type"].as_u64()).ok_or_else(|| Refusal::form("type: Value is unknown"))?;
        rules::require(kind.fits(interaction.kind, interaction.message.is_some()), "type: does not fit the interaction")?;
        let data = body.get("data").cloned().unwrap_or(Value::Null);
        let original = self.show_answer(&interaction, id, kind, &data)?;
        if kind == AnswerKind::Form {
            self.show_form(&interaction, id, &data);
        }
        let is_ephemeral = data["flags"].as_u64().is_some_and(|flags| flags & EPHEMERAL != 0);
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.answer = Some(Answer { kind, is_ephemeral, data });
            interaction.original = original;
        }
        Ok(())
    }

    /// What the response makes visible; returns the message that `@original` means from now on.
    fn show_answer(
        &mut self,
        interaction: &Interaction,
        id: InteractionId,
        kind: AnswerKind,
        data: &Value,
    ) -> Result<Option<MessageId>, Refusal> {
        match kind {
            AnswerKind::Message => {
                rules::check_new(data, 0)?;
                Ok(Some(self.post_for(interaction, id, data, 0)))
            }
            AnswerKind::Deferred => Ok(Some(self.post_for(interaction, id, data, LOADING))),
            AnswerKind::DeferredUpdate => Ok(interaction.message),
            AnswerKind::Update => {
                rules::check_parts(data)?;
                let message = interaction.message.ok_or(Refusal::UnknownMessage)?;
                self.edit(interaction.channel, message, data)?;
                Ok(Some(message))
            }
            AnswerKind::Choices => {
                let choices = data["choices"].as_array().map_or(0, Vec::len);
                rules::require(choices <= 25, "choices: Must be 25 or fewer in length.")?;
                Ok(None)
            }
            AnswerKind::Form => rules::check_modal(data).map(|()| None),
        }
    }

    /// The form opens in the client of whoever acted.
    fn show_form(&mut self, interaction: &Interaction, id: InteractionId, form: &Value) {
        let mut shown = form.clone();
        extend(
            &mut shown,
            json!({
                "id": id.to_string(),
                "channel_id": interaction.channel.to_string(),
                "application": { "id": self.application.to_string(), "name": "Firstline" },
            }),
        );
        self.emit(Event { only_for: Some(interaction.user), ..Event::everywhere("INTERACTION_MODAL_CREATE", 0, shown) });
    }

    /// Posts a message in the name of an interaction.
    fn post_for(&mut self, interaction: &Interaction, id: InteractionId, data: &Value, flags: u64) -> MessageId {
        let content = data["content"].as_str().unwrap_or_default();
        let mentions = mention::by_bot(self, data, content);
        let mut message = Message::new(interaction.channel, self.bot, content);
        message.take(data);
        message.flags |= flags | data["flags"].as_u64().unwrap_or(0);
        message.mentions = mentions;
        message.kind = if interaction.kind == InteractionKind::Command { COMMAND_RESPONSE } else { super::message::REPLY };
        message.answers = interaction.message;
        message.only_for = (message.flags & EPHEMERAL != 0).then_some(interaction.user);
        message.interaction = Some(self.metadata_json(interaction, id));
        self.post(message)
    }

    fn metadata_json(&self, interaction: &Interaction, id: InteractionId) -> Value {
        let mut metadata = json!({
            "id": id.to_string(),
            "type": interaction.kind as u8,
            "user": self.user_json(interaction.user),
            "authorizing_integration_owners": { "0": self.guild_of(interaction.channel).to_string() },
        });
        match (interaction.kind, interaction.message) {
            (InteractionKind::Component, Some(message)) => metadata["interacted_message_id"] = json!(message.to_string()),
            (InteractionKind::Form, message) => {
                let source = message.map_or_else(|| id.to_string(), |message| message.to_string());
                metadata["triggering_interaction_metadata"] = json!({
                    "id": id.to_string(), "type": 3, "user": self.user_json(interaction.user),
                    "authorizing_integration_owners": {}, "interacted_message_id": source,
                });
            }
            _ => {}
        }
        metadata
    }

    /// The interaction that a webhook token belongs to, while it is good.
    pub(super) fn by_token(&self, token: &str) -> Result<InteractionId, Refusal> {
        let found = self.interactions.iter().find(|(_, interaction)| interaction.token == token);
        let (id, interaction) = found.ok_or(Refusal::ExpiredToken)?;
        if interaction.answer.is_none() {
            return Err(Refusal::UnknownInteraction);
        }
        if self.now() - interaction.created >= TOKEN_MILLIS {
            return Err(Refusal::ExpiredToken);
        }
        Ok(*id)
    }

    /// A later message; the first one after a deferred response takes its place.
    pub(super) fn follow_up(&mut self, id: InteractionId, body: &Value) -> Result<MessageId, Refusal> {
        let interaction = self.interactions.get(&id).ok_or(Refusal::ExpiredToken)?.clone();
        let original = interaction.original.and_then(|original| self.message(interaction.channel, original));
        let waiting = original.filter(|message| message.flags & LOADING != 0).map(|message| message.id);
        let posted = match waiting {
            Some(waiting) => {
                self.edit(interaction.channel, waiting, body)?;
                waiting
            }
            None => self.post_for(&interaction, id, body, 0),
        };
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.follow_ups.push(posted);
        }
        Ok(posted)
    }
}
