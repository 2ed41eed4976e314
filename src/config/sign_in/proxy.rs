//! A proxy in front that signs people in and says who they are in headers of every request.

use crate::config::entry::Entry;
use crate::config::error::ConfigError;
use crate::config::keys::{self, Key};
use crate::config::sources::Sources;

/// The headers in which a proxy says who somebody is, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyConfig {
    /// Who.
    pub user: String,
    /// What they are called.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// Their roles and groups, separated by commas or semicolons.
    pub titles: Vec<String>,
}

impl ProxyConfig {
    /// The headers, with the place of the setting that turns them on.
    pub(super) fn read(sources: &Sources) -> Result<Option<(Entry, Self)>, ConfigError> {
        let name = |key: Key| sources.get(key)?.map(|entry| header(&entry)).transpose();
        let (called, email) = (name(keys::PROXY_NAME_HEADER)?, name(keys::PROXY_EMAIL_HEADER)?);
        let titles = [name(keys::PROXY_ROLES_HEADER)?, name(keys::PROXY_GROUPS_HEADER)?].into_iter().flatten().collect();
        let Some(entry) = sources.get(keys::PROXY_HEADER)? else { return Ok(None) };
        let user = header(&entry)?;
        Ok(Some((entry, Self { user, name: called, email, titles })))
    }
}

/// The name of a header, in lower case as it is compared. Those that browsers fill are none that a proxy vouches with.
fn header(entry: &Entry) -> Result<String, ConfigError> {
    const BROWSERS: [&str; 5] = ["authorization", "cookie", "host", "origin", "user-agent"];
    entry.parsed("the name of a header that the proxy sets, such as X-Remote-User", |text| {
        let fits = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let name = text.to_ascii_lowercase();
        (fits && !BROWSERS.contains(&name.as_str())).then_some(name)
    })
}
