//! npm's packages for the tests that need some: fetched into the target folder, as a lock file names them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use firstline::testing::checkout;

/// The oldest node that the packages run on.
const OLDEST_NODE: u32 = 20;

/// The folder below the target folder with the packages of a folder below `tests/`, fetched where that has not been done.
///
/// # Errors
/// What is missing for that, in a sentence.
pub(crate) fn packages(of: &str) -> Result<PathBuf, String> {
    let node = Command::new("node").arg("--version").output().map_err(|error| format!("there is no node: {error}"))?;
    let version = String::from_utf8_lossy(&node.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("node is {version:?}; {OLDEST_NODE} or newer is needed"));
    }
    let (from, folder) = (checkout().join("tests").join(of), Path::new(env!("CARGO_TARGET_TMPDIR")).join(of));
    let same =
        |file: &str| fs::read(from.join(file)).is_ok_and(|ours| fs::read(folder.join(file)).is_ok_and(|there| there == ours));
    if same("package.json") && same("package-lock.json") && folder.join("node_modules/.package-lock.json").exists() {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), folder.join(file)).map_err(|error| error.to_string())?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]).current_dir(&folder);
    let output = npm.output().map_err(|error| format!("there is no npm: {error}"))?;
    if output.status.success() { Ok(folder) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// What was fetched; `None`, said in one line, where it could not be. In CI that is a failure.
pub(crate) fn or_left_out<'p>(what: &str, packages: &'p Result<PathBuf, String>) -> Option<&'p Path> {
    match packages {
        Ok(folder) => Some(folder),
        Err(missing) if std::env::var_os("CI").is_some() => panic!("{what} cannot run: {missing}"),
        Err(missing) => {
            println!("{what} is left out: {missing}");
            None
        }
    }
}
