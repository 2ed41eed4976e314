//! A real OpenID Connect provider (npm's `oidc-provider`), in a process of its own, and a browser to sign in with.

mod browser;

pub(crate) use browser::{Browser, Page};

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use firstline::testing::checkout;
use serde_json::{Value, json};

use crate::npm;

/// What was fetched, with the provider beside it: Node looks for packages beside the file that asks for them.
static PACKAGES: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    let folder = npm::packages("provider")?;
    let copied = fs::copy(checkout().join("tests/provider/provider.mjs"), folder.join("provider.mjs"));
    copied.map(|_| folder).map_err(|error| error.to_string())
});

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
        let folder = npm::or_left_out("signing in with a real provider", &PACKAGES)?;
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
