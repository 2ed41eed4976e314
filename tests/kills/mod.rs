//! The real program is killed, at named points between two steps and at random moments, and started again over the same data:
//! nothing is lost, and nothing is said twice.

mod api;
mod asking;
mod discord;
mod incidents;
mod learning;
mod random;
mod records;

use std::fs;
use std::path::PathBuf;

use firstline::testing::{Process, Program};
use tempfile::TempDir;

/// The real binary.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_firstline");

/// A folder in which the program keeps its data, and dies where it is told to.
pub(crate) struct Mortal {
    pub(crate) program: Program,
    folder: TempDir,
}

impl Mortal {
    pub(crate) fn new() -> Self {
        Self::of(BINARY)
    }

    /// One with another program than the one that was built for the tests.
    pub(crate) fn of(binary: &str) -> Self {
        let folder = TempDir::new().expect("a folder of its own");
        let kb = firstline::testing::checkout().join("kb");
        let program = Program::new(binary, folder.path())
            .with("FIRSTLINE_LISTEN", "127.0.0.1:0")
            .with("FIRSTLINE_KB", kb.display().to_string())
            .with("FIRSTLINE_API_TOKENS", "kari=kari-token-for-tests")
            .with("FIRSTLINE_TEST_CRASH_AT", format!("@{}", folder.path().join("crash").display()));
        Self { program, folder }
    }

    /// From now on the program dies where it comes to this point.
    pub(crate) fn dies_at(&self, point: &str) {
        fs::write(self.crash_file(), point).expect("the folder can be written");
    }

    /// Waits until it is dead. Started again, it lives on.
    pub(crate) async fn is_dead(&self, dying: Process) {
        let ended = dying.ended().await;
        assert_eq!(ended.code, None, "it died, and did not end by itself:\n{}", ended.seen.err);
        fs::remove_file(self.crash_file()).expect("it was told to die");
    }

    pub(crate) fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("data/firstline.db").display())
    }

    fn crash_file(&self) -> PathBuf {
        self.folder.path().join("crash")
    }
}
