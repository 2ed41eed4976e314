//! The configuration, parsed once: one small struct per concern.
//!
//! `firstline.toml` in the working directory, where it exists, and environment variables over it; every key and variable is
//! explained in `firstline.example.toml`. What is wrong is told in one sentence that names the place and what is allowed.

mod answering;
mod attachments;
mod desk;
mod discord;
mod editing;
mod embed;
mod entry;
mod error;
mod groups;
mod keys;
mod learning;
mod log;
mod look;
mod model;
mod nearest;
mod secret;
mod sign_in;
mod sources;
mod storage;

pub use answering::AnsweringConfig;
pub use attachments::AttachmentsConfig;
pub use desk::{ApiToken, DeskConfig};
pub use discord::{DiscordConfig, DiscordGroup, DiscordGuild, Listening};
pub use embed::EmbedConfig;
pub use error::{ConfigError, Place};
pub use log::LogConfig;
pub use look::{Logo, LookConfig};
pub use model::ModelConfig;
pub use nearest::nearest;
pub use secret::SecretText;
pub use sign_in::{Employees, Network, ProviderConfig, ProviderKind, ProxyConfig, SignInConfig, VouchedBy};
pub use storage::StorageConfig;

use std::path::Path;

use crate::domain::answer::Thresholds;
use crate::domain::learned::LearningPolicy;
use crate::domain::policy::Policy;
use sources::Sources;

/// Everything that can be configured, defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The web pages and the API.
    pub desk: DeskConfig,
    /// How people sign in.
    pub sign_in: SignInConfig,
    /// Which other sites may show the chat on their pages.
    pub embed: EmbedConfig,
    /// Where things are kept.
    pub storage: StorageConfig,
    /// When the bot answers by itself.
    pub answering: AnsweringConfig,
    /// What deciding depends on; the thresholds are those of the shipped weights until others are taken.
    pub policy: Policy,
    /// Files that people attach.
    pub attachments: AttachmentsConfig,
    /// Whether and when learned questions count.
    pub learning: LearningPolicy,
    /// After how many months an article is due for its next review; 0: never.
    pub review_months: u32,
    /// Discord, where a token is given.
    pub discord: Option<DiscordConfig>,
    /// The language model, where an address is given.
    pub model: Option<ModelConfig>,
    /// How the organisation's pages look.
    pub look: LookConfig,
    /// How the log is written.
    pub log: LogConfig,
}

impl Config {
    /// Reads the configuration: the named file, else the one that `FIRSTLINE_CONFIG` names, else `firstline.toml` where it
    /// exists, and the variables of `env` over it. Thresholds that nobody configured are the shipped ones.
    ///
    /// # Errors
    /// [`ConfigError`] for the first thing that cannot be used: a named file that is not there, an unknown key or variable,
    /// a value of the wrong kind, values that contradict each other.
    pub fn load(
        explicit: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
        shipped: Thresholds,
    ) -> Result<Self, ConfigError> {
        let sources = Sources::read(explicit, env)?;
        let groups = groups::read(&sources)?;
        let desk = DeskConfig::read(&sources, &groups)?;
        let sign_in = SignInConfig::read(&sources, &groups)?;
        let discord = DiscordConfig::read(&sources, &groups, desk.lang)?;
        let cards = discord.as_ref().map(DiscordConfig::cards).unwrap_or_default();
        let groups = discord.iter().fold(groups, |groups, discord| discord.shared_out(groups));
        let answering = AnsweringConfig::read(&sources)?;
        let policy = Policy { thresholds: answering.thresholds(shipped), groups, cards };
        let (storage, log, model) = (StorageConfig::read(&sources)?, LogConfig::read(&sources)?, ModelConfig::read(&sources)?);
        let attachments = AttachmentsConfig::read(&sources)?;
        let embed = EmbedConfig::read(&sources)?;
        let (learning, review_months) = (learning::read(&sources)?, editing::review_months(&sources)?);
        let look = LookConfig::read(&sources)?;
        Ok(Self {
            desk,
            sign_in,
            embed,
            storage,
            answering,
            policy,
            attachments,
            learning,
            review_months,
            discord,
            model,
            look,
            log,
        })
    }
}

/// The process's environment variables that may be ours; what is not Unicode in them is replaced, never a panic.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    let readable = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os().map(move |(name, value)| (readable(name), readable(value)))
}

#[cfg(test)]
mod tests;
