//! The contract on SQLite, and what is particular to it.

use super::{Database, STORIES, prepares_every_statement};
use crate::ports::{Store, StoreError};
use crate::store::contract::evening::{Evening, Wants};
use crate::store::engine::Engine;
use crate::store::{OpenError, SqlStore};

fn url(folder: &tempfile::TempDir) -> String {
    format!("sqlite:{}", folder.path().join("made/here/firstline.db").display())
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    for story in STORIES {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::at(url(&folder));
        println!("{}", story.name);
        (story.play)(&database).await;
        database.close().await;
    }
}

#[tokio::test]
async fn sqlite_understands_every_statement() {
    let folder = tempfile::tempdir().unwrap();
    prepares_every_statement(&url(&folder), Engine::Sqlite).await;
}

#[tokio::test]
async fn any_path_can_hold_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Brukarstøtte 100%/ærleg#?.db");
    for url in [format!("sqlite:{}", file.display()), format!("sqlite://{}?mode=rwc", file.display())] {
        let store = SqlStore::open(&url).await.unwrap();
        store.close().await;
        assert!(file.exists(), "{url}");
        std::fs::remove_file(&file).unwrap();
    }
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqlStore::open(&url(&folder)).await.unwrap();
    store.close().await;
    store.close().await;
    assert!(matches!(store.ping().await, Err(StoreError::Closed)));
    assert!(matches!(crate::ports::Outbox::waiting(&store).await, Err(StoreError::Closed)));
    let closed = crate::ports::Sessions::close_session(&store, &crate::ports::Hash("x".to_owned())).await;
    assert!(matches!(closed, Err(StoreError::Closed)));
}

#[tokio::test]
async fn one_process_works_on_a_database_and_takes_up_what_an_earlier_one_had_in_hand() {
    let folder = tempfile::tempdir().unwrap();
    let url = url(&folder);
    let database = Database::at(url.clone());
    let evening = Evening::on(&database).await;
    evening.ticket("Ola", Wants::Person).await;
    let (now, hold) = (evening.now(), evening.now().after(std::time::Duration::from_mins(1)));
    let first_errand = evening.store.lease(now, hold, 1).await.unwrap().remove(0);
    assert!(evening.store.lease(now, hold, 1).await.unwrap().is_empty());

    let first = SqlStore::open_to_work(&url).await.unwrap();
    let second = SqlStore::open_to_work(&url).await.err().unwrap();
    assert!(matches!(second, OpenError::InUse { .. }), "{second}");
    let again = crate::ports::Outbox::lease(&first, now, hold, 1).await.unwrap().remove(0);
    assert_eq!((again.id, again.attempts), (first_errand.id, 1), "it is looked for before it is run again");
    first.close().await;
    SqlStore::open_to_work(&url).await.unwrap().close().await;
    database.close().await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(
        &file,
        "not a database, but long enough to be taken for one by its first hundred bytes, which are read first of all",
    )
    .unwrap();
    let cases = [
        ("mysql://me:secret@host/db".to_owned(), "mysql://me@host/db"),
        ("sqlite::memory:".to_owned(), "sqlite::memory:"),
        (format!("sqlite:{}/under.db", file.display()), file.to_str().unwrap()),
        (format!("sqlite:{}", file.display()), file.to_str().unwrap()),
        ("postgres://me:secret@127.0.0.1:1/db?password=secret".to_owned(), "postgres://me@127.0.0.1:1/db"),
    ];
    for (url, named) in cases {
        let error: OpenError = SqlStore::open(&url).await.err().unwrap();
        let sentence = error.to_string();
        assert!(sentence.contains(named) && !sentence.contains("secret"), "{sentence}");
    }
}
