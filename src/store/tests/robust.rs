//! What the SQL store does with rows that it never wrote, and how it sets SQLite up.

use sqlx::{AnyConnection, Connection, Executor, Row};

use super::Database;
use crate::domain::ids::ConversationId;
use crate::domain::message::Visibility;
use crate::ports::{Conversations, StoreError};
use crate::store::SqlStore;
use crate::store::contract::evening::{Evening, Wants};

/// SQLite's number for `synchronous = FULL`.
const SYNCHRONOUS_FULL: i64 = 2;

struct Damaged {
    evening: Evening,
    database: Database,
    folder: tempfile::TempDir,
}

impl Damaged {
    /// A store with a ticket in it, of whose rows some are then changed behind its back.
    async fn by(statement: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("firstline.db").display());
        let database = Database::at(url.clone());
        let evening = Evening::on(&database).await;
        evening.ticket("Ola", Wants::Person).await;
        evening.ticket("Kari", Wants::Person).await;
        let mut connection = AnyConnection::connect(&url).await.unwrap();
        connection.execute(statement).await.unwrap();
        connection.close().await.unwrap();
        Self { evening, database, folder }
    }

    async fn clean_up(self) {
        self.database.close().await;
        drop(self.folder);
    }
}

fn unreadable<T>(outcome: Result<T, StoreError>) -> &'static str {
    match outcome {
        Err(StoreError::Unreadable { what, .. }) => what,
        Err(other) => panic!("another error: {other:?}"),
        Ok(_) => panic!("it was read"),
    }
}

#[tokio::test]
async fn a_row_that_nobody_wrote_is_an_error_and_no_panic() {
    let cases = [
        ("UPDATE conversation SET phase = 'asleep'", "phase"),
        ("UPDATE conversation SET shown = '{\"kind\":\"film\"}'", "conversation"),
        ("UPDATE conversation SET lang = 'sv'", "language"),
        ("UPDATE ticket SET status = 'taken'", "ticket"),
        ("UPDATE ticket SET priority = 7", "priority"),
    ];
    for (statement, what) in cases {
        let damaged = Damaged::by(statement).await;
        let read = damaged.evening.store.conversations_after(None, 1).await;
        assert_eq!(unreadable(read), what, "{statement}");
        damaged.clean_up().await;
    }
}

#[tokio::test]
async fn an_unreadable_line_is_an_error_that_tells_nobodys_words() {
    let damaged = Damaged::by("UPDATE message SET content = 'Ola skreiv dette'").await;
    let conversation = damaged.evening.store.conversations_after(None, 1).await.unwrap()[0].id;
    match damaged.evening.store.lines(conversation, None, Visibility::Desk).await {
        Err(error @ StoreError::Unreadable { .. }) => assert!(!error.to_string().contains("Ola"), "{error}"),
        other => panic!("{other:?}"),
    }
    damaged.clean_up().await;
}

#[tokio::test]
async fn an_errand_that_nobody_can_read_does_not_hold_up_the_others() {
    let damaged = Damaged::by("UPDATE outbox SET errand = '{}' WHERE id = (SELECT MIN(id) FROM outbox)").await;
    let (store, now) = (&damaged.evening.store, damaged.evening.now());
    let leased = store.lease(now, now, 10).await.unwrap();
    assert_eq!(leased.len(), 1, "the other conversation's");
    assert_eq!(store.stuck(10).await.unwrap().len(), 1);
    assert_eq!(store.lease(now, now, 10).await.unwrap().len(), 2, "the next of the same conversation");
    damaged.clean_up().await;
}

#[tokio::test]
async fn sqlite_is_set_up_to_survive_a_power_cut() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open(&format!("sqlite:{}", folder.path().join("firstline.db").display())).await.unwrap();
    for (setting, expected) in [("PRAGMA synchronous", SYNCHRONOUS_FULL), ("PRAGMA foreign_keys", 1)] {
        let row = sqlx::query(setting).fetch_one(store.writer.pool()).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), expected, "{setting}");
    }
    let refused = store.readers.execute("DELETE FROM conversation").await;
    assert!(refused.is_err(), "who reads cannot write");
    assert_eq!(store.conversation(ConversationId::new(1)).await.unwrap(), None);
    store.close().await;
}
