//! Who is an operator on Discord, and of which groups: the configuration's roles and channels say it.
//!
//! What Discord says with the very press or message counts, and nothing is remembered: a role that was taken away a moment ago
//! is gone. A role counts in the server where its group's channel is, so that one of the same number elsewhere is no role.

use serenity::all::{ChannelId, GuildId, Permissions, RoleId, UserId};

use super::bot::{Bot, operator_id};
use super::rest::RestError;
use crate::config::DiscordGroup;
use crate::domain::ids::GroupId;
use crate::domain::permission::{Membership, Operator, Role, Roles};
use crate::domain::ticket::Ticket;

/// A person as Discord vouches for them, at this moment.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) name: String,
    /// The server in which they did it; `None` in a direct conversation.
    pub(super) guild: Option<GuildId>,
    /// Their roles there.
    pub(super) roles: Vec<RoleId>,
}

impl Bot {
    /// The operator who pressed something in a channel. Where its group has no role, whoever may see the channel is one.
    ///
    /// # Errors
    /// [`RestError`] where Discord could not be asked; a refusal is no error, but nobody's right.
    pub(super) async fn operator_pressing(&self, person: Person, channel: ChannelId) -> Result<Operator, RestError> {
        let shown_here = |_: &GroupId, group: &DiscordGroup| group.channel == channel.get();
        self.operator(person, shown_here).await
    }

    /// The operator who wrote in a ticket's room, or asked for something about it. Where its group has no role, whoever may see
    /// the group's channel is one.
    ///
    /// # Errors
    /// As [`Bot::operator_pressing`].
    pub(super) async fn operator_writing(&self, person: Person, ticket: &Ticket) -> Result<Operator, RestError> {
        self.operator_about(person, &ticket.group).await
    }

    /// The operator who does something about a group's tickets, wherever they do it.
    ///
    /// # Errors
    /// As [`Bot::operator_pressing`].
    pub(super) async fn operator_about(&self, person: Person, group: &GroupId) -> Result<Operator, RestError> {
        self.operator(person, |id, _| id == group).await
    }

    /// Groups without a role are looked at only where they are `concerned`: each takes questions to Discord.
    async fn operator(&self, person: Person, concerned: impl Fn(&GroupId, &DiscordGroup) -> bool) -> Result<Operator, RestError> {
        let mut own = Vec::new();
        for (id, group) in &self.config.groups {
            let belongs = if group.roles.is_empty() {
                concerned(id, group) && self.may_see(person.user, group.channel).await?
            } else {
                self.has_role(&person, group).await?
            };
            if belongs {
                own.push(id.clone());
            }
        }
        let operates = (!own.is_empty()).then_some(Role::Operator);
        let coordinates = self.coordinates(&person).then_some(Role::Coordinator);
        Ok(Operator {
            id: operator_id(person.user),
            groups: Membership::Some(own),
            roles: operates.into_iter().chain(coordinates).collect::<Roles>(),
            name: person.name,
        })
    }

    async fn has_role(&self, person: &Person, group: &DiscordGroup) -> Result<bool, RestError> {
        let Some(guild) = person.guild.filter(|_| person.roles.iter().any(|own| group.roles.contains(&own.get()))) else {
            return Ok(false);
        };
        Ok(self.guild_of(ChannelId::new(group.channel)).await? == Some(guild))
    }

    fn coordinates(&self, person: &Person) -> bool {
        let Some(guild) = person.guild else { return false };
        let here = self.config.guilds.get(&guild.get()).map(|guild| guild.coordinators.as_slice()).unwrap_or_default();
        person.roles.iter().any(|own| here.contains(&own.get()) || self.config.coordinators.contains(&own.get()))
    }

    /// Whether a person may see a channel of a server, as Discord has it now.
    async fn may_see(&self, user: UserId, channel: u64) -> Result<bool, RestError> {
        match self.permissions_in(user, ChannelId::new(channel)).await {
            Ok(granted) => Ok(granted.contains(Permissions::VIEW_CHANNEL)),
            Err(error) if error.code().is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn permissions_in(&self, user: UserId, channel: ChannelId) -> Result<Permissions, RestError> {
        let Some(channel) = self.call(self.http.get_channel(channel)).await?.guild() else { return Ok(Permissions::empty()) };
        let guild = self.call(self.http.get_guild(channel.guild_id)).await?;
        let member = self.call(self.http.get_member(channel.guild_id, user)).await?;
        Ok(guild.user_permissions_in(&channel, &member))
    }
}
