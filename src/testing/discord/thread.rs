//! Threads: made, joined, left, put away and woken.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::event::{Event, intent};
use super::ids::{ChannelId, MessageId, UserId};
use super::message::{Message, RECIPIENT_ADD, THREAD_STARTER};
use super::refusal::Refusal;
use super::render::thread_member_json;
use super::state::{Channel, Kind, State, Thread};

/// How long a thread stands idle before it is put away, until the request says otherwise.
const AUTO_ARCHIVE_MINUTES: u64 = 4_320;
/// A channel or thread may be renamed so often within ten minutes.
const RENAMES: usize = 2;
const RENAME_WINDOW_MILLIS: i64 = 10 * 60 * 1_000;

impl State {
    /// Makes a thread that belongs to the bot; one made from a message carries its id.
    pub(super) fn create_thread(
        &mut self,
        parent: ChannelId,
        starter: Option<MessageId>,
        body: &Value,
    ) -> Result<ChannelId, Refusal> {
        let now = self.now();
        let id = starter.map_or_else(|| ChannelId::new(self.ids.next()), |message| ChannelId::new(message.get()));
        if self.channels.contains_key(&id) {
            return Err(Refusal::ThreadExists);
        }
        let thread = Thread {
            parent,
            private: starter.is_none() && body["type"].as_u64().unwrap_or(12) == 12,
            owner: self.bot,
            created: now,
            members: BTreeMap::from([(self.bot, now)]),
            archived: false,
            archive_changed: now,
            locked: false,
            auto_archive_minutes: body["auto_archive_duration"].as_u64().unwrap_or(AUTO_ARCHIVE_MINUTES),
        };
        let name = body["name"].as_str().unwrap_or_default().to_owned();
        self.channels.insert(id, Channel::new(name, Kind::Thread(thread)));
        let mut payload = self.channel_json(id);
        payload["newly_created"] = json!(true);
        self.emit(Event::in_channel("THREAD_CREATE", intent::GUILDS, id, payload));
        if let Some(starter) = starter {
            self.start_from(parent, starter, id);
        }
        Ok(id)
    }

    fn start_from(&mut self, parent: ChannelId, starter: MessageId, thread: ChannelId) {
        if let Some(message) = self.message_mut(parent, starter) {
            message.has_thread = true;
        }
        let first = Message { kind: THREAD_STARTER, answers: Some(starter), ..Message::new(thread, self.bot, "") };
        self.post(first);
    }

    /// Takes a person into a thread; tells the gateway where they were not in it.
    pub(super) fn join_thread(&mut self, id: ChannelId, user: UserId) -> bool {
        let now = self.now();
        let Some(thread) = self.channels.get_mut(&id).and_then(Channel::thread_mut) else { return false };
        if thread.members.contains_key(&user) {
            return false;
        }
        thread.members.insert(user, now);
        let (count, is_private) = (thread.members.len(), thread.private);
        if is_private && user != self.bot {
            // Whoever is taken in learns that there is a thread.
            let mut payload = self.channel_json(id);
            payload["member"] = thread_member_json(id, user, now);
            let only_for = Some(user);
            self.emit(Event { only_for, ..Event::in_channel("THREAD_CREATE", intent::GUILDS, id, payload) });
        }
        let added = thread_member_json(id, user, now);
        self.emit_members(id, count, &json!({ "added_members": [added] }));
        true
    }

    /// The bot takes a person in: they join, and the thread says so.
    pub(super) fn add_to_thread(&mut self, id: ChannelId, user: UserId) {
        if self.join_thread(id, user) && user != self.bot {
            let line = Message { kind: RECIPIENT_ADD, mentions: vec![user], ..Message::new(id, self.bot, "") };
            self.post(line);
        }
    }

    /// A person leaves a thread, or is taken out of it.
    pub(super) fn leave_thread(&mut self, id: ChannelId, user: UserId) {
        let Some(thread) = self.channels.get_mut(&id).and_then(Channel::thread_mut) else { return };
        if thread.members.remove(&user).is_some() {
            let count = thread.members.len();
            self.emit_members(id, count, &json!({ "removed_member_ids": [user.to_string()] }));
        }
    }

    fn emit_members(&mut self, id: ChannelId, count: usize, change: &Value) {
        let mut payload = self.with_guild(id, json!({ "id": id.to_string(), "member_count": count.min(50) }));
        for (key, value) in change.as_object().into_iter().flatten() {
            payload[key] = value.clone();
        }
        self.emit(Event::in_channel("THREAD_MEMBERS_UPDATE", intent::GUILDS, id, payload));
    }

    /// A message in an archived thread brings it back.
    pub(super) fn wake(&mut self, id: ChannelId) {
        let asleep = self.channels.get(&id).and_then(Channel::thread).is_some_and(|thread| thread.archived);
        if asleep {
            self.set_archived(id, false);
            self.emit_channel("THREAD_UPDATE", id);
        }
    }

    /// Renames, archives, locks or otherwise changes a channel or thread.
    pub(super) fn edit_channel(&mut self, id: ChannelId, body: &Value) -> Result<(), Refusal> {
        let archived = self.channels.get(&id).and_then(Channel::thread).is_some_and(|thread| thread.archived);
        if archived && body["archived"] != false && body.get("locked").is_none() {
            return Err(Refusal::ThreadIsArchived);
        }
        if let Some(name) = body["name"].as_str() {
            self.rename(id, name)?;
        }
        if let Some(thread) = self.channels.get_mut(&id).and_then(Channel::thread_mut) {
            thread.locked = body["locked"].as_bool().unwrap_or(thread.locked);
            thread.auto_archive_minutes = body["auto_archive_duration"].as_u64().unwrap_or(thread.auto_archive_minutes);
        }
        if let Some(archived) = body["archived"].as_bool() {
            self.set_archived(id, archived);
        }
        let is_thread = self.channels.get(&id).and_then(Channel::thread).is_some();
        self.emit_channel(if is_thread { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" }, id);
        Ok(())
    }

    fn rename(&mut self, id: ChannelId, name: &str) -> Result<(), Refusal> {
        let now = self.now();
        let channel = self.channels.get_mut(&id).ok_or(Refusal::UnknownChannel)?;
        if channel.name == name {
            return Ok(());
        }
        channel.renamed_at.retain(|at| now - at < RENAME_WINDOW_MILLIS);
        if channel.renamed_at.len() >= RENAMES {
            return Err(Refusal::RenamedTooOften);
        }
        channel.renamed_at.push(now);
        name.clone_into(&mut channel.name);
        Ok(())
    }

    fn set_archived(&mut self, id: ChannelId, archived: bool) {
        let now = self.now();
        if let Some(thread) = self.channels.get_mut(&id).and_then(Channel::thread_mut) {
            thread.archived = archived;
            thread.archive_changed = now;
        }
    }

    /// Tells the gateway what a channel looks like now.
    pub(super) fn emit_channel(&mut self, name: &'static str, id: ChannelId) {
        let payload = self.channel_json(id);
        self.emit(Event::in_channel(name, intent::GUILDS, id, payload));
    }
}
