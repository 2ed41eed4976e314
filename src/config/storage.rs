//! Where things are kept.

use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::keys;
use super::secret::SecretText;
use super::sources::Sources;

/// Where things are kept.
#[derive(Clone, Debug)]
pub struct StorageConfig {
    /// The folder for the database, the index and what else the program writes.
    pub data: PathBuf,
    /// The knowledge base's folder.
    pub kb: PathBuf,
    /// The database's URL: `sqlite:…` or `postgres:…`.
    pub database: SecretText,
}

impl StorageConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let folder = |key, default: &str| -> Result<PathBuf, ConfigError> {
            let given = sources.get(key)?;
            given.map_or_else(|| Ok(PathBuf::from(default)), |entry| entry.text().map(PathBuf::from))
        };
        let data = folder(keys::DATA, "data")?;
        Ok(Self { kb: folder(keys::KB, "kb")?, database: database(sources, &data)?, data })
    }
}

fn database(sources: &Sources, data: &Path) -> Result<SecretText, ConfigError> {
    let Some(entry) = sources.get(keys::DATABASE)? else { return Ok(SecretText::new(sqlite_in(data))) };
    let url = entry.text()?;
    if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(SecretText::new(url));
    }
    Err(entry.wrong("must be a URL that begins with sqlite: or postgres:"))
}

/// The URL of the SQLite file in the data folder: the path as it is.
fn sqlite_in(data: &Path) -> String {
    format!("sqlite:{}", data.join("firstline.db").display())
}
