//! What a doctor looks at: the token, what is heard, the sign-ins that are left, and every server, channel and role that is configured.

mod places;

use std::collections::HashMap;

use serenity::all::{ApplicationFlags, CurrentUser, GuildId, Member, PartialGuild, UserId};

use super::bot::Bot;
use super::gateway::WITHOUT_CONTENT;
use super::rest::{RestError, within};
use crate::config::Listening;

/// What was found, in a sentence for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub weight: Weight,
    /// What was looked at, what was found, and what to do where it is not as it should be.
    pub text: String,
}

/// How something is that a doctor looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As it should be.
    Fine,
    /// It works, but somebody should look at it.
    Doubtful,
    /// It does not work.
    Wrong,
}

impl Finding {
    const fn fine(text: String) -> Self {
        Self { weight: Weight::Fine, text }
    }

    const fn doubtful(text: String) -> Self {
        Self { weight: Weight::Doubtful, text }
    }

    const fn wrong(text: String) -> Self {
        Self { weight: Weight::Wrong, text }
    }
}

/// From here on an administrator should know that sign-ins become few.
const FEW_SIGN_INS: u64 = 100;

/// Looks at everything. Where the token is refused there is nothing else to look at.
pub(super) async fn check(bot: &Bot) -> Vec<Finding> {
    let me = match within(bot.http.get_current_user()).await {
        Ok(me) => me,
        Err(error) if error.is_token_refused() => {
            let remedy = "copy it again from the developer portal to FIRSTLINE_DISCORD_TOKEN";
            return vec![Finding::wrong(format!("the token is not one that Discord knows; {remedy}"))];
        }
        Err(error) => return vec![Finding::wrong(error.to_string())],
    };
    let mut findings = vec![known(&me)];
    let (mode, hears_everything) = content(bot).await;
    findings.push(mode);
    findings.push(sign_ins(bot).await);
    let mut rounds = Rounds { bot, me: me.id, hears_everything, guilds: HashMap::new(), members: HashMap::new() };
    findings.extend(rounds.places().await);
    findings
}

fn known(me: &CurrentUser) -> Finding {
    Finding::fine(format!("the token belongs to the bot {}", me.name))
}

/// Whether every message's text is told, as the application's flags say before any connection is made.
async fn content(bot: &Bot) -> (Finding, bool) {
    if !bot.config.message_content {
        let text = "message_content is false: only mentions, replies to the bot, direct messages, buttons and commands are heard";
        return (Finding::fine(text.to_owned()), false);
    }
    let allowed = ApplicationFlags::GATEWAY_MESSAGE_CONTENT | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
    match within(bot.http.get_current_application_info()).await {
        Ok(application) if application.flags.unwrap_or_default().intersects(allowed) => {
            (Finding::fine("the message-content intent is on: every message in the listened channels is heard".to_owned()), true)
        }
        Ok(_) => (Finding::doubtful(format!("the message-content intent is off: {WITHOUT_CONTENT}")), false),
        Err(error) => (Finding::doubtful(format!("it could not be asked whether message content is allowed: {error}")), true),
    }
}

async fn sign_ins(bot: &Bot) -> Finding {
    let gateway = match within(bot.http.get_bot_gateway()).await {
        Ok(gateway) => gateway,
        Err(error) => return Finding::wrong(format!("Discord does not say where to connect: {error}")),
    };
    let limit = &gateway.session_start_limit;
    let text = format!("{} of {} sign-ins are left today, for {} shard(s)", limit.remaining, limit.total, gateway.shards);
    if limit.remaining < FEW_SIGN_INS.min(limit.total / 2) {
        let remedy = "something starts Firstline, or the same bot elsewhere, again and again: look at the log";
        return Finding::doubtful(format!("{text}; {remedy}"));
    }
    Finding::fine(text)
}

/// One round of the doctor: what was asked once is not asked again.
struct Rounds<'b> {
    bot: &'b Bot,
    me: UserId,
    hears_everything: bool,
    guilds: HashMap<GuildId, PartialGuild>,
    members: HashMap<GuildId, Member>,
}

impl Rounds<'_> {
    /// The server and the bot's own membership there.
    async fn guild(&mut self, id: GuildId) -> Result<(&PartialGuild, &Member), RestError> {
        if !self.members.contains_key(&id) {
            let guild = within(self.bot.http.get_guild(id)).await?;
            let member = within(self.bot.http.get_member(id, self.me)).await?;
            self.guilds.insert(id, guild);
            self.members.insert(id, member);
        }
        match (self.guilds.get(&id), self.members.get(&id)) {
            (Some(guild), Some(member)) => Ok((guild, member)),
            _ => Err(RestError::Late),
        }
    }

    /// What is heard in these channels, in words.
    fn heard(&self, channels: &[u64]) -> String {
        let listening =
            |wanted: Listening| channels.iter().filter(|channel| self.bot.config.channels.get(channel) == Some(&wanted)).count();
        let (everything, mentions) = (listening(Listening::Everything), listening(Listening::Mentions));
        match (everything, mentions) {
            (0, 0) => "no channel is listened in; mentions, direct messages and commands are heard".to_owned(),
            (all, some) if self.hears_everything => format!("every message is heard in {all} channel(s), mentions in {some}"),
            (all, some) => {
                format!("mentions and replies to the bot are heard in {} channel(s), and nothing else there", all + some)
            }
        }
    }
}
