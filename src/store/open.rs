//! Opening the database: the file and its folder, the pools, the migrations.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, Connection, Executor, SqlSafeStr};

use super::engine::{Engine, Use, shown, sqlite_file, sqlite_url};

/// The migrations in order; what is released is never changed, only added to.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "conversations", include_str!("../../migrations/0001_conversations.sql")),
    (2, "outbox", include_str!("../../migrations/0002_outbox.sql")),
    (3, "desk", include_str!("../../migrations/0003_desk.sql")),
    (4, "upkeep", include_str!("../../migrations/0004_upkeep.sql")),
    (5, "learned", include_str!("../../migrations/0005_learned.sql")),
    (6, "roles", include_str!("../../migrations/0006_roles.sql")),
    (7, "sessions", include_str!("../../migrations/0007_sessions.sql")),
    (8, "desk verbs", include_str!("../../migrations/0008_desk_verbs.sql")),
    (9, "drafts", include_str!("../../migrations/0009_drafts.sql")),
    (10, "feedback", include_str!("../../migrations/0010_feedback.sql")),
    (11, "incidents", include_str!("../../migrations/0011_incidents.sql")),
    (12, "lately", include_str!("../../migrations/0012_lately.sql")),
    (13, "attachments", include_str!("../../migrations/0013_attachments.sql")),
    (14, "asking", include_str!("../../migrations/0014_asking.sql")),
    (15, "amendments", include_str!("../../migrations/0015_amendments.sql")),
    (16, "rooms", include_str!("../../migrations/0016_rooms.sql")),
    (17, "cards", include_str!("../../migrations/0017_cards.sql")),
    (18, "platform sign-ins", include_str!("../../migrations/0018_platform_sign_ins.sql")),
];

/// How many connections read, and on PostgreSQL how many write.
const CONNECTIONS: u32 = 8;

/// How long a caller waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the database could not be opened. Each names the database and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names no engine that is known here.
    #[error("the database {url} is of no known kind; write sqlite:FILE or postgres://USER@HOST/NAME")]
    UnknownKind {
        /// The URL without its password.
        url: String,
    },
    /// The URL names a SQLite database without a file.
    #[error("the database {url} has no file; write sqlite:FILE, since what is in memory only would be lost")]
    NoFile {
        /// The URL.
        url: String,
    },
    /// The folder for the database file is not there and could not be made.
    #[error("the folder {} for the database could not be made; check that its parent may be written to", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// Another process works on it.
    #[error(
        "another Firstline works on the database {url}; stop that one, or give this one a folder of its own with `data` or --data"
    )]
    InUse {
        /// The file.
        url: String,
    },
    /// The file is something else.
    #[error("{url} is not a database; move it away, or name another with `database` or FIRSTLINE_DATABASE")]
    NotADatabase {
        /// The file.
        url: String,
    },
    /// The database does not answer.
    #[error(
        "the database {url} could not be opened; check that it is there, that it may be read and written, and who else uses it"
    )]
    Connect {
        /// The file, or the URL without its password.
        url: String,
        /// The driver's own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database is of another version than this program.
    #[error(
        "the database {url} could not be brought to this version's form; use the version of the program that wrote it last, or restore a copy"
    )]
    Migrate {
        /// The file, or the URL without its password.
        url: String,
        /// The migrator's own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// An open database.
pub(super) struct Opened {
    /// What kind it is.
    pub(super) engine: Engine,
    /// For reading; on PostgreSQL the same connections as for writing.
    pub(super) readers: AnyPool,
    /// For writing; on SQLite one connection.
    pub(super) writers: AnyPool,
}

/// Opens the database and brings it to this version's form.
pub(super) async fn open(url: &str) -> Result<Opened, OpenError> {
    install_default_drivers();
    let engine = Engine::of(url).ok_or_else(|| OpenError::UnknownKind { url: shown(url) })?;
    let (url, name) = match engine {
        Engine::Sqlite => sqlite(url)?,
        Engine::Postgres => (url.to_owned(), shown(url)),
    };
    let failed = |source: sqlx::Error| cannot_open(&name, source);
    try_once(&url, engine).await.map_err(failed)?;
    let writers = pool(engine, Use::Write).connect(&url).await.map_err(failed)?;
    migrate(&writers).await.map_err(|source| OpenError::Migrate { url: name.clone(), source: Box::new(source) })?;
    let readers = match engine {
        Engine::Sqlite => pool(engine, Use::Read).connect(&url).await.map_err(failed)?,
        Engine::Postgres => writers.clone(),
    };
    Ok(Opened { engine, readers, writers })
}

fn cannot_open(name: &str, source: sqlx::Error) -> OpenError {
    /// SQLite's own code for a file that is none of its own.
    const NOT_A_DATABASE: &str = "26";
    let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
    if code.is_some_and(|code| code == NOT_A_DATABASE) {
        return OpenError::NotADatabase { url: name.to_owned() };
    }
    OpenError::Connect { url: name.to_owned(), source: Box::new(source) }
}

/// The URL to open a SQLite database by, and its file's name; its folder is made where it is missing.
fn sqlite(url: &str) -> Result<(String, String), OpenError> {
    let file = sqlite_file(url).ok_or_else(|| OpenError::NoFile { url: shown(url) })?;
    let file = std::path::absolute(&file).unwrap_or(file);
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    Ok((sqlite_url(&file), file.display().to_string()))
}

fn make_folder(folder: &Path) -> Result<(), OpenError> {
    std::fs::create_dir_all(folder).map_err(|source| OpenError::Folder { folder: folder.to_owned(), source })
}

/// Makes this process the only one that works on a SQLite database, until the lock is let go or the process ends, however it
/// ends; `None` for a database that several may work on.
pub(super) fn alone(url: &str) -> Result<Option<File>, OpenError> {
    let Some(file) = Engine::of(url).filter(|engine| *engine == Engine::Sqlite).and_then(|_| sqlite_file(url)) else {
        return Ok(None);
    };
    let name = file.display().to_string();
    let mut beside = file.into_os_string();
    beside.push(".lock");
    let failed = |source: io::Error| OpenError::Connect { url: name.clone(), source: Box::new(source) };
    let lock = File::create(beside).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { url: name }),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Opens one connection, for the sake of its error: a pool would go on trying for a while and then only say that time ran out.
async fn try_once(url: &str, engine: Engine) -> Result<(), sqlx::Error> {
    let mut connection = AnyConnection::connect(url).await?;
    set_up(&mut connection, engine, Use::Write).await?;
    connection.close().await
}

async fn set_up(connection: &mut AnyConnection, engine: Engine, purpose: Use) -> Result<(), sqlx::Error> {
    for setting in engine.settings(purpose) {
        connection.execute(*setting).await?;
    }
    Ok(())
}

fn pool(engine: Engine, purpose: Use) -> AnyPoolOptions {
    let connections = if (engine, purpose) == (Engine::Sqlite, Use::Write) { 1 } else { CONNECTIONS };
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    options
        .test_before_acquire(engine == Engine::Postgres)
        .after_connect(move |connection, _| Box::pin(set_up(connection, engine, purpose)))
}

async fn migrate(pool: &AnyPool) -> Result<(), MigrateError> {
    let migrations = MIGRATIONS.iter().map(|(version, name, text)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, (*text).into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect()).run(pool).await
}
