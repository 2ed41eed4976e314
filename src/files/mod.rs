//! What is in attached files: a folder beside the database, one file for each, named by its identifier.
//!
//! Files are looked into here: what they really hold is found out by their content, and what a photograph tells about where it
//! was taken is removed.

mod kind;
mod traces;

use kind::kind_of;
use traces::without_traces;

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use async_trait::async_trait;
use tokio::task::spawn_blocking;

use crate::domain::ids::FileId;
use crate::domain::time::Timestamp;
use crate::ports::{Files, FilesError, Kept};

/// The folder of attached files.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path, which is made with its first file.
    #[must_use]
    pub const fn at(path: PathBuf) -> Self {
        Self(path)
    }

    fn path(&self, id: FileId) -> PathBuf {
        self.0.join(id.to_string())
    }

    async fn run<T: Send + 'static>(
        doing: &'static str,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> Result<T, FilesError> {
        let done = spawn_blocking(work).await.map_err(io::Error::other).and_then(|done| done);
        done.map_err(|source| FilesError { doing, source })
    }
}

#[async_trait]
impl Files for Folder {
    async fn keep(&self, id: FileId, bytes: Vec<u8>) -> Result<Option<Kept>, FilesError> {
        let (folder, path) = (self.0.clone(), self.path(id));
        let keep = move || {
            let cleaned = kind_of(&bytes).and_then(|kind| Some((kind, without_traces(kind, bytes)?)));
            let Some((kind, bytes)) = cleaned else { return Ok(None) };
            write(&folder, &path, &bytes)?;
            Ok(Some(Kept { kind, size: bytes.len() as u64 }))
        };
        Self::run("kept a file", keep).await
    }

    async fn read(&self, id: FileId) -> Result<Option<Vec<u8>>, FilesError> {
        let path = self.path(id);
        Self::run("read a file", move || if_there(std::fs::read(path))).await
    }

    async fn remove(&self, id: FileId) -> Result<(), FilesError> {
        let path = self.path(id);
        Self::run("removed a file", move || {
            if_there(std::fs::remove_file(path.with_extension("part")))?;
            if_there(std::fs::remove_file(path)).map(drop)
        })
        .await
    }

    async fn all(&self) -> Result<Vec<(FileId, Timestamp)>, FilesError> {
        let folder = self.0.clone();
        Self::run("listed files", move || Ok(if_there(list(&folder))?.unwrap_or_default())).await
    }
}

/// Writes beside, and moves into place what is safely on the disk: a reader never sees half a file.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let beside = path.with_extension("part");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    std::fs::File::open(folder)?.sync_all()
}

/// A half-written file that a crash left counts as the file that it was to become: it is as old.
fn list(folder: &Path) -> io::Result<Vec<(FileId, Timestamp)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, written) = (entry.path(), entry.metadata()?.modified()?);
        let since_1970 = written.duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
        let at = Timestamp::from_micros(i64::try_from(since_1970).unwrap_or(i64::MAX));
        let number = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
        found.extend(number.map(|number| (FileId::new(number), at)));
    }
    Ok(found)
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
