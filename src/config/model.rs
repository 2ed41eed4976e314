//! The language model.

use std::time::Duration;

use super::desk::web_address;
use super::entry::Entry;
use super::error::ConfigError;
use super::keys;
use super::secret::SecretText;
use super::sources::Sources;

/// The language model.
#[derive(Clone, Debug)]
pub struct ModelConfig {
    /// The OpenAI-compatible endpoint, without `/chat/completions`: `http://127.0.0.1:11434/v1`.
    pub url: String,
    /// The model's name there.
    pub name: String,
    /// The key that the endpoint asks for.
    pub key: Option<SecretText>,
    /// How long a question may wait for it.
    pub deadline: Duration,
    /// Whether it is asked which article answers.
    pub rerank: bool,
    /// Whether it is asked for a direct answer.
    pub rewrite: bool,
}

/// How long a question waits where nothing else is configured.
const DEADLINE: Duration = Duration::from_secs(3);

/// What may be configured, in milliseconds: nobody waits longer for an answer that is there already.
const DEADLINES: std::ops::RangeInclusive<u64> = 10..=15_000;

impl ModelConfig {
    /// The model as configured; `None` where no address is given. Everything else is checked all the same.
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let name = sources.get(keys::MODEL_NAME)?.map(|entry| entry.text().map(str::to_owned)).transpose()?;
        let key = sources.get(keys::MODEL_KEY)?.map(|entry| key(&entry)).transpose()?;
        let deadline = sources.get(keys::MODEL_DEADLINE_MS)?.map_or(Ok(DEADLINE), |entry| deadline(&entry))?;
        let rerank = sources.get(keys::MODEL_RERANK)?.map_or(Ok(true), |entry| entry.flag())?;
        let rewrite = sources.get(keys::MODEL_REWRITE)?.map_or(Ok(true), |entry| entry.flag())?;
        let Some(given) = sources.get(keys::MODEL_URL)? else { return Ok(None) };
        let url = given.parsed("an address such as http://127.0.0.1:11434/v1", web_address)?;
        let url = url.strip_suffix("/chat/completions").unwrap_or(&url).to_owned();
        let nameless = || given.wrong("needs the model's name beside it: `name` under [model], or FIRSTLINE_MODEL_NAME");
        Ok(Some(Self { url, name: name.ok_or_else(nameless)?, key, deadline, rerank, rewrite }))
    }

    /// Whether questions go to another machine unencrypted.
    #[must_use]
    pub fn is_open_to_listeners(&self) -> bool {
        let Some(rest) = self.url.strip_prefix("http://") else { return false };
        let host = rest.split('/').next().unwrap_or_default();
        !["127.", "localhost", "[::1]"].iter().any(|local| host.starts_with(local))
    }
}

fn key(entry: &Entry) -> Result<SecretText, ConfigError> {
    let text = entry.text()?;
    if text.chars().all(|c| c.is_ascii_graphic()) {
        return Ok(SecretText::new(text));
    }
    Err(entry.wrong("must be the endpoint's key, in ASCII and without spaces"))
}

fn deadline(entry: &Entry) -> Result<Duration, ConfigError> {
    let millis = entry.number_id().ok().filter(|millis| DEADLINES.contains(millis));
    let wanted = format!("must be a number of milliseconds from {} to {}", DEADLINES.start(), DEADLINES.end());
    millis.map(Duration::from_millis).ok_or_else(|| entry.wrong(wanted))
}
