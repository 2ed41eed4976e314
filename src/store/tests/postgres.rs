//! The contract on a PostgreSQL server that the test starts for itself, where one is installed.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sqlx::{AssertSqlSafe, Connection, Executor, SqlSafeStr};

use super::{Database, STORIES, prepares_every_statement};
use crate::store::engine::Engine;

#[tokio::test]
async fn postgres_keeps_the_contract() {
    let Some(server) = Server::start() else { return };
    prepares_every_statement(&server.database("statements").await, Engine::Postgres).await;
    for story in STORIES {
        println!("{}", story.name);
        let database = Database::at(server.database(story.name).await);
        (story.play)(&database).await;
        database.close().await;
    }
}

/// A server of the test's own, on a socket in a temporary folder; it ends with this value.
struct Server {
    process: Child,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts a server. Where PostgreSQL is not installed it says so once and there is none; with `CI=true` that is a failure.
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "CI needs a PostgreSQL server to test the store on");
            eprintln!("skipped: the store's contract on PostgreSQL, since no PostgreSQL server is installed");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("fl").tempdir().unwrap();
        let user = unprivileged(folder.path());
        let data = folder.path().join("data");
        let made = command(&programs.join("initdb"), user)
            .args(["--auth=trust", "--username=firstline", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut process = command(&programs.join("postgres"), user)
            .args(["-c", "listen_addresses=", "-c", "fsync=off", "-D"])
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        wait_until_ready(&mut process);
        Some(Self { process, folder })
    }

    /// The URL of a new database.
    async fn database(&self, name: &str) -> String {
        let create = format!("CREATE DATABASE {name}");
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&self.url("postgres")).await.unwrap();
        connection.execute(AssertSqlSafe(create).into_sql_str()).await.unwrap();
        connection.close().await.unwrap();
        self.url(name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://firstline@localhost/{database}?host={}", self.folder.path().display())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGQUIT stops the server at once, its children with it; the data is of no further use.
        let asked = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            drop(self.process.kill());
        }
        drop(self.process.wait());
    }
}

/// The folder with `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = packaged.map(|version| version.path().join("bin"));
    let folders = packaged.chain(std::env::split_paths(&path)).chain([PathBuf::from("/usr/local/bin")]);
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// PostgreSQL refuses to run as root: then the folder goes to `nobody`, whose number this is.
fn unprivileged(folder: &Path) -> Option<u32> {
    const NOBODY: u32 = 65534;
    let root = folder.metadata().unwrap().uid() == 0;
    if root {
        chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    root.then_some(NOBODY)
}

fn command(program: &Path, user: Option<u32>) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={user}"), format!("--regid={user}")]).arg("--clear-groups").arg(program);
    command
}

/// Reads the server's log until it takes connections; a thread reads on, so that the server is never held up.
fn wait_until_ready(process: &mut Child) {
    let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
    let mut said = Vec::new();
    let ready = log.by_ref().map_while(Result::ok).any(|line| {
        let ready = line.contains("ready to accept connections");
        said.push(line);
        ready
    });
    assert!(ready, "PostgreSQL did not start: {said:?}");
    std::thread::spawn(move || log.map_while(Result::ok).for_each(drop));
}
