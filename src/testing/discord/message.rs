//! Messages: how they are stored, changed and taken away.

use serde_json::{Value, json};

use super::event::Event;
use super::ids::{ChannelId, MessageId, UserId};
use super::mention;
use super::refusal::Refusal;
use super::rules;
use super::state::{Channel, State};

/// The flag of a message that only one person sees.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The flag of a deferred response that is not written yet.
pub(super) const LOADING: u64 = 1 << 7;

/// The ordinary kind of message, a person's or the bot's words.
pub(super) const DEFAULT: u8 = 0;
/// "A added B to the thread."
pub(super) const RECIPIENT_ADD: u8 = 1;
/// A message in answer to another.
pub(super) const REPLY: u8 = 19;
/// The response to a command.
pub(super) const COMMAND_RESPONSE: u8 = 20;
/// The first line of a thread that was made from a message.
pub(super) const THREAD_STARTER: u8 = 21;

/// How long the platform remembers a nonce ("the past few minutes"), until a test says otherwise.
const NONCE_MEMORY_MILLIS: i64 = 5 * 60 * 1_000;
const HOUR_MILLIS: i64 = 60 * 60 * 1_000;
/// Edits of old messages in a channel that are let through within an hour.
const LATE_EDITS_AN_HOUR: usize = 5;

/// A message as the platform keeps it.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) id: MessageId,
    pub(super) channel: ChannelId,
    pub(super) author: UserId,
    pub(super) kind: u8,
    pub(super) content: String,
    pub(super) embeds: Value,
    pub(super) components: Value,
    pub(super) attachments: Value,
    pub(super) mentions: Vec<UserId>,
    pub(super) flags: u64,
    pub(super) posted: i64,
    pub(super) edited: Option<i64>,
    pub(super) answers: Option<MessageId>,
    pub(super) nonce: Option<Value>,
    /// Set where the message came through an interaction's webhook.
    pub(super) interaction: Option<Value>,
    pub(super) only_for: Option<UserId>,
    pub(super) has_thread: bool,
}

impl Message {
    /// A message that is not posted yet.
    pub(super) fn new(channel: ChannelId, author: UserId, content: impl Into<String>) -> Self {
        Self {
            id: MessageId::new(0),
            channel,
            author,
            kind: DEFAULT,
            content: content.into(),
            embeds: json!([]),
            components: json!([]),
            attachments: json!([]),
            mentions: Vec::new(),
            flags: 0,
            posted: 0,
            edited: None,
            answers: None,
            nonce: None,
            interaction: None,
            only_for: None,
            has_thread: false,
        }
    }

    /// Takes over what a request says about the message; what it does not name stays.
    pub(super) fn take(&mut self, body: &Value) {
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().trim().clone_into(&mut self.content);
        }
        if let Some(embeds) = body.get("embeds") {
            self.embeds = rules::stored_embeds(embeds);
        }
        if let Some(components) = body.get("components") {
            self.components = rules::stored_components(components);
        }
        if let Some(flags) = body.get("flags").and_then(Value::as_u64) {
            self.flags = (self.flags & EPHEMERAL) | flags;
        }
    }

    /// Whether everybody who sees the channel sees the message.
    pub(super) const fn is_public(&self) -> bool {
        self.only_for.is_none()
    }

    /// The buttons and selects of the message.
    pub(super) fn controls(&self) -> impl Iterator<Item = &Value> {
        let rows = self.components.as_array().into_iter().flatten();
        rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
    }
}

/// The nonces that are still remembered, with the messages they led to.
#[derive(Debug)]
pub(super) struct Nonces {
    pub(super) memory_millis: i64,
    seen: Vec<(i64, UserId, Value, ChannelId, MessageId)>,
}

impl Default for Nonces {
    fn default() -> Self {
        Self { memory_millis: NONCE_MEMORY_MILLIS, seen: Vec::new() }
    }
}

impl Nonces {
    pub(super) fn first(&self, author: UserId, nonce: &Value, now: i64) -> Option<(ChannelId, MessageId)> {
        let fresh = |at: i64| now - at <= self.memory_millis;
        let seen = self.seen.iter().rev().find(|(at, who, what, ..)| fresh(*at) && *who == author && what == nonce);
        seen.map(|(.., channel, message)| (*channel, *message))
    }
}

impl State {
    /// Posts a message: gives it an id, wakes the thread it stands in, tells the gateway.
    pub(super) fn post(&mut self, mut message: Message) -> MessageId {
        message.id = MessageId::new(self.ids.next());
        self.post_as(message)
    }

    /// Posts a message that has its id already.
    pub(super) fn post_as(&mut self, mut message: Message) -> MessageId {
        let (id, channel, now) = (message.id, message.channel, self.now());
        message.posted = now;
        if let Some(nonce) = &message.nonce {
            self.nonces.seen.push((now, message.author, nonce.clone(), channel, id));
        }
        if message.is_public() {
            self.join_by_message(&message);
            self.wake(channel);
        }
        self.log.push(message.clone());
        self.messages.entry(channel).or_default().insert(id, message);
        self.emit_message("MESSAGE_CREATE", channel, id);
        id
    }

    /// Who writes in a public thread joins it; who is mentioned in a thread is taken in.
    fn join_by_message(&mut self, message: &Message) {
        let Some(thread) = self.channels.get(&message.channel).and_then(Channel::thread) else { return };
        let joins = (!thread.private).then_some(message.author);
        let joining: Vec<_> = joins.into_iter().chain(message.mentions.iter().copied()).collect();
        for user in joining.into_iter().filter(|_| message.kind != RECIPIENT_ADD) {
            self.join_thread(message.channel, user);
        }
    }

    /// Changes a message; the bot may change old ones only now and then.
    pub(super) fn edit(&mut self, channel: ChannelId, id: MessageId, body: &Value) -> Result<(), Refusal> {
        let now = self.now();
        let message = self.message(channel, id).ok_or(Refusal::UnknownMessage)?;
        if now - message.posted > HOUR_MILLIS && message.is_public() && message.author == self.bot {
            self.count_late_edit(channel)?;
        }
        let mentions = body.get("content").map(|content| mention::by_bot(self, body, content.as_str().unwrap_or_default()));
        let message = self.message_mut(channel, id).ok_or(Refusal::UnknownMessage)?;
        message.take(body);
        message.flags &= !LOADING;
        message.mentions = mentions.unwrap_or_else(|| message.mentions.clone());
        message.edited = Some(now);
        self.emit_message("MESSAGE_UPDATE", channel, id);
        Ok(())
    }

    fn count_late_edit(&mut self, channel: ChannelId) -> Result<(), Refusal> {
        let now = self.now();
        let edits = self.late_edits.entry(channel).or_default();
        edits.retain(|at| now - at < HOUR_MILLIS);
        if edits.len() >= LATE_EDITS_AN_HOUR {
            return Err(Refusal::TooManyLateEdits);
        }
        edits.push(now);
        Ok(())
    }

    /// Takes a message away.
    pub(super) fn delete(&mut self, channel: ChannelId, id: MessageId) -> Result<(), Refusal> {
        let room = self.messages.get_mut(&channel).ok_or(Refusal::UnknownMessage)?;
        let message = room.remove(&id).ok_or(Refusal::UnknownMessage)?;
        if message.is_public() {
            let payload = self.with_guild(channel, json!({ "id": id.to_string(), "channel_id": channel.to_string() }));
            self.emit(Event::in_channel("MESSAGE_DELETE", self.message_intent(channel), channel, payload));
        }
        Ok(())
    }

    pub(super) fn emit_message(&mut self, name: &'static str, channel: ChannelId, id: MessageId) {
        let Some(message) = self.message(channel, id) else { return };
        let mut payload = self.with_guild(channel, self.message_json(message));
        if self.channels.get(&channel).is_some_and(|channel| !channel.is_direct()) {
            payload["member"] = self.member_without_user_json(self.guild_of(channel), message.author);
        }
        let only_for = message.only_for;
        payload["channel_type"] = self.channel_json(channel)["type"].clone();
        let without_content = self.hides_content(message).then(|| rules::without_content(&payload));
        let intent = self.message_intent(channel);
        if let Some(nonce) = &message.nonce {
            payload["nonce"] = nonce.clone();
        }
        self.emit(Event { only_for, without_content, ..Event::in_channel(name, intent, channel, payload) });
    }

    /// Whether the bot may read this only with the message-content intent.
    pub(super) fn hides_content(&self, message: &Message) -> bool {
        let is_direct = self.channels.get(&message.channel).is_some_and(Channel::is_direct);
        message.author != self.bot && !is_direct && !message.mentions.contains(&self.bot)
    }
}
