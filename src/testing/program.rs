//! The real program in a process of its own, so that it can be killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use tokio::sync::watch;

/// How long a test waits for the program to do something before it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// What our variables begin with: none of the test's own may reach the program.
const PREFIX: &str = "FIRSTLINE_";

/// How to start the program: the binary, the folder it is started in, its arguments and variables.
#[derive(Clone, Debug)]
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

/// A signal that a process can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// What a service manager sends.
    Terminate,
    /// What Ctrl-C sends.
    Interrupt,
}

/// The program, running.
pub struct Process {
    child: Child,
    seen: watch::Receiver<Seen>,
    client: Client,
}

/// What a process has written so far.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// On standard output.
    pub out: String,
    /// On standard error.
    pub err: String,
    open: usize,
}

/// How a process ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote.
    pub seen: Seen,
}

impl Program {
    /// The program that is started in `folder`: what it keeps in `data/` is kept there.
    #[must_use]
    pub fn new(binary: &str, folder: &Path) -> Self {
        Self { binary: binary.into(), folder: folder.to_owned(), arguments: Vec::new(), variables: Vec::new() }
    }

    /// With an environment variable more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// With these arguments.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        self
    }

    /// Starts it.
    ///
    /// # Panics
    /// Where the binary cannot be run.
    #[must_use]
    pub fn spawn(&self) -> Process {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(PREFIX)) {
            command.env_remove(name);
        }
        // Whatever goes wrong: nobody but a developer wants to see a backtrace, and the program must not show one.
        command.env("RUST_BACKTRACE", "1").envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.args(&self.arguments).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary can be run");
        let (tell, seen) = watch::channel(Seen { open: 2, ..Seen::default() });
        let (out, err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
        let told = tell.clone();
        thread::spawn(move || listen(out, &told, |seen| &mut seen.out));
        thread::spawn(move || listen(err, &tell, |seen| &mut seen.err));
        Process { child, seen, client: Client::builder().timeout(PATIENCE).build().expect("a client") }
    }

    /// Starts it and waits until it runs.
    ///
    /// # Panics
    /// Where it does not.
    pub async fn start(&self) -> Process {
        let mut process = self.spawn();
        let seen = process.wait_for("the start screen", |seen| seen.url().is_some() || seen.has_ended()).await;
        assert!(seen.url().is_some(), "the program does not run:\n{}{}", seen.out, seen.err);
        process
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// Where it does not end by itself.
    pub async fn run(&self) -> Ended {
        self.spawn().ended().await
    }
}

impl Process {
    /// Where it is reached: `http://127.0.0.1:PORT`.
    ///
    /// # Panics
    /// Where it has not said so.
    #[must_use]
    pub fn url(&self) -> String {
        self.seen.borrow().url().expect("the program runs")
    }

    /// What it has written so far.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// What it writes, as it goes on writing.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seen> {
        self.seen.clone()
    }

    /// Waits until what it has written `fits`.
    ///
    /// # Panics
    /// With what it wrote, where that does not come in a minute.
    pub async fn wait_for(&mut self, what: &str, fits: impl Fn(&Seen) -> bool) -> Seen {
        let fitting = tokio::time::timeout(PATIENCE, self.seen.wait_for(|seen| fits(seen))).await;
        let fitting = fitting.map(|seen| seen.map(|seen| seen.clone()));
        match fitting {
            Ok(Ok(seen)) => seen,
            _ => panic!("waited in vain for {what}:\n{}{}", self.seen.borrow().out, self.seen.borrow().err),
        }
    }

    /// Calls it and gives back the status and the JSON (`null` where there is none); `None` where it died over it.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> Option<(StatusCode, Value)> {
        let mut request = self.client.request(method, format!("{}{path}", self.url()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.ok()?;
        let status = response.status();
        let text = response.text().await.ok()?;
        Some((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// Sends it a signal that it may hear.
    ///
    /// # Panics
    /// Where there is no shell to send it.
    pub fn signal(&self, signal: Signal) {
        let name = match signal {
            Signal::Terminate => "TERM",
            Signal::Interrupt => "INT",
        };
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status();
        assert!(sent.expect("a shell").success(), "the signal could not be sent");
    }

    /// Kills it: it hears nothing of that.
    ///
    /// # Panics
    /// Where it cannot be killed.
    pub async fn kill(mut self) -> Ended {
        self.child.kill().expect("it can be killed");
        self.ended().await
    }

    /// Stops it as a service manager would.
    ///
    /// # Panics
    /// Where it does not stop, or not in peace.
    pub async fn stop(self) -> Ended {
        self.signal(Signal::Terminate);
        let ended = self.ended().await;
        assert_eq!(ended.code, Some(0), "it stops in peace:\n{}", ended.seen.err);
        ended
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// With what it wrote, where it does not end in a minute.
    pub async fn ended(mut self) -> Ended {
        let seen = self.wait_for("the program's end", Seen::has_ended).await;
        let status: ExitStatus = self.child.wait().expect("it was started by us");
        Ended { code: status.code(), seen }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that failed leaves nothing running; a process that has ended cannot be killed any more.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Seen {
    /// Whether nothing more can come.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.open == 0
    }

    /// What the start screen says in the row with this name.
    #[must_use]
    pub fn row(&self, name: &str) -> Option<&str> {
        self.out.lines().find_map(|line| line.trim_start().strip_prefix(name)).map(str::trim)
    }

    /// Where it is reached, once the start screen stands there whole.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        self.out.contains("Ctrl-C").then(|| self.row("Employees ask").map(|url| url.trim_end_matches('/').to_owned()))?
    }
}

/// Passes on what a process writes, line by line, until it closes the pipe.
fn listen(pipe: impl Read, tell: &watch::Sender<Seen>, which: fn(&mut Seen) -> &mut String) {
    for line in BufReader::new(pipe).lines().map_while(Result::ok) {
        tell.send_modify(|seen| {
            let text = which(seen);
            text.push_str(&line);
            text.push('\n');
        });
    }
    tell.send_modify(|seen| seen.open -= 1);
}
