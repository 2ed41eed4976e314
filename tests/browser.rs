//! The pages in a real browser: axe-core on every page, journeys by keyboard and without scripts, and what pages weigh.
//!
//! `tests/browser/` holds the tests themselves, which npm's packages and Chromium run over the program. They are left out
//! with one line where npm, node or Chromium is missing; where `CI` is set, that is a failure. By hand, for one page or journey:
//!
//! ```text
//! npm ci --prefix tests/browser --ignore-scripts
//! node tests/browser/accessible.mjs ticket
//! node tests/browser/journeys.mjs keyboard
//! node tests/browser/measure.mjs
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use firstline::testing::checkout;

use crate::kills::BINARY;

/// Where Chromium may be; `FIRSTLINE_TEST_CHROMIUM` goes before.
const CHROMIUM: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// The oldest node that playwright-core runs on.
const OLDEST_NODE: u32 = 20;

/// The folder with npm's packages, fetched once for all tests; `Err` says what is missing for that.
static PACKAGES: LazyLock<Result<PathBuf, String>> = LazyLock::new(packages);

#[test]
fn every_page_is_accessible() {
    runs("accessible.mjs");
}

#[test]
fn people_get_where_they_want_to() {
    runs("journeys.mjs");
}

#[test]
fn pages_are_light_and_the_first_answer_is_soon_there() {
    runs("measure.mjs");
}

/// Runs one of the scripts to its end.
fn runs(script: &str) {
    let packages = match &*PACKAGES {
        Ok(packages) => packages,
        Err(missing) if std::env::var_os("CI").is_some() => panic!("{script} cannot run: {missing}"),
        Err(missing) => return println!("{script} is left out: {missing}"),
    };
    let mut command = Command::new("node");
    command.arg(checkout().join("tests/browser").join(script)).stdin(Stdio::null());
    command.env("FIRSTLINE_TEST_PACKAGES", packages).env("FIRSTLINE_TEST_BINARY", BINARY);
    let output = command.output().expect("node runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}:\n{told}");
    println!("{told}");
}

/// Fetches what the lock names into the target folder, where that has not been done.
fn packages() -> Result<PathBuf, String> {
    let chromium = std::env::var("FIRSTLINE_TEST_CHROMIUM").ok();
    if !chromium.iter().map(String::as_str).chain(CHROMIUM).any(|file| Path::new(file).exists()) {
        return Err("there is no Chromium; install it, or name it with FIRSTLINE_TEST_CHROMIUM".to_owned());
    }
    let node = Command::new("node").arg("--version").output().map_err(|error| format!("there is no node: {error}"))?;
    let version = String::from_utf8_lossy(&node.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("node is {version:?}; playwright-core wants {OLDEST_NODE} or newer"));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let same = |file: &str| fs::read(ours(file)).is_ok_and(|ours| fs::read(folder.join(file)).is_ok_and(|there| there == ours));
    if same("package.json") && same("package-lock.json") && folder.join("node_modules/.package-lock.json").exists() {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(ours(file), folder.join(file)).map_err(|error| error.to_string())?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]).current_dir(&folder);
    let output = npm.output().map_err(|error| format!("there is no npm: {error}"))?;
    if output.status.success() { Ok(folder) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn ours(file: &str) -> PathBuf {
    checkout().join("tests/browser").join(file)
}
