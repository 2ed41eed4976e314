//! People: what an employee or an operator does in the platform's own client.

use serde_json::{Value, json};

use super::FakeDiscord;
use super::ids::{ChannelId, MessageId, UserId};
use super::interaction::InteractionKind;
use super::mention;
use super::message::{Message, REPLY};
use super::press::Press;
use super::state::{Channel, State};

const BUTTON: u64 = 2;

/// A person in the guild.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) fake: FakeDiscord,
    id: UserId,
}

impl Person {
    pub(super) const fn new(fake: FakeDiscord, id: UserId) -> Self {
        Self { fake, id }
    }

    pub(super) const fn fake(&self) -> &FakeDiscord {
        &self.fake
    }

    /// The person's account.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.id
    }

    pub(super) const fn platform(&self) -> &FakeDiscord {
        &self.fake
    }

    /// The text that mentions the person.
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Writes in a channel or thread; returns when the event is on its way to the bot.
    ///
    /// # Panics
    /// Where the person does not see the place, or it is locked.
    pub async fn says(&self, channel: ChannelId, words: &str) -> MessageId {
        self.write(channel, None, words).await
    }

    /// Replies to a message (and pings its author).
    ///
    /// # Panics
    /// As [`Person::says`], or where there is no such message.
    pub async fn replies(&self, to: MessageId, words: &str) -> MessageId {
        let channel = self.fake.shared.read(|state| state.find_message(to).map(|message| message.channel));
        let channel = channel.unwrap_or_else(|| panic!("there is no message {to} to reply to"));
        self.write(channel, Some(to), words).await
    }

    /// Writes to the bot alone.
    pub async fn says_privately(&self, words: &str) -> MessageId {
        let channel = self.direct_channel();
        self.write(channel, None, words).await
    }

    /// The conversation between the person and the bot alone.
    #[must_use]
    pub fn direct_channel(&self) -> ChannelId {
        self.fake.shared.change(|state| state.direct_channel(self.id))
    }

    /// Takes no direct messages from the bot any more.
    pub fn closes_direct_messages(&self) {
        self.fake.shared.change(|state| {
            if let Some(user) = state.users.get_mut(&self.id) {
                user.takes_direct_messages = false;
            }
        });
    }

    /// Changes an own message.
    ///
    /// # Panics
    /// Where it is not the person's.
    pub async fn edits(&self, message: MessageId, words: &str) {
        self.fake.shared.change(|state| {
            let channel = state.own_message(self.id, message);
            let edited = state.edit(channel, message, &json!({ "content": words }));
            edited.unwrap_or_else(|refusal| panic!("the message cannot be edited: {refusal}"));
        });
        self.fake.flushed().await;
    }

    /// Takes an own message away.
    ///
    /// # Panics
    /// Where it is not the person's.
    pub async fn deletes(&self, message: MessageId) {
        self.fake.shared.change(|state| {
            let channel = state.own_message(self.id, message);
            state.delete(channel, message).unwrap_or_else(|refusal| panic!("the message cannot be deleted: {refusal}"));
        });
        self.fake.flushed().await;
    }

    /// Leaves a thread.
    pub async fn leaves(&self, thread: ChannelId) {
        self.fake.shared.change(|state| state.leave_thread(thread, self.id));
        self.fake.flushed().await;
    }

    /// Whether the person sees a channel or thread.
    #[must_use]
    pub fn sees(&self, channel: ChannelId) -> bool {
        self.fake.shared.read(|state| state.sees(self.id, channel))
    }

    /// Presses a button, named by its label or custom id.
    ///
    /// # Panics
    /// Where the person does not see such a button, or it is disabled.
    pub async fn presses(&self, message: MessageId, button: &str) -> Press {
        self.control(message, button, |custom_id| json!({ "component_type": BUTTON, "custom_id": custom_id })).await
    }

    /// Presses a button where it still stands there: another may have been quicker.
    pub async fn presses_if_there(&self, message: MessageId, button: &str) -> Option<Press> {
        let id = self.fake.shared.change(|state| {
            let named = |control: &Value| control["label"] == button || control["custom_id"] == button;
            state.find_message(message)?.controls().find(|control| named(control))?;
            let (channel, custom_id) = state.control(self.id, message, button);
            let data = json!({ "component_type": BUTTON, "custom_id": custom_id });
            Some(state.interact(InteractionKind::Component, self.id, channel, Some(message), &data))
        })?;
        self.fake.flushed().await;
        Some(Press::new(self.fake.clone(), id))
    }

    /// Chooses options of a select, named by its custom id or placeholder.
    ///
    /// # Panics
    /// Where the person does not see such a select.
    pub async fn chooses(&self, message: MessageId, select: &str, values: &[&str]) -> Press {
        let data = |custom_id: &str| json!({ "component_type": 3, "custom_id": custom_id, "values": values });
        self.control(message, select, data).await
    }

    /// Runs a slash command, with options as the platform writes them: `[{"name", "type", "value"}]`.
    ///
    /// # Panics
    /// Where the bot has not registered the command, or the place is not one where commands run.
    pub async fn runs(&self, channel: ChannelId, command: &str, options: Value) -> Press {
        self.command(InteractionKind::Command, channel, command, options).await
    }

    /// Types in an option of a slash command, so that the bot may offer choices.
    ///
    /// # Panics
    /// As [`Person::runs`].
    pub async fn types(&self, channel: ChannelId, command: &str, options: Value) -> Press {
        self.command(InteractionKind::Autocomplete, channel, command, options).await
    }

    async fn command(&self, kind: InteractionKind, channel: ChannelId, command: &str, options: Value) -> Press {
        let id = self.fake.shared.change(|state| {
            assert!(state.sees(self.id, channel), "{} does not see the channel", state.user_name(self.id));
            let data = state.command_data(command, options);
            state.interact(kind, self.id, channel, None, &data)
        });
        self.fake.flushed().await;
        Press::new(self.fake.clone(), id)
    }

    async fn control(&self, message: MessageId, name: &str, data: impl FnOnce(&str) -> Value) -> Press {
        let id = self.fake.shared.change(|state| {
            let (channel, custom_id) = state.control(self.id, message, name);
            state.interact(InteractionKind::Component, self.id, channel, Some(message), &data(&custom_id))
        });
        self.fake.flushed().await;
        Press::new(self.fake.clone(), id)
    }

    async fn write(&self, channel: ChannelId, answers: Option<MessageId>, words: &str) -> MessageId {
        let id = self.fake.shared.change(|state| {
            state.may_write(self.id, channel);
            let mut message = Message::new(channel, self.id, words);
            message.mentions = mention::by_person(state, words, answers);
            message.answers = answers;
            if answers.is_some() {
                message.kind = REPLY;
            }
            state.post(message)
        });
        self.fake.flushed().await;
        id
    }
}

impl State {
    pub(super) fn may_write(&self, user: UserId, channel: ChannelId) {
        let (who, room) = (self.user_name(user), self.channels.get(&channel));
        let name = room.map_or("(gone)", |room| room.name.as_str());
        assert!(self.sees(user, channel), "{who} does not see {name}");
        let is_locked = room.and_then(Channel::thread).is_some_and(|thread| thread.locked);
        assert!(!is_locked, "{who} cannot write in {name}: it is locked");
    }

    fn own_message(&self, user: UserId, message: MessageId) -> ChannelId {
        let own = self.find_message(message).filter(|message| message.author == user);
        own.unwrap_or_else(|| panic!("{} has no message {message}", self.user_name(user))).channel
    }

    /// The place and custom id of a control that the person can use.
    fn control(&self, user: UserId, message: MessageId, name: &str) -> (ChannelId, String) {
        let who = self.user_name(user);
        let sees = |message: &&Message| self.sees(user, message.channel) && message.only_for.is_none_or(|only| only == user);
        let found = self.find_message(message).filter(sees);
        let message = found.unwrap_or_else(|| panic!("{who} does not see the message {message}"));
        let is_named = |control: &&Value| ["label", "custom_id", "placeholder"].iter().any(|key| control[key] == name);
        let control = message.controls().find(is_named);
        let all: Vec<_> = message.controls().map(Value::to_string).collect();
        let control = control.unwrap_or_else(|| panic!("{who} finds no {name:?} among {all:?}"));
        assert!(control["disabled"] != true, "{name:?} is disabled");
        let id = control["custom_id"].as_str();
        (message.channel, id.unwrap_or_else(|| panic!("{name:?} is a link, not a button")).to_owned())
    }

    pub(super) fn command_data(&self, name: &str, options: Value) -> Value {
        let registered = self.commands.values().flatten();
        let command = registered.clone().find(|command| command["name"] == name);
        let all: Vec<_> = registered.filter_map(|command| command["name"].as_str()).collect();
        let command = command.unwrap_or_else(|| panic!("the bot has no command {name:?}, only {all:?}"));
        let mut data = json!({ "id": command["id"], "name": name, "type": command["type"] });
        if options.as_array().is_some_and(|options| !options.is_empty()) {
            data["options"] = options;
        }
        data
    }
}
