//! Gateway events: who gets which, in what order, and what is kept for a resume.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::ids::{ChannelId, UserId};
use super::permission;
use super::state::State;

/// The gateway's intents, as the platform numbers them.
pub mod intent {
    /// Channels, roles and threads.
    pub const GUILDS: u64 = 1;
    /// Who joins and leaves; privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Who is online; privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in the guild's channels.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Direct messages.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// What messages say; privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
}

/// Something that happened, on its way to the gateway's sessions.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) name: &'static str,
    /// The intent that a session needs for it; 0 where every session gets it.
    pub(super) intent: u64,
    pub(super) channel: Option<ChannelId>,
    /// The only account that is told, where it is not everybody's.
    pub(super) only_for: Option<UserId>,
    pub(super) payload: Value,
    /// What a session without the message-content intent gets instead.
    pub(super) without_content: Option<Value>,
}

impl Event {
    /// An event that only concerns those who see the channel.
    pub(super) const fn in_channel(name: &'static str, intent: u64, channel: ChannelId, payload: Value) -> Self {
        Self { name, intent, channel: Some(channel), only_for: None, payload, without_content: None }
    }

    /// An event for every session with the intent.
    pub(super) const fn everywhere(name: &'static str, intent: u64, payload: Value) -> Self {
        Self { name, intent, channel: None, only_for: None, payload, without_content: None }
    }
}

/// What goes out on a gateway connection.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A frame; `seq` where it is a dispatched event.
    Frame { text: String, seq: u64 },
    /// The connection is closed with this code.
    Close(u16, &'static str),
}

/// The gateway's side of the state.
#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) is_open: bool,
    pub(super) answers_heartbeats: bool,
    pub(super) content_allowed: bool,
    pub(super) identifies: usize,
    pub(super) resumes: usize,
    pub(super) connections: u64,
    pub(super) repeats: usize,
    /// Where a test holds events back, those that wait.
    pub(super) held: Option<Vec<Event>>,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: BTreeMap::new(),
            is_open: true,
            answers_heartbeats: true,
            content_allowed: true,
            identifies: 0,
            resumes: 0,
            connections: 0,
            repeats: 0,
            held: None,
        }
    }
}

/// A client's session: it outlives the connection, so that a resume can replay.
#[derive(Debug)]
pub(super) struct Session {
    /// Whose it is: the bot's, or a person's.
    pub(super) who: UserId,
    pub(super) intents: u64,
    /// Which shard it is for, and of how many.
    pub(super) shard: (u64, u64),
    pub(super) seq: u64,
    pub(super) log: Vec<(u64, String)>,
    pub(super) live: Option<Live>,
}

/// The connection that a session is on.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) connection: u64,
    pub(super) outgoing: UnboundedSender<Outgoing>,
    /// The last event that was written to the socket.
    pub(super) written: u64,
}

impl Session {
    /// Numbers an event, keeps it for a resume and sends it where the session is connected.
    pub(super) fn dispatch(&mut self, name: &str, payload: &Value) {
        self.seq += 1;
        let text = json!({ "op": 0, "t": name, "s": self.seq, "d": payload }).to_string();
        self.log.push((self.seq, text.clone()));
        self.send(text, self.seq);
    }

    /// Sends again what came after `seq`.
    pub(super) fn replay(&self, seq: u64) {
        for (number, text) in self.log.iter().filter(|(number, _)| *number > seq) {
            self.send(text.clone(), *number);
        }
    }

    fn send(&self, text: String, seq: u64) {
        if let Some(live) = &self.live {
            // A closed connection loses the frame; the log keeps it.
            let _ = live.outgoing.send(Outgoing::Frame { text, seq });
        }
    }

    fn gets(&self, event: &Event) -> bool {
        let meant = event.intent == 0 || self.intents & event.intent != 0;
        meant && self.covers(event.payload["guild_id"].as_str().and_then(|id| id.parse().ok()))
    }

    /// Whether a guild's events come to this shard; what is in no guild comes to the first.
    pub(super) fn covers(&self, guild: Option<u64>) -> bool {
        let (shard, of) = self.shard;
        guild.map_or(0, |guild| (guild >> 22) % of.max(1)) == shard
    }

    /// Whether everything that was sent on the live connection has left.
    pub(super) fn is_flushed(&self) -> bool {
        self.live.as_ref().is_none_or(|live| live.written >= self.seq || live.outgoing.is_closed())
    }
}

impl State {
    /// Sends an event to every session that asked for its like.
    pub(super) fn emit(&mut self, event: Event) {
        match &mut self.gateway.held {
            Some(held) => held.push(event),
            None => self.deliver(&event),
        }
    }

    /// Sends an event now, and once more where a test asked for it.
    pub(super) fn deliver(&mut self, event: &Event) {
        let copies = if self.gateway.repeats > 0 { 2 } else { 1 };
        self.gateway.repeats = self.gateway.repeats.saturating_sub(1);
        let accounts: BTreeSet<UserId> = self.gateway.sessions.values().map(|session| session.who).collect();
        let told: BTreeSet<UserId> = accounts.into_iter().filter(|account| self.is_told(*account, event)).collect();
        let bot = self.bot;
        for session in self.gateway.sessions.values_mut().filter(|it| told.contains(&it.who) && it.gets(event)) {
            let reads_content = session.who != bot || session.intents & intent::MESSAGE_CONTENT != 0;
            let payload = event.without_content.as_ref().filter(|_| !reads_content).unwrap_or(&event.payload);
            for _ in 0..copies {
                session.dispatch(event.name, payload);
            }
        }
    }

    /// Whether an account may know of an event.
    fn is_told(&self, account: UserId, event: &Event) -> bool {
        let channel = event.channel.and_then(|id| Some((id, self.channels.get(&id)?)));
        let sees = channel.is_none_or(|(id, channel)| {
            if account == self.bot {
                self.bot_permissions(channel) & permission::VIEW_CHANNEL != 0
            } else {
                self.sees(account, id)
            }
        });
        sees && event.only_for.is_none_or(|only| only == account)
    }

    /// The intent that a channel's messages need.
    pub(super) fn message_intent(&self, channel: ChannelId) -> u64 {
        let is_direct = self.channels.get(&channel).is_some_and(super::state::Channel::is_direct);
        if is_direct { intent::DIRECT_MESSAGES } else { intent::GUILD_MESSAGES }
    }

    /// Adds the guild's id where the channel stands in the guild.
    pub(super) fn with_guild(&self, channel: ChannelId, mut payload: Value) -> Value {
        if self.channels.get(&channel).is_some_and(|channel| !channel.is_direct()) {
            payload["guild_id"] = json!(self.guild_of(channel).to_string());
        }
        payload
    }
}
