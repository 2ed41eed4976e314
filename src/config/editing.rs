//! How articles are kept.

use super::error::ConfigError;
use super::keys;
use super::sources::Sources;

/// After how many months an article is due for its next review where nothing is configured.
const REVIEW_MONTHS: u32 = 12;

/// The most that can be asked for: ten years.
const MOST: u32 = 10 * 12;

/// After how many months an article is due for its next review; 0: never.
pub(super) fn review_months(sources: &Sources) -> Result<u32, ConfigError> {
    sources.get(keys::REVIEW_MONTHS)?.map_or(Ok(REVIEW_MONTHS), |entry| entry.count(MOST))
}
