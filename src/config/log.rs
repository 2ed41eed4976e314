//! How the log is written.

use super::error::ConfigError;
use super::keys;
use super::sources::Sources;

/// How the log is written.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A filter such as `info` or `firstline=debug,warn`.
    pub filter: String,
    /// As JSON lines rather than as text.
    pub json: bool,
}

/// What is logged where nothing is configured: our own doings, and what libraries warn of.
const DEFAULT_FILTER: &str = "warn,firstline=info";

impl LogConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let wanted = "a log filter such as info or firstline=debug,warn";
        let valid = |text: &str| text.parse::<tracing_subscriber::filter::Targets>().ok().map(|_| text.to_owned());
        let filter = sources.get(keys::LOG_FILTER)?.map(|entry| entry.parsed(wanted, valid)).transpose()?;
        let json = sources.get(keys::LOG_FORMAT)?.map(|entry| entry.parsed("text or json", is_json)).transpose()?;
        Ok(Self { filter: filter.unwrap_or_else(|| DEFAULT_FILTER.to_owned()), json: json.unwrap_or(false) })
    }
}

fn is_json(format: &str) -> Option<bool> {
    match format {
        "text" => Some(false),
        "json" => Some(true),
        _ => None,
    }
}
