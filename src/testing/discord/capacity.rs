//! What a guild can hold, who has left it, and what is locked.

use serde_json::json;

use super::FakeDiscord;
use super::event::{Event, intent};
use super::ids::{ChannelId, UserId};
use super::people::Person;
use super::refusal::Refusal;
use super::state::{Channel, State};

/// How much fits into the guild and its threads.
#[derive(Debug)]
pub(super) struct Capacity {
    threads: usize,
    members: usize,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { threads: 1_000, members: 1_000 }
    }
}

impl FakeDiscord {
    /// How many threads may be active in the guild from now on; 1 000 until this is called.
    pub fn most_threads(&self, most: usize) {
        self.shared.change(|state| state.capacity.threads = most);
    }

    /// How many members a thread may have from now on; 1 000 until this is called.
    pub fn most_thread_members(&self, most: usize) {
        self.shared.change(|state| state.capacity.members = most);
    }

    /// A moderator locks a thread: only who manages threads writes in it or opens it again.
    pub fn lock(&self, thread: ChannelId) {
        self.shared.change(|state| {
            if let Some(locked) = state.channels.get_mut(&thread).and_then(Channel::thread_mut) {
                locked.locked = true;
            }
            state.emit_channel("THREAD_UPDATE", thread);
        });
    }
}

impl Person {
    /// Leaves the guild, and with it its threads. The direct conversation with the bot stays, but takes nothing more from it.
    pub async fn leaves_the_guild(&self) {
        self.platform().shared.change(|state| state.leave_guild(self.id()));
        self.platform().flushed().await;
    }
}

impl Person {
    /// Joins the guild again, in none of its threads.
    pub async fn comes_back(&self) {
        self.platform().shared.change(|state| {
            state.left.remove(&self.id());
            let mut payload = state.member_without_user_json(state.guild, self.id());
            payload["user"] = state.user_json(self.id());
            payload["guild_id"] = json!(state.guild.to_string());
            state.emit(Event::everywhere("GUILD_MEMBER_ADD", intent::GUILD_MEMBERS, payload));
        });
        self.platform().flushed().await;
    }

    /// Whether the person can write in a channel or thread: they see it, and it is not locked.
    #[must_use]
    pub fn may_write_in(&self, channel: ChannelId) -> bool {
        self.platform().shared.read(|state| {
            let room = state.channels.get(&channel);
            let is_locked = room.and_then(Channel::thread).is_some_and(|thread| thread.locked);
            state.sees(self.id(), channel) && !is_locked
        })
    }
}

impl State {
    fn leave_guild(&mut self, user: UserId) {
        let joined = |channel: &Channel| channel.thread().is_some_and(|thread| thread.members.contains_key(&user));
        let threads: Vec<_> = self.channels.iter().filter(|(_, channel)| joined(channel)).map(|(id, _)| *id).collect();
        for thread in threads {
            self.leave_thread(thread, user);
        }
        self.left.insert(user);
        let payload = json!({ "guild_id": self.guild.to_string(), "user": self.user_json(user) });
        self.emit(Event::everywhere("GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, payload));
    }

    /// Whether one more thread may become active.
    pub(super) fn may_have_another_thread(&self) -> Result<(), Refusal> {
        let active = self.channels.values().filter_map(Channel::thread).filter(|thread| !thread.archived).count();
        if active < self.capacity.threads { Ok(()) } else { Err(Refusal::TooManyThreads) }
    }

    /// Whether a person can be taken into a thread, or is in it.
    pub(super) fn may_be_taken_in(&self, thread: ChannelId, user: UserId) -> Result<(), Refusal> {
        if !self.users.contains_key(&user) || self.left.contains(&user) {
            return Err(Refusal::UnknownMember);
        }
        let Some(thread) = self.channels.get(&thread).and_then(Channel::thread) else { return Err(Refusal::UnknownChannel) };
        if !self.sees(user, thread.parent) {
            return Err(Refusal::MissingAccess);
        }
        let fits = thread.members.contains_key(&user) || thread.members.len() < self.capacity.members;
        if fits { Ok(()) } else { Err(Refusal::TooManyMembers) }
    }

    /// Whether the bot may write to a person directly.
    pub(super) fn may_write_to(&self, person: UserId) -> Result<(), Refusal> {
        if self.left.contains(&person) {
            return Err(Refusal::NoGuildInCommon);
        }
        let takes_them = self.users.get(&person).is_some_and(|user| user.takes_direct_messages);
        if takes_them { Ok(()) } else { Err(Refusal::ClosedToMessages) }
    }
}
