//! The last run of each file of questions, kept in the data folder.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::compare::Run;

/// Where the last run is kept.
pub(super) struct LastRun(PathBuf);

impl LastRun {
    /// The last run of these questions against this knowledge base.
    pub(super) fn of(data: &Path, questions: &Path, kb: &Path) -> Self {
        let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let digest = Sha256::digest(format!("{}\n{}", whole(questions).display(), whole(kb).display()).as_bytes());
        let name = digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        Self(data.join("eval").join(format!("{name}.json")))
    }

    /// The run; `None` where there is none that can be read.
    pub(super) fn read(&self) -> Option<Run> {
        serde_json::from_slice(&std::fs::read(&self.0).ok()?).ok()
    }

    /// Keeps a run instead of the one before, whole or not at all.
    pub(super) fn keep(&self, run: &Run) -> io::Result<()> {
        if let Some(folder) = self.0.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let unfinished = self.0.with_extension("new");
        std::fs::write(&unfinished, serde_json::to_vec(run)?)?;
        std::fs::rename(&unfinished, &self.0)
    }
}
