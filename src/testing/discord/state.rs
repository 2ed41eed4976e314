//! What the platform knows: people, rooms, what was said, what was pressed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::capacity::Capacity;
use super::event::Gateway;
use super::failure::Plan;
use super::guilds::Elsewhere;
use super::ids::{ChannelId, GuildId, InteractionId, MessageId, RoleId, Snowflakes, UserId};
use super::interaction::Interaction;
use super::limits::Limits;
use super::message::{Message, Nonces};
use super::permission;
use super::refusal::Refusal;
use super::requests::Received;

/// Everything that the fake remembers.
#[derive(Debug)]
pub(super) struct State {
    pub(super) ids: Snowflakes,
    pub(super) token: String,
    /// The tokens of people who use a client of their own.
    pub(super) peoples_tokens: BTreeMap<String, UserId>,
    pub(super) application: u64,
    pub(super) guild: GuildId,
    pub(super) bot: UserId,
    pub(super) owner: UserId,
    pub(super) elsewhere: Elsewhere,
    pub(super) limits: Limits,
    pub(super) users: BTreeMap<UserId, User>,
    pub(super) roles: BTreeMap<RoleId, Role>,
    pub(super) channels: BTreeMap<ChannelId, Channel>,
    pub(super) messages: BTreeMap<ChannelId, BTreeMap<MessageId, Message>>,
    /// Every message as it was posted, in that order.
    pub(super) log: Vec<Message>,
    pub(super) interactions: BTreeMap<InteractionId, Interaction>,
    pub(super) commands: BTreeMap<Option<GuildId>, Vec<Value>>,
    pub(super) nonces: Nonces,
    pub(super) late_edits: BTreeMap<ChannelId, Vec<i64>>,
    pub(super) gateway: Gateway,
    pub(super) gateway_url: String,
    pub(super) cdn_url: String,
    /// What is in attached files, by their ids.
    pub(super) files: BTreeMap<u64, Vec<u8>>,
    pub(super) plan: Plan,
    pub(super) holding: bool,
    pub(super) hides_own: bool,
    pub(super) requests: Vec<Received>,
    pub(super) violations: Vec<String>,
    pub(super) capacity: Capacity,
    /// People who were in the guild and left.
    pub(super) left: BTreeSet<UserId>,
}

/// A person, or the bot.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) roles: Vec<RoleId>,
    pub(super) is_bot: bool,
    pub(super) joined: i64,
    pub(super) takes_direct_messages: bool,
}

/// A named set of permissions.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) name: String,
    pub(super) permissions: u64,
}

/// A text channel, a thread or a direct conversation.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// What is taken from the bot here, as permission bits.
    pub(super) denied: u64,
    /// The roles that see the channel; everybody does where it is empty.
    pub(super) only_for: Vec<RoleId>,
    pub(super) renamed_at: Vec<i64>,
    /// The platform's number for what kind of channel this is, where it is no thread and no direct conversation.
    pub(super) sort: u8,
}

/// What sort of room a channel is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Text,
    Direct(UserId),
    Thread(Thread),
}

/// A side room of a text channel.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    pub(super) parent: ChannelId,
    pub(super) private: bool,
    pub(super) owner: UserId,
    pub(super) created: i64,
    pub(super) members: BTreeMap<UserId, i64>,
    pub(super) archived: bool,
    pub(super) archive_changed: i64,
    pub(super) locked: bool,
    pub(super) auto_archive_minutes: u64,
}

impl Channel {
    pub(super) const fn new(name: String, kind: Kind) -> Self {
        Self { name, kind, denied: 0, only_for: Vec::new(), renamed_at: Vec::new(), sort: 0 }
    }

    pub(super) const fn thread(&self) -> Option<&Thread> {
        match &self.kind {
            Kind::Thread(thread) => Some(thread),
            Kind::Text | Kind::Direct(_) => None,
        }
    }

    pub(super) const fn thread_mut(&mut self) -> Option<&mut Thread> {
        match &mut self.kind {
            Kind::Thread(thread) => Some(thread),
            Kind::Text | Kind::Direct(_) => None,
        }
    }

    pub(super) const fn is_direct(&self) -> bool {
        matches!(self.kind, Kind::Direct(_))
    }
}

impl State {
    /// A guild with its owner, its everybody role, and the bot with a role of its own.
    pub(super) fn new(token: &str, now: i64) -> Self {
        let mut ids = Snowflakes::starting_at(now);
        let guild = GuildId::new(ids.next());
        let (owner, application, bot) = (UserId::new(ids.next()), ids.next(), UserId::new(ids.next()));
        let bot_role = RoleId::new(ids.next());
        let everyone = RoleId::new(guild.get());
        let roles = BTreeMap::from([
            (everyone, Role { name: "@everyone".to_owned(), permissions: permission::EVERYONE }),
            (bot_role, Role { name: "Firstline".to_owned(), permissions: permission::GRANTED }),
        ]);
        let user =
            |name: &str, roles, is_bot| User { name: name.to_owned(), roles, is_bot, joined: now, takes_direct_messages: true };
        let users = BTreeMap::from([(owner, user("Eier", vec![], false)), (bot, user("Firstline", vec![bot_role], true))]);
        Self {
            ids,
            token: token.to_owned(),
            peoples_tokens: BTreeMap::new(),
            application,
            guild,
            bot,
            owner,
            elsewhere: Elsewhere::default(),
            limits: Limits::default(),
            users,
            roles,
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            log: Vec::new(),
            interactions: BTreeMap::new(),
            commands: BTreeMap::new(),
            nonces: Nonces::default(),
            late_edits: BTreeMap::new(),
            gateway: Gateway::default(),
            gateway_url: String::new(),
            cdn_url: String::new(),
            files: BTreeMap::new(),
            plan: Plan::default(),
            holding: false,
            hides_own: false,
            requests: Vec::new(),
            violations: Vec::new(),
            capacity: Capacity::default(),
            left: BTreeSet::new(),
        }
    }

    /// The fake's time, in milliseconds since 1970.
    pub(super) const fn now(&self) -> i64 {
        self.ids.now()
    }

    /// Notes that somebody broke a rule; a repeat is noted once.
    pub(super) fn violation(&mut self, what: String) {
        if !self.violations.contains(&what) {
            self.violations.push(what);
        }
    }

    /// Whose token it is.
    pub(super) fn account(&self, token: &str) -> Option<UserId> {
        if token == self.token { Some(self.bot) } else { self.peoples_tokens.get(token).copied() }
    }

    pub(super) fn user_name(&self, user: UserId) -> &str {
        self.users.get(&user).map_or("nobody", |user| user.name.as_str())
    }

    pub(super) fn message(&self, channel: ChannelId, message: MessageId) -> Option<&Message> {
        self.messages.get(&channel)?.get(&message)
    }

    pub(super) fn message_mut(&mut self, channel: ChannelId, message: MessageId) -> Option<&mut Message> {
        self.messages.get_mut(&channel)?.get_mut(&message)
    }

    /// The message with this id, wherever it stands.
    pub(super) fn find_message(&self, message: MessageId) -> Option<&Message> {
        self.messages.values().find_map(|room| room.get(&message))
    }

    /// What the bot may do in a channel, as permission bits.
    pub(super) fn bot_permissions(&self, channel: &Channel) -> u64 {
        let parent = channel.thread().and_then(|thread| self.channels.get(&thread.parent));
        permission::GRANTED & !channel.denied & !parent.map_or(0, |parent| parent.denied)
    }

    /// A channel that the bot sees.
    pub(super) fn visible(&self, id: ChannelId) -> Result<&Channel, Refusal> {
        let channel = self.channels.get(&id).ok_or(Refusal::UnknownChannel)?;
        let may = self.bot_permissions(channel);
        let hidden_thread = channel.thread().is_some_and(|thread| {
            thread.private && !thread.members.contains_key(&self.bot) && may & permission::MANAGE_THREADS == 0
        });
        if may & permission::VIEW_CHANNEL == 0 || hidden_thread {
            return Err(Refusal::MissingAccess);
        }
        Ok(channel)
    }

    /// A channel that the bot sees and where it may do what is `needed`.
    pub(super) fn permitted(&self, id: ChannelId, needed: u64) -> Result<&Channel, Refusal> {
        let channel = self.visible(id)?;
        if self.bot_permissions(channel) & needed == needed { Ok(channel) } else { Err(Refusal::MissingPermissions) }
    }

    /// Whether a person sees a channel or thread.
    pub(super) fn sees(&self, user: UserId, id: ChannelId) -> bool {
        let Some(channel) = self.channels.get(&id) else { return false };
        if self.left.contains(&user) && !channel.is_direct() {
            return false;
        }
        match &channel.kind {
            Kind::Text => self
                .roles_in(self.guild_of(id), user)
                .is_some_and(|own| channel.only_for.is_empty() || channel.only_for.iter().any(|role| own.contains(role))),
            Kind::Direct(person) => *person == user,
            Kind::Thread(thread) if thread.private => thread.members.contains_key(&user),
            Kind::Thread(thread) => self.sees(user, thread.parent),
        }
    }

    /// The direct conversation with a person, opened where there is none.
    pub(super) fn direct_channel(&mut self, user: UserId) -> ChannelId {
        let is_theirs = |channel: &Channel| matches!(channel.kind, Kind::Direct(person) if person == user);
        if let Some((id, _)) = self.channels.iter().find(|(_, channel)| is_theirs(channel)) {
            return *id;
        }
        let id = ChannelId::new(self.ids.next());
        self.channels.insert(id, Channel::new(String::new(), Kind::Direct(user)));
        id
    }
}
