//! Discord: the connection, the channels, the groups' operators, and the member organisations, each in a server of its own.

mod guilds;
mod items;
mod places;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use super::desk::web_address;
use super::entry::Entry;
use super::error::ConfigError;
use super::groups::is_id;
use super::keys;
use super::nearest;
use super::secret::SecretText;
use super::sources::Sources;
use crate::domain::ids::{ChannelName, GroupId};
use crate::domain::lang::Lang;
use crate::domain::routing::{Groups, OwnDesk};

/// Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The bot's token.
    pub token: SecretText,
    /// The address of a Discord-compatible server, without `/api`; Discord itself where none is given.
    pub api: Option<String>,
    /// The language for people whose own is not known, outside the guilds.
    pub lang: Lang,
    /// The channels that are listened in, those of the guilds included.
    pub channels: BTreeMap<u64, Listening>,
    /// The groups' operators there, those of the guilds included.
    pub groups: BTreeMap<GroupId, DiscordGroup>,
    /// The member organisations with a server of their own, by its id.
    pub guilds: BTreeMap<u64, DiscordGuild>,
    /// The roles of coordinators; every guild may name further ones for itself.
    pub coordinators: Vec<u64>,
    /// Whether Discord is asked to tell every message's text. Without, only what is meant for the bot is heard.
    pub message_content: bool,
    /// What was asked while the bot was away is answered up to this age; operators are told of what is older.
    pub oldest_answered: Duration,
    /// The channels with a standing message to ask and to see one's tickets from, those of the guilds included.
    pub panels: Vec<u64>,
}

/// What is heard in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    /// Every message.
    Everything,
    /// What mentions the bot or replies to it.
    Mentions,
}

/// A group's operators on Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscordGroup {
    /// The channel that shows the group's tickets.
    pub channel: u64,
    /// The roles that make somebody an operator of the group, each by itself; whoever may see the channel, where there is none.
    pub roles: Vec<u64>,
}

/// A member organisation with a server of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscordGuild {
    /// Its short name in the configuration.
    pub name: String,
    /// What the organisation is called; given wherever the guild has groups.
    pub organisation: Option<String>,
    /// The language for people whose own is not known.
    pub lang: Lang,
    /// The channels there that are listened in.
    pub channels: Vec<u64>,
    /// The channels there with a standing message.
    pub panels: Vec<u64>,
    /// The groups that take what is asked there, in the order they were written in; every group, where there is none.
    pub groups: Vec<GroupId>,
    /// The group that takes what nothing points elsewhere; the first of `groups` where none was given.
    pub group: Option<GroupId>,
    /// The roles there of coordinators.
    pub coordinators: Vec<u64>,
}

/// Up to which age a question is answered that was asked while the bot was away, where nothing is configured.
const OLDEST_ANSWERED: Duration = Duration::from_hours(2);

impl DiscordConfig {
    /// Discord as configured; `None` where no token is given. Everything else is checked all the same.
    pub(super) fn read(sources: &Sources, configured: &Groups, lang: Lang) -> Result<Option<Self>, ConfigError> {
        let token = sources.get(keys::DISCORD_TOKEN)?.map(|entry| token(&entry)).transpose()?;
        let api = sources.get(keys::DISCORD_API)?.map(|entry| server(&entry)).transpose()?;
        let lang = sources.get(keys::DISCORD_LANG)?.map_or(Ok(lang), |entry| entry.lang())?;
        let coordinators = sources.get(keys::DISCORD_COORDINATORS)?.map_or(Ok(Vec::new()), |entry| items::ids(&entry))?;
        let message_content = sources.get(keys::DISCORD_MESSAGE_CONTENT)?.map_or(Ok(true), |entry| entry.flag())?;
        let age = sources.get(keys::DISCORD_OLDEST_ANSWERED)?;
        let oldest_answered = age.map_or(Ok(OLDEST_ANSWERED), |entry| items::age(&entry))?;
        let (places, guilds) = guilds::read(sources, configured, lang)?;
        let (channels, groups, panels) = places.into_parts();
        Ok(token.map(|token| Self {
            token,
            api,
            lang,
            channels,
            groups,
            guilds,
            coordinators,
            message_content,
            oldest_answered,
            panels,
        }))
    }

    /// Which groups' tickets are shown there.
    pub(super) fn cards(&self) -> BTreeMap<GroupId, ChannelName> {
        self.groups.keys().map(|group| (group.clone(), ChannelName::new("discord"))).collect()
    }

    /// The groups, of which each organisation with groups of its own has those for itself.
    #[must_use]
    pub fn shared_out(&self, groups: Groups) -> Groups {
        self.guilds.values().fold(groups, |groups, guild| match (&guild.organisation, &guild.group) {
            (Some(name), Some(default)) => {
                groups.with_organisation(name, OwnDesk { groups: guild.groups.clone(), default: default.clone() })
            }
            _ => groups,
        })
    }

    /// The configured guild that names this channel as one of its own.
    #[must_use]
    pub fn guild_with(&self, channel: u64) -> Option<(u64, &DiscordGuild)> {
        let shown = |guild: &DiscordGuild| {
            guild.groups.iter().filter_map(|group| self.groups.get(group)).any(|group| group.channel == channel)
        };
        let own = |guild: &DiscordGuild| guild.channels.contains(&channel) || guild.panels.contains(&channel);
        let named =
            self.guilds.iter().find(|(_, guild)| own(guild)).or_else(|| self.guilds.iter().find(|(_, guild)| shown(guild)));
        named.map(|(id, guild)| (*id, guild))
    }

    /// The language for people in this guild whose own is not known; of a guild that is not configured, and outside any, the
    /// common one.
    #[must_use]
    pub fn lang_in(&self, guild: Option<u64>) -> Lang {
        guild.and_then(|guild| self.guilds.get(&guild)).map_or(self.lang, |guild| guild.lang)
    }
}

/// The token, with or without the word that stands before it in Discord's documentation.
fn token(entry: &Entry) -> Result<SecretText, ConfigError> {
    let text = entry.text()?;
    let bare = text.strip_prefix("Bot ").unwrap_or(text).trim();
    if bare.is_empty() || bare.contains(char::is_whitespace) {
        return Err(entry.wrong("must be the bot's token as Discord shows it, without spaces"));
    }
    Ok(SecretText::new(bare))
}

fn server(entry: &Entry) -> Result<String, ConfigError> {
    let address = entry.parsed("an address such as https://chat.example.org", web_address)?;
    let versionless = address.split("/api").next().unwrap_or(&address);
    Ok(versionless.to_owned())
}

pub(super) fn no_such_group(name: &str, configured: &Groups) -> String {
    let ids: Vec<&str> = configured.iter().map(|group| group.id.as_str()).collect();
    match nearest(name, ids.iter().copied()).filter(|_| is_id(name)) {
        Some(meant) => format!("is not one of the configured groups; did you mean {meant}?"),
        None => format!("is not one of the configured groups: {}", ids.join(", ")),
    }
}
