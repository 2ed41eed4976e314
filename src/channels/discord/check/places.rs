//! The configured servers, channels and roles: whether they are there, and what the bot may do in them.

use std::collections::BTreeSet;

use serenity::all::{Channel, ChannelId, GuildChannel, GuildId, Permissions, RoleId};

use super::super::rest::within;
use super::{Finding, Rounds};
use crate::config::{DiscordGroup, DiscordGuild};
use crate::domain::ids::GroupId;

type Needed = &'static [(Permissions, &'static str)];

/// What the bot has to be allowed to do where employees ask.
const WHERE_ASKED: Needed = &[
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::CREATE_PRIVATE_THREADS, "Create Private Threads"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::MANAGE_THREADS, "Manage Threads"),
];

/// What the bot has to be allowed to do where operators see cards, and talk about them in threads.
const WHERE_SHOWN: Needed = &[
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::CREATE_PUBLIC_THREADS, "Create Public Threads"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::MANAGE_THREADS, "Manage Threads"),
];

impl Rounds<'_> {
    /// Every configured server, channel and role.
    pub(super) async fn places(&mut self) -> Vec<Finding> {
        let bot = self.bot;
        let mut findings = Vec::new();
        let of_guilds: BTreeSet<u64> = bot.config.guilds.values().flat_map(|guild| guild.channels.iter().copied()).collect();
        let common: Vec<u64> = bot.config.channels.keys().copied().filter(|id| !of_guilds.contains(id)).collect();
        if bot.config.guilds.is_empty() || !common.is_empty() {
            findings.push(Finding::fine(self.heard(&common)));
        }
        for (id, guild) in &bot.config.guilds {
            findings.extend(self.server(GuildId::new(*id), guild).await);
        }
        for channel in bot.config.channels.keys() {
            findings.push(self.channel(*channel, "where employees ask", WHERE_ASKED).await.0);
        }
        for channel in &bot.config.panels {
            findings.push(self.channel(*channel, "for the standing message", WHERE_ASKED).await.0);
        }
        for (id, group) in &bot.config.groups {
            findings.extend(self.group(id, group).await);
        }
        findings
    }

    async fn server(&mut self, id: GuildId, guild: &DiscordGuild) -> Vec<Finding> {
        let heard = self.heard(&guild.channels);
        let name = &guild.name;
        let there: BTreeSet<RoleId> = match self.guild(id).await {
            Ok((seen, _)) => seen.roles.keys().copied().collect(),
            Err(error) => {
                let remedy = "invite the bot there, with the scopes bot and applications.commands";
                return vec![Finding::wrong(format!(
                    "the server {id} of discord.guilds.{name} cannot be seen: {error}; {remedy}"
                ))];
            }
        };
        let mut findings = vec![Finding::fine(format!("the server of discord.guilds.{name} is there: {heard}"))];
        let key = format!("discord.guilds.{name}.coordinators");
        findings.extend(guild.coordinators.iter().filter_map(|role| missing_role(*role, id, &there, &key)));
        findings
    }

    async fn group(&mut self, id: &GroupId, group: &DiscordGroup) -> Vec<Finding> {
        let (finding, channel) = self.channel(group.channel, &format!("for the operators of {id}"), WHERE_SHOWN).await;
        let mut findings = vec![finding];
        let Some(channel) = channel else { return findings };
        let Ok((guild, _)) = self.guild(channel.guild_id).await else { return findings };
        let there: BTreeSet<RoleId> = guild.roles.keys().copied().collect();
        let key = format!("the group {id}");
        findings.extend(group.roles.iter().filter_map(|role| missing_role(*role, channel.guild_id, &there, &key)));
        if group.roles.is_empty() && everybody_sees(guild.roles.get(&RoleId::new(channel.guild_id.get())), &channel) {
            let name = &channel.name;
            findings.push(Finding::doubtful(format!(
                "the group {id} has no role and everybody sees #{name}, so everybody is its operator: \
                 give the group a role, or take View Channel from @everyone there"
            )));
        }
        findings
    }

    /// How a channel is, and the channel where it can be seen.
    async fn channel(&mut self, id: u64, purpose: &str, needed: Needed) -> (Finding, Option<GuildChannel>) {
        let id = ChannelId::new(id);
        let channel = match within(self.bot.http.get_channel(id)).await {
            Ok(Channel::Guild(channel)) => channel,
            Ok(_) => return (Finding::wrong(format!("{id} ({purpose}) is not a channel of a server")), None),
            Err(error) => {
                let remedy = "invite the bot and give it View Channel";
                return (Finding::wrong(format!("the channel {id} ({purpose}) cannot be seen: {error}; {remedy}")), None);
            }
        };
        let finding = self.permissions(&channel, purpose, needed).await;
        (self.elsewhere(&channel).unwrap_or(finding), Some(channel))
    }

    async fn permissions(&mut self, channel: &GuildChannel, purpose: &str, needed: Needed) -> Finding {
        let name = &channel.name;
        let granted = match self.guild(channel.guild_id).await {
            Ok((guild, member)) => guild.user_permissions_in(channel, member),
            Err(error) => return Finding::wrong(format!("the permissions in #{name} ({purpose}) could not be read: {error}")),
        };
        let missing: Vec<&str> =
            needed.iter().filter(|(permission, _)| !granted.contains(*permission)).map(|(_, name)| *name).collect();
        if missing.is_empty() {
            return Finding::fine(format!("#{name} ({purpose}) is ready"));
        }
        Finding::wrong(format!("in #{name} ({purpose}) the bot's role lacks: {}", missing.join(", ")))
    }

    /// A channel that a guild names, and that is in another server.
    fn elsewhere(&self, channel: &GuildChannel) -> Option<Finding> {
        let id = channel.id.get();
        let names = |guild: &&DiscordGuild| guild.channels.contains(&id) || guild.panels.contains(&id);
        let (of, guild) = self.bot.config.guilds.iter().find(|(_, guild)| names(guild))?;
        let (name, key) = (&channel.name, &guild.name);
        let text =
            format!("#{name} is in another server than discord.guilds.{key}, which names it: move its id to where it belongs");
        (channel.guild_id.get() != *of).then(|| Finding::wrong(text))
    }
}

fn missing_role(role: u64, guild: GuildId, there: &BTreeSet<RoleId>, key: &str) -> Option<Finding> {
    if role == guild.get() {
        return Some(Finding::wrong(format!("the role {role} of {key} is @everyone, which counts for nobody: name another")));
    }
    let text = format!("the role {role} of {key} is not in its server: right-click the role there and choose Copy Role ID");
    (!there.contains(&RoleId::new(role))).then(|| Finding::wrong(text))
}

/// Whether @everyone may see a channel: by its role, unless the channel says otherwise.
fn everybody_sees(everyone: Option<&serenity::all::Role>, channel: &GuildChannel) -> bool {
    let Some(everyone) = everyone else { return false };
    let own = channel
        .permission_overwrites
        .iter()
        .find(|one| matches!(one.kind, serenity::all::PermissionOverwriteType::Role(role) if role == everyone.id));
    let by_role = everyone.permissions.contains(Permissions::VIEW_CHANNEL);
    own.map_or(by_role, |one| {
        one.allow.contains(Permissions::VIEW_CHANNEL) || (by_role && !one.deny.contains(Permissions::VIEW_CHANNEL))
    })
}
