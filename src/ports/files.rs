//! The need to keep what is in attached files, outside the database.

use async_trait::async_trait;

use super::store::{Recorded, StoreError};
use crate::domain::attachment::FileKind;
use crate::domain::ids::{ConversationId, FileId};
use crate::domain::time::Timestamp;

/// Keeps the bytes of files, each under its identifier. Who may read one is asked elsewhere.
#[async_trait]
pub trait Files: Send + Sync {
    /// Finds out what a file really holds, takes out what a picture tells besides what it shows, and keeps it; returns when it
    /// would survive a power cut. `None`, and nothing is kept, where it is of no kind that is taken.
    async fn keep(&self, id: FileId, bytes: Vec<u8>) -> Result<Option<Kept>, FilesError>;

    /// The bytes of a file; `None` where it is not there.
    async fn read(&self, id: FileId) -> Result<Option<Vec<u8>>, FilesError>;

    /// Removes a file, if it is there.
    async fn remove(&self, id: FileId) -> Result<(), FilesError>;

    /// The files that there are and when each was written, in no order.
    async fn all(&self) -> Result<Vec<(FileId, Timestamp)>, FilesError>;
}

/// What was kept of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it holds.
    pub kind: FileKind,
    /// How large it is, in bytes.
    pub size: u64,
}

/// Why the bytes of a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("the folder of attached files failed while it {doing}")]
pub struct FilesError {
    /// What was under way: "kept a file".
    pub doing: &'static str,
    /// The system's own error.
    #[source]
    pub source: std::io::Error,
}

/// What the store knows of attached files.
#[async_trait]
pub trait Attachments: Send + Sync {
    /// The line that a file is; `None` where no conversation has it.
    async fn attached(&self, file: FileId) -> Result<Option<Recorded>, StoreError>;

    /// How many files a conversation holds.
    async fn files_held(&self, conversation: ConversationId) -> Result<usize, StoreError>;
}
