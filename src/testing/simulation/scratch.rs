//! A folder that is gone with its owner, in memory where the machine has such a place.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, io, process};

/// Where Linux keeps files in memory.
const IN_MEMORY: &str = "/dev/shm";

#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let above = if Path::new(IN_MEMORY).is_dir() { PathBuf::from(IN_MEMORY) } else { env::temp_dir() };
        let name = format!("firstline-simulation-{}-{}", process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let folder = above.join(name);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever cleans the machine.
        drop(fs::remove_dir_all(&self.0));
    }
}
