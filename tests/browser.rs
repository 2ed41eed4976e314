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

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use firstline::testing::checkout;

use crate::kills::BINARY;
use crate::npm;

/// Where Chromium may be; `FIRSTLINE_TEST_CHROMIUM` goes before.
const CHROMIUM: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

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
    let Some(packages) = npm::or_left_out(script, &PACKAGES) else { return };
    let mut command = Command::new("node");
    command.arg(checkout().join("tests/browser").join(script)).stdin(Stdio::null());
    command.env("FIRSTLINE_TEST_PACKAGES", packages).env("FIRSTLINE_TEST_BINARY", BINARY);
    let output = command.output().expect("node runs");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}:\n{told}");
    println!("{told}");
}

/// The packages, where there is a browser to use them.
fn packages() -> Result<PathBuf, String> {
    let chromium = std::env::var("FIRSTLINE_TEST_CHROMIUM").ok();
    if !chromium.iter().map(String::as_str).chain(CHROMIUM).any(|file| Path::new(file).exists()) {
        return Err("there is no Chromium; install it, or name it with FIRSTLINE_TEST_CHROMIUM".to_owned());
    }
    npm::packages("browser")
}
