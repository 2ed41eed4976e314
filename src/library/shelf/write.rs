//! Writing files so that they are whole or not there at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the files that are being written.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Puts a text in place of a file, durably, and with its rights.
pub(super) fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let rights = fs::metadata(path)?.permissions();
    beside(path, text, |new| {
        fs::set_permissions(new, rights)?;
        fs::rename(new, path)
    })
}

/// Makes a file, durably; where there is one already, it stays and [`io::ErrorKind::AlreadyExists`] says so.
pub(super) fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder_of(path))?;
    beside(path, text, |new| match fs::hard_link(new, path) {
        // Not every file system has links.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(new, path),
        done => done,
    })
}

/// Removes a file, durably.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    sync(folder_of(path))
}

/// Whether files can be written in a folder: tried, since rights do not tell all.
pub(super) fn is_possible(folder: &Path) -> bool {
    let trial = fresh(folder, "trial");
    let made = File::options().write(true).create_new(true).open(&trial).is_ok();
    made && fs::remove_file(&trial).is_ok()
}

/// Writes the text beside its place and lets it be put there. Nothing is left beside it, whatever happens.
fn beside(path: &Path, text: &[u8], put: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let folder = folder_of(path);
    let new = fresh(folder, &path.file_name().unwrap_or_default().to_string_lossy());
    let written = write(&new, text).and_then(|()| put(&new));
    // It has its place by now, or is not wanted.
    let _ = fs::remove_file(&new);
    written.and_then(|()| sync(folder))
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// A name that nobody else has; hidden, so that it is no article.
fn fresh(folder: &Path, name: &str) -> PathBuf {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!(".{name}.{}-{number}.new", std::process::id()))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
