//! Discord: what happens there becomes a flow's verb, and errands of the outbox are run there.
//!
//! In reading order: `gateway` hears, `lanes` keeps each place's order, `listen`, `edits`, `files` and `interactions` start
//! flows (`from_discord` and `operators` translate), `catch_up` reads what was missed (`progress`, `answered`); `deliver` runs
//! errands (`to_discord`, `press_id`, `card` and `card_text` translate, `rooms` makes threads, `reach` finds another way where one is gone,
//! `hindrance` names what can be the matter, `room_news` tells the desk, `amend_post` changes what was said); `desk` is what
//! operators do; `rest` gives every
//! call a deadline, and `brake` sees to it that not too many are made.

mod address;
mod amend_post;
mod answered;
mod bot;
mod brake;
mod card;
mod card_text;
mod catch_up;
mod check;
mod deliver;
mod desk;
mod direct;
mod edits;
mod files;
mod forum;
mod from_discord;
mod gateway;
mod hindrance;
mod home;
mod interactions;
mod lanes;
mod listen;
mod looks;
mod notices;
mod operators;
mod panel;
mod press_id;
mod privately;
mod progress;
mod reach;
mod rest;
mod room_news;
mod rooms;
mod to_discord;

#[cfg(all(test, feature = "testing"))]
mod tests;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::config::DiscordConfig;
use crate::domain::message::{Redacted, Secret};
use crate::flows::Flows;
use crate::ports::{Chat, Clock, StandardReplies, Store};
use crate::wording::{Facts, Wording};

pub use check::{Finding, Weight};
pub use gateway::GatewayState;

use bot::Bot;

/// The channel's short name.
pub const CHANNEL: &str = "discord";

/// The privacy filter: takes secrets out of a text and says which kinds it found.
pub type Filter = Arc<dyn Fn(&str) -> (Redacted, Vec<Secret>) + Send + Sync>;

/// What the channel is made of.
pub struct DiscordParts {
    /// Its configuration.
    pub config: DiscordConfig,
    /// The verbs that it starts.
    pub flows: Flows,
    /// Where lines, tickets and watermarks are read.
    pub store: Arc<dyn Store>,
    /// The sentences.
    pub wording: Arc<Wording>,
    /// What the sentences need to know.
    pub facts: Facts,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// What every text goes through before anybody else sees it.
    pub filter: Filter,
    /// How large a file may be that somebody sends along, in megabytes.
    pub largest_file_mb: u32,
    /// What operators can send to employees in a few keys.
    pub replies: Arc<dyn StandardReplies>,
}

/// A configuration that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum DiscordError {
    /// A channel or a role has the number 0, which Discord never gives.
    #[error("{key} is 0; Discord's ids are long numbers: right-click the channel or role and choose Copy ID")]
    ZeroId {
        /// The configuration's key.
        key: String,
    },
    /// Files could not be fetched.
    #[error("the system's certificates for fetching files could not be read")]
    Fetcher,
    /// The token cannot stand in a request's header.
    #[error("the Discord token is empty or holds characters that no token has; copy it again from the developer portal")]
    Token,
}

/// Firstline on Discord.
pub struct Discord {
    bot: Arc<Bot>,
}

impl Discord {
    /// The channel over these parts; nothing is contacted yet.
    ///
    /// # Errors
    /// [`DiscordError`] names the key that cannot work.
    pub fn new(parts: DiscordParts) -> Result<Arc<Self>, DiscordError> {
        Ok(Arc::new(Self { bot: Arc::new(Bot::new(parts)?) }))
    }

    /// The side that runs errands.
    #[must_use]
    pub fn chat(&self) -> Arc<dyn Chat> {
        Arc::clone(&self.bot) as Arc<dyn Chat>
    }

    /// Listens until told to stop, whatever happens to the connection; returns within three seconds after that.
    /// A channel that was stopped stays stopped.
    pub async fn run(&self, stop: CancellationToken) {
        gateway::run(&self.bot, &stop).await;
    }

    /// How the connection stands.
    #[must_use]
    pub fn state(&self) -> GatewayState {
        self.bot.standing.state()
    }

    /// Hears an event as the gateway sends it, without a connection: for a simulation, which decides when it is heard.
    ///
    /// # Errors
    /// Where it cannot be read.
    #[cfg(any(test, feature = "testing"))]
    pub async fn hear(&self, frame: &str) -> Result<(), serde_json::Error> {
        Box::pin(gateway::hear(&self.bot, frame)).await
    }

    /// What a doctor finds: token, intent, sign-ins, servers, channels, roles, permissions.
    pub async fn check(&self) -> Vec<Finding> {
        check::check(&self.bot).await
    }
}
