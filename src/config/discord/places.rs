//! The places that are named under `[discord]`, and what contradicts itself among them.

use std::collections::BTreeMap;

use super::{DiscordGroup, Listening};
use crate::config::entry::Entry;
use crate::config::error::ConfigError;
use crate::domain::ids::GroupId;

/// What was named so far, each with the table that named it: `discord`, or `discord.guilds.<name>`.
#[derive(Default)]
pub(super) struct Places {
    channels: BTreeMap<u64, (Listening, String)>,
    groups: BTreeMap<GroupId, (DiscordGroup, String)>,
    panels: BTreeMap<u64, String>,
}

impl Places {
    /// Adds a channel that is listened in. The same again in the same list is once.
    pub(super) fn channel(&mut self, id: u64, heard: Listening, under: &str, entry: &Entry) -> Result<(), ConfigError> {
        if let Some((earlier, by)) = self.channels.get(&id) {
            if by != under {
                return Err(entry.wrong(format!("names the channel {id}, which {by}.channels names already")));
            }
            if *earlier != heard {
                return Err(
                    entry.wrong(format!("names the channel {id} twice, once with listen = \"mentions\" and once without"))
                );
            }
        }
        if let Some((group, (_, by))) = self.groups.iter().find(|(_, (group, _))| group.channel == id) {
            return Err(entry.wrong(asked_and_shown(id, &format!("{by}.groups.{group}"))));
        }
        self.channels.insert(id, (heard, under.to_owned()));
        Ok(())
    }

    /// Adds a group's operators. A group that several guilds have is the same everywhere.
    pub(super) fn group(&mut self, id: GroupId, group: DiscordGroup, under: &str, entry: &Entry) -> Result<(), ConfigError> {
        if let Some((earlier, by)) = self.groups.get(&id)
            && *earlier != group
        {
            let differs = if earlier.channel == group.channel { "other roles" } else { "another channel" };
            return Err(entry.wrong(format!("has {differs} than under {by}.groups; a group is the same wherever it is named")));
        }
        let shares = |(other, (known, by)): &(&GroupId, &(DiscordGroup, String))| {
            **other != id && known.channel == group.channel && by != under
        };
        if let Some((other, (_, by))) = self.groups.iter().find(shares) {
            let (other, channel) = (format!("{by}.groups.{other}"), group.channel);
            return Err(entry.wrong(format!("has the channel {channel}, which {other} has already; a channel is in one server")));
        }
        if let Some((_, by)) = self.channels.get(&group.channel) {
            return Err(entry.wrong(asked_and_shown(group.channel, &format!("{by}.channels"))));
        }
        self.groups.entry(id).or_insert((group, under.to_owned()));
        Ok(())
    }

    /// Adds a channel with a standing message.
    pub(super) fn panel(&mut self, id: u64, under: &str, entry: &Entry) -> Result<(), ConfigError> {
        if let Some(by) = self.panels.get(&id).filter(|by| *by != under) {
            return Err(entry.wrong(format!("names the channel {id}, which {by}.panels names already")));
        }
        self.panels.insert(id, under.to_owned());
        Ok(())
    }

    /// The channels, the groups and the channels with a standing message.
    pub(super) fn into_parts(self) -> (BTreeMap<u64, Listening>, BTreeMap<GroupId, DiscordGroup>, Vec<u64>) {
        let channels = self.channels.into_iter().map(|(id, (heard, _))| (id, heard)).collect();
        let groups = self.groups.into_iter().map(|(id, (group, _))| (id, group)).collect();
        (channels, groups, self.panels.into_keys().collect())
    }
}

/// What operators say among themselves must not be taken for a question.
fn asked_and_shown(channel: u64, other: &str) -> String {
    format!("names the channel {channel}, which {other} names too: employees and operators need channels of their own")
}
