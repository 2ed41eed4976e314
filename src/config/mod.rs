//! The configuration, parsed once: one small struct per concern.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;

/// Everything that can be configured, defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The web pages and the API.
    pub desk: DeskConfig,
    /// Where things are kept.
    pub storage: StorageConfig,
    /// What deciding depends on.
    pub policy: Policy,
    /// Discord, where a token is given.
    pub discord: Option<DiscordConfig>,
    /// How the log is written.
    pub log: LogConfig,
}

/// The web pages and the API.
#[derive(Clone, Debug)]
pub struct DeskConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach the pages, without a slash at the end.
    pub public_url: String,
    /// Bearer tokens of other systems; each name is an operator of every group.
    pub api_tokens: Vec<ApiToken>,
    /// The telephone number for what cannot wait.
    pub urgent_phone: Option<String>,
    /// The language of pages for readers who have not chosen and whose browser does not say.
    pub lang: Lang,
    /// Whose clock dates are shown in.
    pub timezone: jiff::tz::TimeZone,
}

/// A bearer token of another system.
#[derive(Clone, Debug)]
pub struct ApiToken {
    /// The operator's name.
    pub name: String,
    /// The token.
    pub token: SecretText,
}

/// Where things are kept.
#[derive(Clone, Debug)]
pub struct StorageConfig {
    /// The folder for the database, the index and what else the program writes.
    pub data: PathBuf,
    /// The knowledge base's folder.
    pub kb: PathBuf,
    /// The database's URL: `sqlite:…` or `postgres:…`.
    pub database: SecretText,
}

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

/// How the log is written.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A filter such as `info` or `firstline=debug,warn`.
    pub filter: String,
    /// As JSON lines rather than as text.
    pub json: bool,
}

/// A secret from the configuration; it is not printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// Takes the secret in.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}
