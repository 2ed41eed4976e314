//! Which other sites may show the chat on their pages.

use super::desk::web_address;
use super::entry::Entry;
use super::error::ConfigError;
use super::keys;
use super::sources::Sources;

/// Which other sites may show the chat on their pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmbedConfig {
    /// Their origins, such as `https://intranett.example.no`; where there are none, the chat is not embedded anywhere.
    pub origins: Vec<String>,
}

impl EmbedConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let Some(given) = sources.get(keys::EMBED_ORIGINS)? else { return Ok(Self::default()) };
        let entries = given.list("a list of origins, such as [\"https://intranett.example.no\"]")?;
        let origins = entries.iter().map(read_origin).collect::<Result<_, _>>()?;
        Ok(Self { origins })
    }
}

fn read_origin(entry: &Entry) -> Result<String, ConfigError> {
    entry.parsed("an origin such as https://intranett.example.no, without a path", origin)
}

/// A scheme, a host and perhaps a port, as browsers write them: in lower case, and without the port that goes without saying.
fn origin(text: &str) -> Option<String> {
    let address = web_address(text)?.to_ascii_lowercase();
    let (scheme, host) = address.split_once("://")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let usual = if scheme == "https" { ":443" } else { ":80" };
    host.chars().all(plain).then(|| format!("{scheme}://{}", host.strip_suffix(usual).unwrap_or(host)))
}
