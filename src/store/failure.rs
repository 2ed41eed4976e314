//! What goes wrong inside the store, before it is known what was under way.

use crate::ports::StoreError;

/// Why a statement or a conversion failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The database refused or was away.
    #[error("the database failed")]
    Sql(#[from] sqlx::Error),
    /// A row holds what this program never writes.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

/// A row or document that this program never wrote.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable {what}: {detail}")]
pub(super) struct Unreadable {
    /// Which kind of row, document or word.
    pub(super) what: &'static str,
    /// What is wrong with it, without anybody's text.
    pub(super) detail: String,
}

/// What a simulation makes of a call that it lets fail.
pub(super) fn unreachable(doing: &'static str) -> StoreError {
    Failure::from(sqlx::Error::PoolTimedOut).while_it(doing)
}

impl Failure {
    /// The port's error for a failure while the database did something ("read a conversation").
    pub(super) fn while_it(self, doing: &'static str) -> StoreError {
        match self {
            Self::Sql(sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed) => StoreError::Closed,
            Self::Sql(source) => StoreError::Database { doing, source: Box::new(source) },
            Self::Unreadable(Unreadable { what, detail }) => StoreError::Unreadable { what, detail },
        }
    }
}
