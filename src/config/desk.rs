//! The web pages and the API.

use std::net::{IpAddr, SocketAddr};

use super::entry::{Entry, Raw};
use super::error::ConfigError;
use super::keys;
use super::secret::SecretText;
use super::sources::{Sources, read_secret};
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::permission::{Membership, Role, Roles};
use crate::domain::routing::Groups;

/// The web pages and the API.
#[derive(Clone, Debug)]
pub struct DeskConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach the pages, without a slash at the end.
    pub public_url: String,
    /// Bearer tokens of other systems.
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
    /// What whoever sends it may do; everything where nothing else is configured.
    pub roles: Roles,
    /// For which groups; for every group where nothing else is configured.
    pub groups: Membership,
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

impl DeskConfig {
    /// Where people reach the pages once they are served at `bound`, which is `listen` with a real port in place of port 0.
    #[must_use]
    pub fn url_at(&self, bound: SocketAddr) -> String {
        if self.public_url == default_url(self.listen) { default_url(bound) } else { self.public_url.clone() }
    }

    /// Whether people reach the pages from other machines: directly, or through a proxy at another address.
    #[must_use]
    pub fn is_reached_from_elsewhere(&self) -> bool {
        !self.listen.ip().to_canonical().is_loopback() || !is_this_machine(host_of(&self.public_url))
    }

    pub(super) fn read(sources: &Sources, groups: &Groups) -> Result<Self, ConfigError> {
        let listen = match sources.get(keys::LISTEN)? {
            Some(entry) => entry.parsed("an IP address with a port, such as 127.0.0.1:8080", address)?,
            None => DEFAULT_LISTEN,
        };
        let public_url = match sources.get(keys::PUBLIC_URL)? {
            Some(entry) => entry.parsed("an address such as https://support.example.org", web_address)?,
            None => default_url(listen),
        };
        Ok(Self {
            listen,
            public_url,
            api_tokens: api_tokens(sources, groups)?,
            urgent_phone: sources.get(keys::URGENT_PHONE)?.map(|entry| entry.text().map(str::to_owned)).transpose()?,
            lang: sources.get(keys::LANG)?.map_or(Ok(Lang::default()), |entry| entry.lang())?,
            timezone: timezone(sources)?,
        })
    }
}

/// Reads an address to listen at; `localhost` stands for itself, since everybody writes it.
fn address(text: &str) -> Option<SocketAddr> {
    text.strip_prefix("localhost:").map_or_else(|| text.parse(), |port| format!("127.0.0.1:{port}").parse()).ok()
}

/// An address that a browser can go to, without a slash at the end.
pub(super) fn web_address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let plain = !host.is_empty() && !host.contains('@') && !rest.contains(['?', '#', ' ']);
    plain.then(|| text.trim_end_matches('/').to_owned())
}

/// The host of a web address, without its port; empty where it has none.
pub(super) fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, _)) => inner,
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host is the machine that asks for it.
pub(super) fn is_this_machine(host: &str) -> bool {
    let named = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    named || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

fn default_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        return format!("http://localhost:{}", listen.port());
    }
    format!("http://{listen}")
}

fn timezone(sources: &Sources) -> Result<jiff::tz::TimeZone, ConfigError> {
    let wanted = "a time zone of the IANA list, such as Europe/Oslo";
    match sources.get(keys::TIMEZONE)? {
        Some(entry) => entry.parsed(wanted, |name| jiff::tz::TimeZone::get(name).ok()),
        None => Ok(jiff::tz::TimeZone::get("Europe/Oslo").unwrap_or(jiff::tz::TimeZone::UTC)),
    }
}

fn api_tokens(sources: &Sources, groups: &Groups) -> Result<Vec<ApiToken>, ConfigError> {
    let Some(given) = sources.get(keys::API_TOKENS)? else { return Ok(Vec::new()) };
    let mut tokens: Vec<ApiToken> = Vec::new();
    for (number, entry) in items(&given)?.iter().enumerate() {
        let token = api_token(entry, number + 1, groups)?;
        if tokens.iter().any(|other| other.name == token.name) {
            return Err(entry.wrong(format!("gives two tokens to the name \"{}\"; names must differ", token.name)));
        }
        if tokens.iter().any(|other| other.token == token.token) {
            return Err(entry.wrong(format!("gives \"{}\" a token that another name has already", token.name)));
        }
        tokens.push(token);
    }
    Ok(tokens)
}

/// Tables from the file; `name=token` pairs from the environment or from a file of their own.
fn items(given: &Entry) -> Result<Vec<Entry>, ConfigError> {
    if let Raw::Text(text) = &given.raw {
        let pairs = text.split([',', '\n']).map(str::trim).filter(|pair| !pair.is_empty());
        return Ok(pairs.map(|pair| Entry { raw: Raw::Text(pair.to_owned()), place: given.place.clone() }).collect());
    }
    given.list("tables, [[api_tokens]] with name and token")
}

fn api_token(entry: &Entry, number: usize, groups: &Groups) -> Result<ApiToken, ConfigError> {
    if let Raw::Text(pair) = &entry.raw {
        let (name, token) = pair.split_once('=').unwrap_or(("", ""));
        let (name, token) = (name.trim(), token.trim());
        if name.is_empty() || token.is_empty() {
            return Err(entry.wrong(format!("must hold name=token pairs separated by commas; number {number} is not one")));
        }
        let (roles, groups) = (Roles::all(), Membership::Every);
        return Ok(ApiToken { name: name.to_owned(), token: SecretText::new(token), roles, groups });
    }
    let table = entry.table()?;
    table.only(&["name", "token", "token_file", "roles", "groups"])?;
    let name = table.get("name").ok_or_else(|| entry.wrong("must have a name"))?.text()?.to_owned();
    let token = match (table.get("token"), table.get("token_file")) {
        (Some(token), None) => token.text()?.to_owned(),
        (None, Some(file)) => read_secret(file)?.text()?.to_owned(),
        _ => return Err(entry.wrong("must have either token or token_file")),
    };
    let roles = table.get("roles").map_or(Ok(Roles::all()), roles)?;
    let groups = table.get("groups").map_or(Ok(Membership::Every), |entry| membership(entry, groups))?;
    Ok(ApiToken { name, token: SecretText::new(token), roles, groups })
}

fn roles(entry: &Entry) -> Result<Roles, ConfigError> {
    let wanted = "operator, editor, coordinator, administrator or auditor";
    entry.list("a list of roles")?.iter().map(|item| item.parsed(wanted, Role::from_name)).collect()
}

fn membership(entry: &Entry, groups: &Groups) -> Result<Membership, ConfigError> {
    let group = |item: &Entry| item.parsed("one of the configured groups", |id| Some(groups.get(&GroupId::new(id))?.id.clone()));
    let ids: Result<Vec<GroupId>, ConfigError> = entry.list("a list of groups")?.iter().map(group).collect();
    Ok(Membership::Some(ids?))
}
