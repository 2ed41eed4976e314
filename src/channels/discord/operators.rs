//! Who is an operator on Discord, and of which groups: the configuration's roles and channels say it.

use serenity::all::{ChannelId, RoleId, UserId};

use super::bot::{Bot, operator_id};
use crate::config::DiscordGroup;
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::ticket::Ticket;

/// A person as Discord vouches for them.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) name: String,
    pub(super) roles: Vec<RoleId>,
}

impl Bot {
    /// The operator who pressed something in a channel. Where a group has no role, whoever can press in its channel is its operator.
    pub(super) fn operator_pressing(&self, person: Person, channel: ChannelId) -> Operator {
        self.operator(person, |group| group.roles.is_empty() && group.channel == channel.get())
    }

    /// The operator who wrote in a ticket's room. Where a group has no role, whoever took the ticket from its channel is known.
    pub(super) fn operator_writing(&self, person: Person, ticket: &Ticket) -> Operator {
        let holds = ticket.holder().is_some_and(|holder| holder.id == operator_id(person.user));
        let group_of_ticket = self.config.groups.get(&ticket.group);
        self.operator(person, |group| holds && group.roles.is_empty() && Some(group) == group_of_ticket)
    }

    fn operator(&self, person: Person, without_role: impl Fn(&DiscordGroup) -> bool) -> Operator {
        let has_role = |group: &DiscordGroup| person.roles.iter().any(|own| group.roles.contains(&own.get()));
        let belongs = |group: &DiscordGroup| if group.roles.is_empty() { without_role(group) } else { has_role(group) };
        let own = self.config.groups.iter().filter(|(_, group)| belongs(group)).map(|(id, _)| id.clone());
        Operator {
            id: operator_id(person.user),
            groups: Membership::Some(own.collect()),
            name: person.name,
            roles: Roles::operator(),
        }
    }
}
