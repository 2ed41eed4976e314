//! Files that people attach.

use super::error::ConfigError;
use super::keys;
use super::sources::Sources;

/// How large a file may be where nothing is configured, in megabytes.
const LARGEST_MB: u32 = 10;

/// The most that can be configured, in megabytes: a file is held in memory while it is taken in.
const MOST_MB: u32 = 50;

/// Files that people attach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachmentsConfig {
    /// How large a file may be, in megabytes (1 000 000 bytes); `0` where none are taken.
    pub largest_mb: u32,
}

impl AttachmentsConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let given = sources.get(keys::ATTACHMENTS_LARGEST_MB)?.map(|entry| entry.count(MOST_MB)).transpose()?;
        Ok(Self { largest_mb: given.unwrap_or(LARGEST_MB) })
    }
}
