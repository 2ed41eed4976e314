//! What a test arranges: rooms, roles, people, time, permissions, failures, the gateway's moods.

use std::time::Duration;

use serde_json::json;

use super::event::{Event, Outgoing, intent};
use super::failure::{Failure, Route};
use super::ids::{ChannelId, MessageId, RoleId, UserId};
use super::people::Person;
use super::refusal::Refusal;
use super::state::{Channel, Kind, Role, State, User};
use super::{FakeDiscord, permission};

/// How the platform ends a gateway connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disconnect {
    /// A close frame with a code. After 4007 and 4009 the session is gone, after the others it can be resumed.
    Close(u16),
    /// Op 7: the client is asked to reconnect and resume.
    Reconnect,
    /// Op 9: the session is invalid.
    InvalidSession {
        /// Whether the client may resume all the same.
        resumable: bool,
    },
}

impl From<u16> for Disconnect {
    fn from(code: u16) -> Self {
        Self::Close(code)
    }
}

impl FakeDiscord {
    /// A text channel that everybody sees.
    #[must_use]
    pub fn text_channel(&self, name: &str) -> ChannelId {
        self.channel_for(name, &[])
    }

    /// A text channel that only the bot and people with one of the roles see.
    #[must_use]
    pub fn channel_for(&self, name: &str, roles: &[RoleId]) -> ChannelId {
        self.shared.change(|state| {
            let id = ChannelId::new(state.ids.next());
            let channel = Channel { only_for: roles.to_vec(), ..Channel::new(name.to_owned(), Kind::Text) };
            state.channels.insert(id, channel);
            state.emit_channel("CHANNEL_CREATE", id);
            id
        })
    }

    /// A role that people may carry.
    #[must_use]
    pub fn role(&self, name: &str) -> RoleId {
        self.shared.change(|state| {
            let id = RoleId::new(state.ids.next());
            state.roles.insert(id, Role { name: name.to_owned(), permissions: permission::EVERYONE });
            id
        })
    }

    /// A person in the guild, with these roles.
    #[must_use]
    pub fn member(&self, name: &str, roles: &[RoleId]) -> Person {
        let id = self.shared.change(|state| state.join_guild(name, roles));
        Person::new(self.clone(), id)
    }

    /// The token with which a person signs in with a client of their own, as the platform's own client has one.
    #[must_use]
    pub fn token_of(&self, person: &Person) -> String {
        let token = format!("token-of-{}", person.id());
        self.shared.change(|state| state.peoples_tokens.insert(token.clone(), person.id()));
        token
    }

    /// Another bot in the guild.
    #[must_use]
    pub fn other_bot(&self, name: &str) -> Person {
        let person = self.member(name, &[]);
        self.shared.change(|state| {
            if let Some(user) = state.users.get_mut(&person.id()) {
                user.is_bot = true;
            }
        });
        person
    }

    /// Moves the platform's time: deadlines, tokens, nonces and limits on edits follow it.
    pub fn advance(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.shared.change(|state| state.ids.advance(millis));
    }

    /// How long the platform remembers a nonce; five minutes until this is called.
    pub fn remember_nonces_for(&self, span: Duration) {
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.shared.change(|state| state.nonces.memory_millis = millis);
    }

    /// Takes permissions (see [`permission`]) from the bot in a channel and its threads.
    pub fn deny(&self, channel: ChannelId, permissions: u64) {
        self.shared.change(|state| state.set_denied(channel, |denied| denied | permissions));
    }

    /// Gives them back.
    pub fn allow(&self, channel: ChannelId, permissions: u64) {
        self.shared.change(|state| state.set_denied(channel, |denied| denied & !permissions));
    }

    /// Hides a channel from the bot: requests get "Missing Access", events no longer arrive.
    pub fn hide(&self, channel: ChannelId) {
        self.deny(channel, permission::VIEW_CHANNEL);
    }

    /// Removes a channel or thread with all that was said in it.
    pub fn remove_channel(&self, channel: ChannelId) {
        self.shared.change(|state| {
            let is_thread = state.channels.get(&channel).and_then(Channel::thread).is_some();
            state.emit_channel(if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, channel);
            state.channels.remove(&channel);
            state.messages.remove(&channel);
        });
    }

    /// Removes a message, as a moderator does.
    ///
    /// # Panics
    /// Where there is no such message.
    pub fn removes_message(&self, message: MessageId) {
        self.shared.change(|state| {
            let channel = state.find_message(message).map(|message| message.channel);
            let removed = channel.ok_or(Refusal::UnknownMessage).and_then(|channel| state.delete(channel, message));
            removed.unwrap_or_else(|refusal| panic!("the message cannot be removed: {refusal}"));
        });
    }

    /// Puts a thread away, as the platform does after idle days.
    pub fn archive(&self, thread: ChannelId) {
        self.shared.change(|state| state.archive(thread));
    }

    /// Whether the message-content intent may be asked for; where not, identifying with it is closed with 4014.
    pub fn allow_message_content(&self, allowed: bool) {
        self.shared.change(|state| state.gateway.content_allowed = allowed);
    }

    /// The next `times` requests go wrong.
    pub fn fail_next(&self, times: usize, failure: Failure) {
        self.plan(times, None, failure);
    }

    /// The next `times` requests of one kind go wrong.
    pub fn fail_next_on(&self, route: Route, times: usize, failure: Failure) {
        self.plan(times, Some(route), failure);
    }

    fn plan(&self, times: usize, only: Option<Route>, failure: Failure) {
        self.shared.change(|state| {
            state.holding |= failure == Failure::Held;
            state.plan.add(times, only, failure);
        });
    }

    /// Lets go of the requests that [`Failure::Held`] holds; later ones pass at once.
    pub fn release_held(&self) {
        self.shared.change(|state| state.holding = false);
    }

    /// Ends every gateway connection, in this way.
    pub fn disconnect(&self, how: impl Into<Disconnect>) {
        let how = how.into();
        self.shared.change(|state| state.disconnect(how));
    }

    /// Whether new gateway connections are taken; where not they wait. Lets a test say things while the bot is away.
    pub fn open_gateway(&self, is_open: bool) {
        self.shared.change(|state| state.gateway.is_open = is_open);
    }

    /// Whether heartbeats are acknowledged.
    pub fn answer_heartbeats(&self, answers: bool) {
        self.shared.change(|state| state.gateway.answers_heartbeats = answers);
    }

    /// The next event is dispatched twice.
    pub fn deliver_twice(&self) {
        self.shared.change(|state| state.gateway.repeats += 1);
    }

    /// From now on events wait, until [`FakeDiscord::release_events`].
    pub fn hold_events(&self) {
        self.shared.change(|state| state.gateway.held = Some(Vec::new()));
    }

    /// Dispatches the events that waited, the last one first.
    pub fn release_events_reversed(&self) {
        self.release(|events| events.reverse());
    }

    /// Dispatches the events that waited, in order.
    pub fn release_events(&self) {
        self.release(|_| {});
    }

    fn release(&self, arrange: impl FnOnce(&mut Vec<Event>)) {
        self.shared.change(|state| {
            let mut waiting = state.gateway.held.take().unwrap_or_default();
            arrange(&mut waiting);
            for event in &waiting {
                state.deliver(event);
            }
        });
    }
}

impl State {
    fn join_guild(&mut self, name: &str, roles: &[RoleId]) -> UserId {
        let (id, joined) = (UserId::new(self.ids.next()), self.now());
        let (name, roles) = (name.to_owned(), roles.to_vec());
        self.users.insert(id, User { name, roles, is_bot: false, joined, takes_direct_messages: true });
        let mut payload = self.member_without_user_json(self.guild, id);
        payload["user"] = self.user_json(id);
        payload["guild_id"] = json!(self.guild.to_string());
        self.emit(Event::everywhere("GUILD_MEMBER_ADD", intent::GUILD_MEMBERS, payload));
        id
    }

    fn set_denied(&mut self, id: ChannelId, change: impl FnOnce(u64) -> u64) {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.denied = change(channel.denied);
            let is_thread = channel.thread().is_some();
            self.emit_channel(if is_thread { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" }, id);
        }
    }

    /// Every session loses its connection; op 7 and op 9 leave the closing to the client, as the platform does.
    fn disconnect(&mut self, how: Disconnect) {
        let keeps = !matches!(how, Disconnect::Close(4007 | 4009) | Disconnect::InvalidSession { resumable: false });
        for session in self.gateway.sessions.values_mut() {
            let goodbye = match how {
                Disconnect::Close(code) => Outgoing::Close(code, "closed by the test"),
                Disconnect::Reconnect => Outgoing::Frame { text: r#"{"op":7,"d":null}"#.to_owned(), seq: 0 },
                Disconnect::InvalidSession { resumable } => {
                    Outgoing::Frame { text: format!(r#"{{"op":9,"d":{resumable}}}"#), seq: 0 }
                }
            };
            if let Some(live) = session.live.take() {
                // A connection that is gone already needs no goodbye.
                let _ = live.outgoing.send(goodbye);
            }
        }
        if !keeps {
            self.gateway.sessions.clear();
        }
    }
}
