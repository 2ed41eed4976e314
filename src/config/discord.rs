//! Discord.

use std::collections::BTreeMap;

use super::desk::web_address;
use super::entry::{Entry, Raw};
use super::error::ConfigError;
use super::groups::is_id;
use super::keys;
use super::nearest;
use super::secret::SecretText;
use super::sources::Sources;
use crate::domain::ids::{ChannelName, GroupId};
use crate::domain::lang::Lang;
use crate::domain::routing::Groups;

/// Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The bot's token.
    pub token: SecretText,
    /// The address of a Discord-compatible server, without `/api`; Discord itself where none is given.
    pub api: Option<String>,
    /// The channels that are listened in.
    pub channels: Vec<u64>,
    /// The groups' operators there.
    pub groups: BTreeMap<GroupId, DiscordGroup>,
    /// The language for people whose own is not known.
    pub lang: Lang,
}

/// A group's operators on Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiscordGroup {
    /// The channel that shows the group's tickets.
    pub channel: u64,
    /// The role that makes somebody an operator of the group; everybody who can press in the channel, where none is given.
    pub role: Option<u64>,
}

/// What `FIRSTLINE_DISCORD_GROUPS` looks like.
const EXAMPLE: &str = "{ general = { channel = 1101234567890123456, role = 1101234567890123457 } }";

impl DiscordConfig {
    /// Discord as configured; `None` where no token is given. Everything else is checked all the same.
    pub(super) fn read(sources: &Sources, configured: &Groups, lang: Lang) -> Result<Option<Self>, ConfigError> {
        let token = sources.get(keys::DISCORD_TOKEN)?.map(|entry| token(&entry)).transpose()?;
        let api = sources.get(keys::DISCORD_API)?.map(|entry| server(&entry)).transpose()?;
        let channels = sources.get(keys::DISCORD_CHANNELS)?.map_or(Ok(Vec::new()), |entry| channels(&entry))?;
        let lang = sources.get(keys::DISCORD_LANG)?.map_or(Ok(lang), |entry| entry.lang())?;
        let groups = groups(sources, configured)?;
        Ok(token.map(|token| Self { token, api, channels, groups, lang }))
    }

    /// Which groups' tickets are shown there.
    pub(super) fn cards(&self) -> BTreeMap<GroupId, ChannelName> {
        self.groups.keys().map(|group| (group.clone(), ChannelName::new("discord"))).collect()
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

fn channels(entry: &Entry) -> Result<Vec<u64>, ConfigError> {
    let mut ids = Vec::new();
    for item in entry.list("a list of channel ids")? {
        let id = item.number_id()?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn groups(sources: &Sources, configured: &Groups) -> Result<BTreeMap<GroupId, DiscordGroup>, ConfigError> {
    let Some(given) = sources.get(keys::DISCORD_GROUPS)? else { return Ok(BTreeMap::new()) };
    let given = given.inline_toml(EXAMPLE)?;
    let mut groups = BTreeMap::new();
    for (name, entry) in &given.table()?.0 {
        let id = GroupId::new(name);
        if configured.get(&id).is_none() {
            return Err(entry.wrong(no_such_group(name, configured)));
        }
        groups.insert(id, group(entry)?);
    }
    Ok(groups)
}

pub(super) fn no_such_group(name: &str, configured: &Groups) -> String {
    let ids: Vec<&str> = configured.iter().map(|group| group.id.as_str()).collect();
    match nearest(name, ids.iter().copied()).filter(|_| is_id(name)) {
        Some(meant) => format!("is not one of the configured groups; did you mean {meant}?"),
        None => format!("is not one of the configured groups: {}", ids.join(", ")),
    }
}

fn group(entry: &Entry) -> Result<DiscordGroup, ConfigError> {
    let Raw::Table(table) = &entry.raw else { return Err(entry.wrong("must be a table with channel and role")) };
    table.only(&["channel", "role"])?;
    let channel = table.get("channel").ok_or_else(|| entry.wrong("must have a channel"))?.number_id()?;
    Ok(DiscordGroup { channel, role: table.get("role").map(Entry::number_id).transpose()? })
}
