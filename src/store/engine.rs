//! Where SQLite and PostgreSQL differ, and nowhere else.

use std::path::{Path, PathBuf};

use super::sql::oldest;

/// Which database engine a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    /// A file, written by this process alone.
    Sqlite,
    /// A server, written by any number of processes.
    Postgres,
}

/// What connections of a pool are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Reading alone.
    Read,
    /// Writing too.
    Write,
}

macro_rules! lease {
    ($locking:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (SELECT o.id FROM outbox o WHERE o.due_at <= $1 AND ",
            oldest!(),
            " ORDER BY o.id LIMIT $3",
            $locking,
            ") UPDATE outbox SET due_at = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) RETURNING id"
        )
    };
}

impl Engine {
    /// The engine of a database URL.
    pub(super) fn of(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    /// What every new connection is told first.
    pub(super) const fn settings(self, purpose: Use) -> &'static [&'static str] {
        match (self, purpose) {
            (Self::Sqlite, Use::Write) => &[
                "PRAGMA busy_timeout = 5000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
            ],
            (Self::Sqlite, Use::Read) => &["PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON"],
            (Self::Postgres, _) => &["SET lock_timeout = '10s'", "SET statement_timeout = '30s'"],
        }
    }

    /// How a writing transaction begins. SQLite takes the write lock at once, so that it is never refused half-way.
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }

    /// Takes errands: `$1` now, `$2` until when they are held, `$3` how many. PostgreSQL passes over what another instance is taking.
    pub(super) const fn lease(self) -> &'static str {
        match self {
            Self::Sqlite => lease!(""),
            Self::Postgres => lease!(" FOR UPDATE OF o SKIP LOCKED"),
        }
    }

    /// Whether the same transaction may well succeed the next time: it lost to another one.
    pub(super) fn lost_a_race(self, error: &sqlx::Error) -> bool {
        const SERIALIZATION_FAILURE: &str = "40001";
        const DEADLOCK: &str = "40P01";
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        self == Self::Postgres && code.is_some_and(|code| code == SERIALIZATION_FAILURE || code == DEADLOCK)
    }
}

/// The file of a SQLite URL, whose path is taken as it is written; `None` for a database in memory, which several connections
/// cannot share.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.rsplit_once('?').filter(|(_, after)| after.contains('=')).map_or(rest, |(path, _)| path);
    (!path.is_empty() && !path.contains(":memory:")).then(|| PathBuf::from(path))
}

/// The URL that opens this file and makes it where it is missing, whatever characters its path has.
pub(super) fn sqlite_url(file: &Path) -> String {
    let path = file.to_string_lossy();
    let encoded = path.bytes().map(|byte| match byte {
        b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("sqlite://{}?mode=rwc", encoded.collect::<String>())
}

/// A database URL as it may be shown: without the password and without parameters, which can hold one.
pub(super) fn shown(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    let name = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{name}@{host}")
}
