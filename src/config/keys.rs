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
pub(super) const DISCORD_GUILDS: Key = key("discord.guilds", "FIRSTLINE_DISCORD_GUILDS");
pub(super) const DISCORD_COORDINATORS: Key = key("discord.coordinators", "FIRSTLINE_DISCORD_COORDINATORS");
pub(super) const DISCORD_PANELS: Key = key("discord.panels", "FIRSTLINE_DISCORD_PANELS");
pub(super) const DISCORD_MESSAGE_CONTENT: Key = key("discord.message_content", "FIRSTLINE_DISCORD_MESSAGE_CONTENT");
pub(super) const DISCORD_OLDEST_ANSWERED: Key = key("discord.oldest_answered", "FIRSTLINE_DISCORD_OLDEST_ANSWERED");
pub(super) const MODEL_URL: Key = key("model.url", "FIRSTLINE_MODEL_URL");
pub(super) const MODEL_NAME: Key = key("model.name", "FIRSTLINE_MODEL_NAME");
pub(super) const MODEL_KEY: Key = secret("model.key", "FIRSTLINE_MODEL_KEY");
pub(super) const MODEL_DEADLINE_MS: Key = key("model.deadline_ms", "FIRSTLINE_MODEL_DEADLINE_MS");
pub(super) const MODEL_RERANK: Key = key("model.rerank", "FIRSTLINE_MODEL_RERANK");
pub(super) const MODEL_REWRITE: Key = key("model.rewrite", "FIRSTLINE_MODEL_REWRITE");
pub(super) const LOOK_NAME: Key = key("look.name", "FIRSTLINE_LOOK_NAME");
pub(super) const LOOK_THEME: Key = key("look.theme", "FIRSTLINE_LOOK_THEME");
pub(super) const LOOK_LOGO: Key = key("look.logo", "FIRSTLINE_LOOK_LOGO");
pub(super) const SIGN_IN_KIND: Key = key("sign_in.kind", "FIRSTLINE_SIGN_IN_KIND");
pub(super) const SIGN_IN_NAME: Key = key("sign_in.name", "FIRSTLINE_SIGN_IN_NAME");
pub(super) const ISSUER: Key = key("sign_in.issuer", "FIRSTLINE_SIGN_IN_ISSUER");
pub(super) const TENANT: Key = key("sign_in.tenant", "FIRSTLINE_SIGN_IN_TENANT");
pub(super) const CLIENT_ID: Key = key("sign_in.client_id", "FIRSTLINE_SIGN_IN_CLIENT_ID");
pub(super) const CLIENT_SECRET: Key = secret("sign_in.client_secret", "FIRSTLINE_SIGN_IN_CLIENT_SECRET");
pub(super) const SCOPES: Key = key("sign_in.scopes", "FIRSTLINE_SIGN_IN_SCOPES");
pub(super) const ROLES_CLAIM: Key = key("sign_in.roles_claim", "FIRSTLINE_SIGN_IN_ROLES_CLAIM");
pub(super) const GROUPS_CLAIM: Key = key("sign_in.groups_claim", "FIRSTLINE_SIGN_IN_GROUPS_CLAIM");
pub(super) const GROUPS_URL: Key = key("sign_in.groups_url", "FIRSTLINE_SIGN_IN_GROUPS_URL");
pub(super) const SIGN_IN_ROLES: Key = key("sign_in.roles", "FIRSTLINE_SIGN_IN_ROLES");
pub(super) const SIGN_IN_GROUPS: Key = key("sign_in.groups", "FIRSTLINE_SIGN_IN_GROUPS");
pub(super) const GROUP_PATTERN: Key = key("sign_in.group_pattern", "FIRSTLINE_SIGN_IN_GROUP_PATTERN");
pub(super) const EVERY_GROUP: Key = key("sign_in.every_group", "FIRSTLINE_SIGN_IN_EVERY_GROUP");
pub(super) const SIGN_IN_EMPLOYEES: Key = key("sign_in.employees", "FIRSTLINE_SIGN_IN_EMPLOYEES");
pub(super) const IDLE_MINUTES: Key = key("sign_in.idle_minutes", "FIRSTLINE_SIGN_IN_IDLE_MINUTES");
pub(super) const LASTS_HOURS: Key = key("sign_in.hours", "FIRSTLINE_SIGN_IN_HOURS");
pub(super) const PROXY_HEADER: Key = key("sign_in.proxy_header", "FIRSTLINE_SIGN_IN_PROXY_HEADER");
pub(super) const PROXY_NAME_HEADER: Key = key("sign_in.proxy_name_header", "FIRSTLINE_SIGN_IN_PROXY_NAME_HEADER");
pub(super) const PROXY_EMAIL_HEADER: Key = key("sign_in.proxy_email_header", "FIRSTLINE_SIGN_IN_PROXY_EMAIL_HEADER");
pub(super) const PROXY_ROLES_HEADER: Key = key("sign_in.proxy_roles_header", "FIRSTLINE_SIGN_IN_PROXY_ROLES_HEADER");
pub(super) const PROXY_GROUPS_HEADER: Key = key("sign_in.proxy_groups_header", "FIRSTLINE_SIGN_IN_PROXY_GROUPS_HEADER");
pub(super) const TRUSTED_PROXIES: Key = key("sign_in.trusted_proxies", "FIRSTLINE_SIGN_IN_TRUSTED_PROXIES");
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
    DISCORD_GUILDS,
    DISCORD_COORDINATORS,
    DISCORD_PANELS,
    DISCORD_MESSAGE_CONTENT,
    DISCORD_OLDEST_ANSWERED,
    MODEL_URL,
    MODEL_NAME,
    MODEL_KEY,
    MODEL_DEADLINE_MS,
    MODEL_RERANK,
    MODEL_REWRITE,
    LOOK_NAME,
    LOOK_THEME,
    LOOK_LOGO,
    SIGN_IN_KIND,
    SIGN_IN_NAME,
    ISSUER,
    TENANT,
    CLIENT_ID,
    CLIENT_SECRET,
    SCOPES,
    ROLES_CLAIM,
    GROUPS_CLAIM,
    GROUPS_URL,
    SIGN_IN_ROLES,
    SIGN_IN_GROUPS,
    GROUP_PATTERN,
    EVERY_GROUP,
    SIGN_IN_EMPLOYEES,
    IDLE_MINUTES,
    LASTS_HOURS,
    PROXY_HEADER,
    PROXY_NAME_HEADER,
    PROXY_EMAIL_HEADER,
    PROXY_ROLES_HEADER,
    PROXY_GROUPS_HEADER,
    TRUSTED_PROXIES,
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
