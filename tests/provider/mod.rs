//! A real OpenID Connect provider (npm's `oidc-provider`), in a process of its own, and a browser to sign in with.

mod browser;

pub(crate) use browser::{Browser, Page};

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use firstline::testing::checkout;
use serde_json::{Value, json};

/// The provider. It ends with the test.
pub(crate) struct Provider {
    child: Child,
    /// Its name for itself, and where it is.
    pub(crate) issuer: String,
}

impl Provider {
    /// Starts it; `None`, said in one line, where Node is not to be had. In CI that is a failure.
    pub(crate) fn start() -> Option<Self> {
        Self::start_at("0")
    }

    /// Ends it and starts it anew at the same address, with other keys.
    pub(crate) fn restart(self) -> Self {
        let port = self.issuer.rsplit(':').next().expect("a port").to_owned();
        drop(self);
        Self::start_at(&port).expect("it was there before")
    }

    fn start_at(port: &str) -> Option<Self> {
        static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
        let folder = INSTALLED.get_or_init(installed).as_ref()?;
        let mut command = Command::new("node");
        command
            .args(["provider.mjs", port])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("node starts");
        let mut issuer = String::new();
        let told = BufReader::new(child.stdout.take().expect("what it prints")).read_line(&mut issuer);
        assert!(told.is_ok_and(|length| length > 0), "the provider does not start");
        Some(Self { child, issuer: issuer.trim().to_owned() })
    }

    /// The next who signs in is this person, with what is known of them there.
    pub(crate) async fn next(&self, id: &str, claims: Value) {
        self.tell(json!({ "id": id, "claims": claims })).await;
    }

    /// The same for a provider that puts nothing but the subject into the token, and lists groups elsewhere.
    pub(crate) async fn next_sparing(&self, id: &str, claims: Value, groups: Value) {
        self.tell(json!({ "id": id, "claims": claims, "sparing": true, "groups": groups })).await;
    }

    /// The next who is led there gives up.
    pub(crate) async fn nobody(&self) {
        self.tell(json!({})).await;
    }

    async fn tell(&self, person: Value) {
        let told = reqwest::Client::new().post(format!("{}/next", self.issuer)).json(&person).send().await;
        assert!(told.expect("the provider answers").status().is_success());
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It has ended already where a test has stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder where the provider is installed, below the target folder.
fn installed() -> Option<PathBuf> {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !runs("node") || !runs("npm") {
        assert!(std::env::var_os("CI").is_none(), "signing in cannot be tested: node and npm are missing");
        eprintln!("signing in with a real provider is not tested: node and npm are missing");
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oidc-provider");
    fs::create_dir_all(&folder).expect("a folder below the target folder");
    let from = checkout().join("tests/provider");
    let lock = fs::read_to_string(from.join("package-lock.json")).expect("the lock file");
    let marker = folder.join("installed");
    let is_there = fs::read_to_string(&marker).is_ok_and(|of| of == lock);
    for name in ["package.json", "package-lock.json", "provider.mjs"] {
        fs::copy(from.join(name), folder.join(name)).expect("the provider's files");
    }
    if !is_there {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        let output = npm.output().expect("npm runs");
        assert!(output.status.success(), "npm ci: {}", String::from_utf8_lossy(&output.stderr));
        fs::write(marker, lock).expect("a note of what is installed");
    }
    Some(folder)
}
