//! What a doctor looks at: the token, the channels, and what the bot may do there.

use serenity::all::{Channel, ChannelId, CurrentUser, GuildChannel, Permissions, UserId};

use super::bot::Bot;
use super::rest::{RestError, within};

/// What was found, in a sentence for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was looked at, what was found, and what to do where it is not as it should be.
    pub text: String,
}

/// What the bot has to be allowed to do where employees ask.
const WHERE_ASKED: &[(Permissions, &str)] = &[
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (Permissions::CREATE_PRIVATE_THREADS, "Create Private Threads"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::MANAGE_THREADS, "Manage Threads"),
];

/// What the bot has to be allowed to do where operators see cards.
const WHERE_SHOWN: &[(Permissions, &str)] = &[
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
];

type Needed = &'static [(Permissions, &'static str)];

pub(super) async fn check(bot: &Bot) -> Vec<Finding> {
    let me = match within(bot.http.get_current_user()).await {
        Ok(me) => me,
        Err(error) if error.is_token_refused() => {
            let remedy = "copy it again from the developer portal to FIRSTLINE_DISCORD_TOKEN";
            return vec![bad(format!("the token is not one that Discord knows; {remedy}"))];
        }
        Err(error) => return vec![bad(error.to_string())],
    };
    let mut findings = vec![known(&me)];
    if bot.config.channels.is_empty() {
        findings.push(good("no channels are listened in ([discord] channels); mentions and direct messages are".to_owned()));
    }
    let asked = bot.config.channels.keys().map(|channel| (*channel, "where employees ask".to_owned(), WHERE_ASKED));
    let shown = bot.config.groups.iter();
    let shown = shown.map(|(id, group)| (group.channel, format!("for the operators of {id}"), WHERE_SHOWN));
    let places: Vec<(u64, String, Needed)> = asked.chain(shown).collect();
    for (channel, purpose, needed) in places {
        findings.push(check_channel(bot, me.id, ChannelId::new(channel), &purpose, needed).await);
    }
    findings
}

fn known(me: &CurrentUser) -> Finding {
    good(format!("the token belongs to the bot {}", me.name))
}

async fn check_channel(bot: &Bot, me: UserId, id: ChannelId, purpose: &str, needed: Needed) -> Finding {
    let channel = match within(bot.http.get_channel(id)).await {
        Ok(Channel::Guild(channel)) => channel,
        Ok(_) => return bad(format!("{id} ({purpose}) is not a channel of a server")),
        Err(error) => {
            return bad(format!("the channel {id} ({purpose}) cannot be seen: {error}; invite the bot and give it View Channel"));
        }
    };
    match missing(bot, me, &channel, needed).await {
        Ok(missing) if missing.is_empty() => good(format!("#{} ({purpose}) is ready", channel.name)),
        Ok(missing) => bad(format!("in #{} ({purpose}) the bot's role lacks: {}", channel.name, missing.join(", "))),
        Err(error) => bad(format!("the permissions in #{} ({purpose}) could not be read: {error}", channel.name)),
    }
}

async fn missing(bot: &Bot, me: UserId, channel: &GuildChannel, needed: Needed) -> Result<Vec<&'static str>, RestError> {
    let guild = within(bot.http.get_guild(channel.guild_id)).await?;
    let member = within(bot.http.get_member(channel.guild_id, me)).await?;
    let granted = guild.user_permissions_in(channel, &member);
    Ok(needed.iter().filter(|(permission, _)| !granted.contains(*permission)).map(|(_, name)| *name).collect())
}

const fn good(text: String) -> Finding {
    Finding { ok: true, text }
}

const fn bad(text: String) -> Finding {
    Finding { ok: false, text }
}
