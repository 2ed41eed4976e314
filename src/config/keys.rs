//! Every setting's key in the file and its environment variable.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Where it stands in the file: `table.key`, or `key` at the top.
    pub(super) path: &'static str,
    /// The environment variable that goes before the file.
    pub(super) variable: &'static str,
    /// Whether it can be read from a file of its own: `…_file` in the file, `…_FILE` in the environment.
    pub(super) secret: bool,
}

const fn key(path: &'static str, variable: &'static str) -> Key {
    Key { path, variable, secret: false }
}

const fn secret(path: &'static str, variable: &'static str) -> Key {
    Key { path, variable, secret: true }
}

/// The variable that names the configuration file itself.
pub(super) const CONFIG_VARIABLE: &str = "FIRSTLINE_CONFIG";

pub(super) const LISTEN: Key = key("listen", "FIRSTLINE_LISTEN");
pub(super) const PUBLIC_URL: Key = key("public_url", "FIRSTLINE_PUBLIC_URL");
pub(super) const DATA: Key = key("data", "FIRSTLINE_DATA");
pub(super) const KB: Key = key("kb", "FIRSTLINE_KB");
pub(super) const DATABASE: Key = secret("database", "FIRSTLINE_DATABASE");
pub(super) const LANG: Key = key("lang", "FIRSTLINE_LANG");
pub(super) const TIMEZONE: Key = key("timezone", "FIRSTLINE_TIMEZONE");
pub(super) const URGENT_PHONE: Key = key("urgent_phone", "FIRSTLINE_URGENT_PHONE");
pub(super) const EMBED_ORIGINS: Key = key("embed.origins", "FIRSTLINE_EMBED_ORIGINS");
pub(super) const RIGHT: Key = key("answering.right", "FIRSTLINE_RIGHT");
pub(super) const ANSWER_AT: Key = key("answering.answer_at", "FIRSTLINE_ANSWER_AT");
pub(super) const OFFER_AT: Key = key("answering.offer_at", "FIRSTLINE_OFFER_AT");
pub(super) const LEARNING_ENABLED: Key = key("learning.enabled", "FIRSTLINE_LEARNING");
pub(super) const LEARNING_CONFIRMATIONS: Key = key("learning.confirmations", "FIRSTLINE_LEARNING_CONFIRMATIONS");
pub(super) const REVIEW_MONTHS: Key = key("editing.review_months", "FIRSTLINE_REVIEW_MONTHS");
pub(super) const GROUPS: Key = key("groups", "FIRSTLINE_GROUPS");
pub(super) const API_TOKENS: Key = secret("api_tokens", "FIRSTLINE_API_TOKENS");
pub(super) const DISCORD_TOKEN: Key = secret("discord.token", "FIRSTLINE_DISCORD_TOKEN");
pub(super) const DISCORD_API: Key = key("discord.api", "FIRSTLINE_DISCORD_API");
pub(super) const DISCORD_CHANNELS: Key = key("discord.channels", "FIRSTLINE_DISCORD_CHANNELS");
pub(super) const DISCORD_LANG: Key = key("discord.lang", "FIRSTLINE_DISCORD_LANG");
pub(super) const DISCORD_GROUPS: Key = key("discord.groups", "FIRSTLINE_DISCORD_GROUPS");
pub(super) const MODEL_URL: Key = key("model.url", "FIRSTLINE_MODEL_URL");
pub(super) const MODEL_NAME: Key = key("model.name", "FIRSTLINE_MODEL_NAME");
pub(super) const MODEL_KEY: Key = secret("model.key", "FIRSTLINE_MODEL_KEY");
pub(super) const MODEL_DEADLINE_MS: Key = key("model.deadline_ms", "FIRSTLINE_MODEL_DEADLINE_MS");
pub(super) const MODEL_RERANK: Key = key("model.rerank", "FIRSTLINE_MODEL_RERANK");
pub(super) const MODEL_REWRITE: Key = key("model.rewrite", "FIRSTLINE_MODEL_REWRITE");
pub(super) const ATTACHMENTS_LARGEST_MB: Key = key("attachments.largest_mb", "FIRSTLINE_ATTACHMENTS_LARGEST_MB");
pub(super) const LOG_FILTER: Key = key("log.filter", "FIRSTLINE_LOG");
pub(super) const LOG_FORMAT: Key = key("log.format", "FIRSTLINE_LOG_FORMAT");

/// All of them.
pub(super) const ALL: &[Key] = &[
    LISTEN,
    PUBLIC_URL,
    DATA,
    KB,
    DATABASE,
    LANG,
    TIMEZONE,
    URGENT_PHONE,
    EMBED_ORIGINS,
    RIGHT,
    ANSWER_AT,
    OFFER_AT,
    LEARNING_ENABLED,
    LEARNING_CONFIRMATIONS,
    REVIEW_MONTHS,
    GROUPS,
    API_TOKENS,
    DISCORD_TOKEN,
    DISCORD_API,
    DISCORD_CHANNELS,
    DISCORD_LANG,
    DISCORD_GROUPS,
    MODEL_URL,
    MODEL_NAME,
    MODEL_KEY,
    MODEL_DEADLINE_MS,
    MODEL_RERANK,
    MODEL_REWRITE,
    ATTACHMENTS_LARGEST_MB,
    LOG_FILTER,
    LOG_FORMAT,
];

/// Every path that the file may hold.
pub(super) fn paths() -> impl Iterator<Item = String> {
    ALL.iter().flat_map(|key| [Some(key.path.to_owned()), key.secret.then(|| format!("{}_file", key.path))]).flatten()
}

/// Every environment variable that is read.
pub(super) fn variables() -> impl Iterator<Item = String> {
    let own = ALL.iter().flat_map(|key| [Some(key.variable.to_owned()), key.secret.then(|| format!("{}_FILE", key.variable))]);
    own.flatten().chain([CONFIG_VARIABLE.to_owned()])
}
