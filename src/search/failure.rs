//! What can go wrong with the index.

use std::path::PathBuf;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Neither the old index nor a new one can be opened there.
    #[error("the search index cannot be kept in {folder}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What went wrong.
        source: Box<tantivy::TantivyError>,
    },
    /// The index cannot be written.
    #[error("the search index cannot be written")]
    Engine(#[source] Box<tantivy::TantivyError>),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(source: tantivy::TantivyError) -> Self {
        Self::Engine(Box::new(source))
    }
}
