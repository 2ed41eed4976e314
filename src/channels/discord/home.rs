//! In which server something is asked, and what follows from it: the language, and the organisation that the employee is of.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serenity::all::{ChannelId, GuildId, UserId};

use super::bot::{Bot, channel_at, user_of};
use super::rest::RestError;
use crate::config::DiscordGuild;
use crate::domain::lang::Lang;
use crate::domain::message::{IncomingMessage, LangHint};

/// In which server each configured channel is: Discord never moves a channel.
#[derive(Default)]
pub(super) struct Homes(Mutex<HashMap<ChannelId, GuildId>>);

impl Homes {
    fn of(&self, channel: ChannelId) -> Option<GuildId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    fn note(&self, channel: ChannelId, guild: GuildId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(channel, guild);
    }
}

impl Bot {
    /// The message as one of the organisation whose server it was written in, in that one's language where the text itself does not
    /// tell. In a direct conversation it is the server that the two of them share; of several, what these have in common.
    ///
    /// # Errors
    /// [`RestError`] where Discord could not be asked.
    pub(super) async fn at_home(&self, message: IncomingMessage, guild: Option<GuildId>) -> Result<IncomingMessage, RestError> {
        let mut message = message;
        let homes = self.homes(&message, guild).await?;
        let Some((first, others)) = homes.split_first() else { return Ok(message) };
        if others.iter().all(|other| other.organisation == first.organisation) {
            message.employee.organisation.clone_from(&first.organisation);
        }
        if matches!(message.lang, LangHint::Likely(_)) && others.iter().all(|other| other.lang == first.lang) {
            message.lang = LangHint::Likely(first.lang);
        }
        Ok(message)
    }

    /// The language for what everybody in a channel reads.
    pub(super) fn lang_at(&self, channel: ChannelId) -> Lang {
        self.config.lang_in(self.config.guild_with(channel.get()).map(|(id, _)| id))
    }

    /// The server that a configured channel is in; `None` where it is in none, or the bot may not see it.
    ///
    /// # Errors
    /// [`RestError`] where Discord could not be asked.
    pub(super) async fn guild_of(&self, channel: ChannelId) -> Result<Option<GuildId>, RestError> {
        if let Some(known) = self.homes.of(channel) {
            return Ok(Some(known));
        }
        let guild = self.guild_of_any(channel).await?;
        if let Some(guild) = guild {
            self.homes.note(channel, guild);
        }
        Ok(guild)
    }

    async fn guild_of_any(&self, channel: ChannelId) -> Result<Option<GuildId>, RestError> {
        match self.call(self.http.get_channel(channel)).await {
            Ok(channel) => Ok(channel.guild().map(|channel| channel.guild_id)),
            Err(error) if error.code().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn homes(&self, message: &IncomingMessage, guild: Option<GuildId>) -> Result<Vec<&DiscordGuild>, RestError> {
        if self.config.guilds.is_empty() {
            return Ok(Vec::new());
        }
        let channel = message.place.address.split('/').next().and_then(channel_at);
        let named = channel.and_then(|channel| self.config.guild_with(channel.get())).map(|(id, _)| GuildId::new(id));
        let guild = match (guild.or(named), channel) {
            (Some(guild), _) => Some(guild),
            (None, Some(channel)) => self.guild_of_any(channel).await?,
            (None, None) => None,
        };
        match (guild, user_of(message.employee.id.as_str())) {
            (Some(guild), _) => Ok(self.config.guilds.get(&guild.get()).into_iter().collect()),
            (None, Some(user)) => self.shared_with(user).await,
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The configured servers that a person is in.
    async fn shared_with(&self, user: UserId) -> Result<Vec<&DiscordGuild>, RestError> {
        let mut shared = Vec::new();
        for (id, guild) in &self.config.guilds {
            match self.call(self.http.get_member(GuildId::new(*id), user)).await {
                Ok(_) => shared.push(guild),
                Err(error) if error.code().is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(shared)
    }
}
