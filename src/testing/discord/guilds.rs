//! Further servers beside the first one: each with channels, roles and members of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{ChannelId, GuildId, RoleId, UserId};
use super::people::Person;
use super::refusal::Refusal;
use super::state::{Channel, Kind, Role, State, User};
use super::{FakeDiscord, permission};

/// The servers beside the first one, and who is in the first one no member.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    guilds: BTreeMap<GuildId, Guild>,
    strangers: BTreeSet<UserId>,
}

/// A server beside the first one.
#[derive(Debug)]
struct Guild {
    name: String,
    channels: BTreeSet<ChannelId>,
    roles: BTreeMap<RoleId, Role>,
    members: BTreeMap<UserId, Vec<RoleId>>,
}

impl FakeDiscord {
    /// Another server with the bot in it; its id puts it on the other one of two shards than the server before it.
    #[must_use]
    pub fn another_guild(&self, name: &str) -> GuildId {
        self.shared.change(|state| {
            state.ids.advance(1);
            let (id, bot_role) = (GuildId::new(state.ids.next()), RoleId::new(state.ids.next()));
            let everyone = RoleId::new(id.get());
            let role = |name: &str, permissions| Role { name: name.to_owned(), permissions };
            let roles = [(everyone, role("@everyone", permission::EVERYONE)), (bot_role, role("Firstline", permission::GRANTED))];
            let (roles, members) = (BTreeMap::from(roles), BTreeMap::from([(state.bot, vec![bot_role])]));
            let guild = Guild { name: name.to_owned(), channels: BTreeSet::new(), roles, members };
            state.elsewhere.guilds.insert(id, guild);
            id
        })
    }

    /// A text channel of another server, which only its members see.
    #[must_use]
    pub fn channel_in(&self, guild: GuildId, name: &str) -> ChannelId {
        self.shared.change(|state| {
            let id = ChannelId::new(state.ids.next());
            state.channels.insert(id, Channel::new(name.to_owned(), Kind::Text));
            state.other(guild).channels.insert(id);
            state.emit_channel("CHANNEL_CREATE", id);
            id
        })
    }

    /// A role of another server.
    #[must_use]
    pub fn role_in(&self, guild: GuildId, name: &str) -> RoleId {
        self.shared.change(|state| {
            let id = RoleId::new(state.ids.next());
            state.other(guild).roles.insert(id, Role { name: name.to_owned(), permissions: permission::EVERYONE });
            id
        })
    }

    /// A person of another server, who is not in the first one.
    #[must_use]
    pub fn member_of(&self, guild: GuildId, name: &str, roles: &[RoleId]) -> Person {
        let id = self.shared.change(|state| {
            let (id, joined) = (UserId::new(state.ids.next()), state.now());
            let user = User { name: name.to_owned(), roles: Vec::new(), is_bot: false, joined, takes_direct_messages: true };
            state.users.insert(id, user);
            state.elsewhere.strangers.insert(id);
            state.other(guild).members.insert(id, roles.to_vec());
            id
        });
        Person::new(self.clone(), id)
    }
}

impl Person {
    /// Becomes a member of another server too, with roles of these numbers there.
    pub fn joins(&self, guild: GuildId, roles: &[RoleId]) {
        self.fake().shared.change(|state| {
            state.other(guild).members.insert(self.id(), roles.to_vec());
        });
    }

    /// Has a role of the first server no longer.
    pub fn loses(&self, role: RoleId) {
        self.fake().shared.change(|state| {
            if let Some(user) = state.users.get_mut(&self.id()) {
                user.roles.retain(|own| *own != role);
            }
        });
    }
}

impl State {
    fn other(&mut self, guild: GuildId) -> &mut Guild {
        self.elsewhere.guilds.get_mut(&guild).unwrap_or_else(|| panic!("there is no other server {guild}"))
    }

    /// Every server, the first one first.
    pub(super) fn guilds(&self) -> Vec<GuildId> {
        [self.guild].into_iter().chain(self.elsewhere.guilds.keys().copied()).collect()
    }

    /// The server that a channel or thread is in.
    pub(super) fn guild_of(&self, channel: ChannelId) -> GuildId {
        let thread = self.channels.get(&channel).and_then(Channel::thread);
        let channel = thread.map_or(channel, |thread| thread.parent);
        let other = self.elsewhere.guilds.iter().find(|(_, guild)| guild.channels.contains(&channel));
        other.map_or(self.guild, |(id, _)| *id)
    }

    /// Whether there is such a server.
    pub(super) fn known_guild(&self, guild: GuildId) -> Result<(), Refusal> {
        if self.guilds().contains(&guild) { Ok(()) } else { Err(Refusal::UnknownGuild) }
    }

    pub(super) fn guild_name(&self, guild: GuildId) -> &str {
        self.elsewhere.guilds.get(&guild).map_or("Tenestetorget", |guild| guild.name.as_str())
    }

    /// A member's roles in a server; `None` where they are no member.
    pub(super) fn roles_in(&self, guild: GuildId, user: UserId) -> Option<&[RoleId]> {
        match self.elsewhere.guilds.get(&guild) {
            Some(other) => other.members.get(&user).map(Vec::as_slice),
            None if self.elsewhere.strangers.contains(&user) => None,
            None => self.users.get(&user).map(|user| user.roles.as_slice()),
        }
    }

    /// A server's members.
    pub(super) fn members_of(&self, guild: GuildId) -> Vec<UserId> {
        self.users.keys().copied().filter(|user| self.roles_in(guild, *user).is_some()).collect()
    }

    /// A server's roles.
    pub(super) fn roles_of(&self, guild: GuildId) -> &BTreeMap<RoleId, Role> {
        self.elsewhere.guilds.get(&guild).map_or(&self.roles, |guild| &guild.roles)
    }
}
