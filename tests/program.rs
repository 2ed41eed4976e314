//! The program itself, in a process of its own, with all that it logs: for stories about what it leaves behind.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use firstline::testing::TestBot;
use firstline::testing::checkout;

/// The program in a process of its own. It is killed where the test ends without stopping it.
pub(crate) struct Program {
    child: Child,
    /// What it prints goes on being read, so that it never waits for a reader.
    _screen: BufReader<ChildStdout>,
    /// Its API, and those who use it.
    pub(crate) bot: TestBot,
    /// The link that signs an operator in, once.
    pub(crate) sign_in_link: String,
    folder: PathBuf,
}

impl Program {
    /// Starts it over what earlier ones left in `folder`, with further settings as environment variables. It logs everything.
    pub(crate) fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = command(folder);
        let log = File::options().append(true).create(true).open(log_of(folder)).expect("a file for the log");
        command.env("FIRSTLINE_LISTEN", "127.0.0.1:0").env("FIRSTLINE_LOG", "trace").envs(settings.iter().copied());
        command.env("FIRSTLINE_API_TOKENS", "kari=kari-token-for-tests,per=per-token-for-tests");
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let mut screen = BufReader::new(child.stdout.take().expect("what it prints"));
        let shown = read_screen(&mut screen);
        let after = |row: &str| {
            let found = shown.lines().find_map(|line| line.trim().strip_prefix(row));
            found.unwrap_or_else(|| panic!("no {row:?} on the screen:\n{shown}\n{}", log_in(folder))).trim().to_owned()
        };
        let bot = TestBot::at(after("Employees ask").trim_end_matches('/'));
        Self { sign_in_link: after("sign in (once)"), bot, child, _screen: screen, folder: folder.to_owned() }
    }

    /// Everything that it and its forerunners logged: plain text, since nobody looks at it in a terminal.
    pub(crate) fn log(&self) -> String {
        let log = log_in(&self.folder);
        assert!(!log.contains('\u{1b}'), "there are a terminal's colours in a file:\n{log}");
        log
    }

    /// The figures that it shows to whoever watches over it.
    pub(crate) async fn metrics(&self) -> String {
        let answer = reqwest::get(format!("{}/metrics", self.bot.url())).await.expect("the figures");
        answer.text().await.expect("a whole answer")
    }

    /// Stops as an administrator would, and waits until everything is kept.
    pub(crate) fn stop(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("a signal");
        assert!(told.success());
        let ended = self.child.wait().expect("its end");
        assert!(ended.success(), "{ended}\n{}", self.log());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already where it was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
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
    command(folder).args(arguments).output().expect("the program runs")
}

/// Where the program keeps things.
pub(crate) fn data_in(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firstline"));
    command.env_clear().current_dir(folder).env("FIRSTLINE_DATA", data_in(folder));
    command.env("FIRSTLINE_KB", checkout().join("kb"));
    command
}

fn log_of(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn log_in(folder: &Path) -> String {
    fs::read_to_string(log_of(folder)).expect("the log is text")
}

/// What is printed at start; all that there is where it ends before.
fn read_screen(screen: &mut impl BufRead) -> String {
    let mut shown = String::new();
    while !shown.contains("Ctrl-C stops") && screen.read_line(&mut shown).expect("text") > 0 {}
    shown
}
