//! `[discord]` itself and `[discord.guilds.<name>]`: channels, groups and standing messages, of all and of one.

use std::collections::BTreeMap;

use super::places::Places;
use super::{DiscordGuild, items, no_such_group};
use crate::config::entry::{Entry, Table};
use crate::config::error::ConfigError;
use crate::config::groups::is_id;
use crate::config::keys;
use crate::config::sources::Sources;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::routing::Groups;

/// What the environment's variables look like.
const CHANNELS: &str = "1101234567890123456, or [{ id = 1101234567890123456, listen = \"mentions\" }]";
const GROUPS: &str = "{ general = { channel = 1101234567890123456, role = 1101234567890123457 } }";
const GUILDS: &str = "{ storvik = { id = 1101234567890123460, organisation = \"Storvik kommune\" } }";

/// What `[discord]` calls itself.
const TOP: &str = "discord";

/// What a guild's table may hold.
const KNOWN: [&str; 8] = ["id", "organisation", "lang", "channels", "panels", "groups", "group", "coordinators"];

/// Everything that is named, and the guilds; `lang` is for guilds that have none of their own.
pub(super) fn read(
    sources: &Sources,
    configured: &Groups,
    lang: Lang,
) -> Result<(Places, BTreeMap<u64, DiscordGuild>), ConfigError> {
    let mut reader = Reader { places: Places::default(), guilds: BTreeMap::new(), configured, lang };
    if let Some(given) = sources.get(keys::DISCORD_CHANNELS)? {
        reader.channels(&bracketed(given)?, TOP)?;
    }
    if let Some(given) = sources.get(keys::DISCORD_GROUPS)? {
        reader.groups(&given.inline_toml(GROUPS)?, TOP)?;
    }
    if let Some(given) = sources.get(keys::DISCORD_PANELS)? {
        reader.panels(&given, TOP)?;
    }
    if let Some(given) = sources.get(keys::DISCORD_GUILDS)? {
        for (name, entry) in &given.inline_toml(GUILDS)?.table()?.0 {
            reader.guild(name, entry)?;
        }
    }
    Ok((reader.places, reader.guilds))
}

/// In the environment a list is separated by commas, or written as in the file, with its brackets.
fn bracketed(given: Entry) -> Result<Entry, ConfigError> {
    let written_out = given.text().is_ok_and(|text| text.starts_with('['));
    if written_out { given.inline_toml(CHANNELS) } else { Ok(given) }
}

struct Reader<'c> {
    places: Places,
    guilds: BTreeMap<u64, DiscordGuild>,
    configured: &'c Groups,
    lang: Lang,
}

impl Reader<'_> {
    fn guild(&mut self, name: &str, entry: &Entry) -> Result<(), ConfigError> {
        if !is_id(name) {
            return Err(entry.wrong("must be called by lower-case letters a-z, digits and hyphens"));
        }
        let table = entry.table()?;
        table.only(&KNOWN)?;
        let id_entry = table.get("id").ok_or_else(|| entry.wrong("must have an id: the server's"))?;
        let id = id_entry.number_id()?;
        if let Some(other) = self.guilds.get(&id) {
            return Err(id_entry.wrong(format!("is {id}, which is the id of discord.guilds.{} already", other.name)));
        }
        let guild = self.guild_of(name, entry, table)?;
        self.guilds.insert(id, guild);
        Ok(())
    }

    fn guild_of(&mut self, name: &str, entry: &Entry, table: &Table) -> Result<DiscordGuild, ConfigError> {
        let under = format!("{TOP}.guilds.{name}");
        let organisation = table.get("organisation").map(|entry| entry.text().map(str::to_owned)).transpose()?;
        let groups = table.get("groups").map_or(Ok(Vec::new()), |entry| self.groups(entry, &under))?;
        let given = table.get("group").map(|entry| self.default_group(entry)).transpose()?;
        let group = given.or_else(|| groups.first().cloned());
        if group.is_some() && organisation.is_none() {
            return Err(entry.wrong("must have an organisation, since its tickets find their groups by it"));
        }
        if let (Some(group), Some(at)) = (&group, table.get("group")) {
            self.same_for(organisation.as_deref(), group, at)?;
        }
        Ok(DiscordGuild {
            name: name.to_owned(),
            lang: table.get("lang").map_or(Ok(self.lang), Entry::lang)?,
            channels: table.get("channels").map_or(Ok(Vec::new()), |entry| self.channels(entry, &under))?,
            panels: table.get("panels").map_or(Ok(Vec::new()), |entry| self.panels(entry, &under))?,
            coordinators: table.get("coordinators").map_or(Ok(Vec::new()), items::ids)?,
            organisation,
            groups,
            group,
        })
    }

    /// An organisation may have several servers, but one group that takes what nothing points elsewhere.
    fn same_for(&self, organisation: Option<&str>, group: &GroupId, entry: &Entry) -> Result<(), ConfigError> {
        let differs = |other: &&DiscordGuild| {
            other.organisation.as_deref() == organisation && other.group.as_ref().is_some_and(|theirs| theirs != group)
        };
        match self.guilds.values().find(differs) {
            Some(other) => {
                let name = &other.name;
                Err(entry.wrong(format!("is another than discord.guilds.{name} has for the same organisation")))
            }
            None => Ok(()),
        }
    }

    fn channels(&mut self, given: &Entry, under: &str) -> Result<Vec<u64>, ConfigError> {
        let mut ids = Vec::new();
        for item in given.list("a list of channel ids")? {
            let (id, heard) = items::channel(&item)?;
            self.places.channel(id, heard, under, &item)?;
            ids.push(id);
        }
        ids.dedup();
        Ok(ids)
    }

    fn panels(&mut self, given: &Entry, under: &str) -> Result<Vec<u64>, ConfigError> {
        let ids = items::ids(given)?;
        for id in &ids {
            self.places.panel(*id, under, given)?;
        }
        Ok(ids)
    }

    fn groups(&mut self, given: &Entry, under: &str) -> Result<Vec<GroupId>, ConfigError> {
        let mut ids = Vec::new();
        for (name, entry) in &given.table()?.0 {
            let id = GroupId::new(name);
            if self.configured.get(&id).is_none() {
                return Err(entry.wrong(no_such_group(name, self.configured)));
            }
            self.places.group(id.clone(), items::group(entry)?, under, entry)?;
            ids.push(id);
        }
        Ok(ids)
    }

    fn default_group(&self, entry: &Entry) -> Result<GroupId, ConfigError> {
        let name = entry.text()?;
        let id = GroupId::new(name);
        match self.configured.get(&id) {
            Some(_) => Ok(id),
            None => Err(entry.wrong(format!("names {name}, which {}", no_such_group(name, self.configured)))),
        }
    }
}
