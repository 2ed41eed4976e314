//! The program in a folder of its own, with all that it logs: for stories about what it leaves behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use firstline::testing::{Process, TestBot, checkout};

use crate::kills::BINARY;

/// The program in a process of its own. It is killed where the test ends without stopping it.
pub(crate) struct Program {
    process: Process,
    /// Its API, and those who use it.
    pub(crate) bot: TestBot,
    /// The link that signs an operator in, once.
    pub(crate) sign_in_link: String,
    folder: PathBuf,
}

impl Program {
    /// Starts it over what earlier ones left in `folder`, with further settings as environment variables. It logs everything.
    pub(crate) async fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        let program = firstline::testing::Program::new(BINARY, folder)
            .with("FIRSTLINE_LISTEN", "127.0.0.1:0")
            .with("FIRSTLINE_DATA", data_in(folder).display().to_string())
            .with("FIRSTLINE_KB", checkout().join("kb").display().to_string())
            .with("FIRSTLINE_LOG", "trace")
            .with("FIRSTLINE_API_TOKENS", "kari=kari-token-for-tests,per=per-token-for-tests");
        let program = settings.iter().fold(program, |program, (name, value)| program.with(name, *value));
        let process = program.start().await;
        let sign_in_link = process.seen().row("sign in (once)").expect("a link to sign in").to_owned();
        Self { bot: TestBot::at(&process.url()), process, sign_in_link, folder: folder.to_owned() }
    }

    /// Everything that it and its forerunners logged: plain text, since nobody looks at it in a terminal.
    pub(crate) fn log(&self) -> String {
        let log = [log_in(&self.folder), self.process.seen().err].concat();
        assert!(!log.contains('\u{1b}'), "there are a terminal's colours in a file:\n{log}");
        log
    }

    /// The figures that it shows to whoever watches over it.
    pub(crate) async fn metrics(&self) -> String {
        let answer = reqwest::get(format!("{}/metrics", self.bot.url())).await.expect("the figures");
        answer.text().await.expect("a whole answer")
    }

    /// Stops as an administrator would, and waits until everything is kept. What it logged stays in the folder.
    pub(crate) async fn stop(self) {
        let ended = self.process.stop().await;
        fs::write(log_of(&self.folder), [log_in(&self.folder), ended.seen.err].concat()).expect("the log is kept");
    }
}

/// One of the program's commands over the same folder; what it printed.
pub(crate) fn runs(folder: &Path, arguments: &[&str]) -> String {
    let output = tried(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// One of the program's commands over the same folder, however it ends.
pub(crate) fn tried(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(BINARY);
    command.env_clear().current_dir(folder).env("FIRSTLINE_DATA", data_in(folder));
    command.env("FIRSTLINE_KB", checkout().join("kb")).args(arguments).output().expect("the program runs")
}

/// Where the program keeps things.
pub(crate) fn data_in(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn log_of(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// What those logged that have been stopped; nothing where none has.
fn log_in(folder: &Path) -> String {
    fs::read_to_string(log_of(folder)).unwrap_or_default()
}
