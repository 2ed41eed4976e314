//! Whether and when learned questions count.

use super::entry::Entry;
use super::error::ConfigError;
use super::keys;
use super::sources::Sources;
use crate::domain::learned::LearningPolicy;

/// How many people must have confirmed a question where nothing is configured.
const CONFIRMATIONS: u32 = 3;

/// The most that can be asked for; more would never be reached.
const MOST: u32 = 1_000;

/// What is said about learning.
pub(super) fn read(sources: &Sources) -> Result<LearningPolicy, ConfigError> {
    let enabled = sources.get(keys::LEARNING_ENABLED)?.as_ref().map(Entry::flag).transpose()?;
    let confirmations = sources.get(keys::LEARNING_CONFIRMATIONS)?.map(|entry| entry.count(MOST)).transpose()?;
    Ok(LearningPolicy { enabled: enabled.unwrap_or(true), confirmations: confirmations.unwrap_or(CONFIRMATIONS) })
}
