//! The contract on both engines, and what is the SQL store's own.

mod postgres;
mod robust;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::SqlStore;
use super::contract::{Backend, STORIES};
use super::engine::Engine;
use super::sql;
use crate::ports::Store;

/// A database that a store is opened on, again and again.
struct Database {
    url: String,
    open: Mutex<Option<SqlStore>>,
}

impl Database {
    fn at(url: String) -> Self {
        Self { url, open: Mutex::new(None) }
    }

    async fn close(&self) {
        if let Some(store) = self.open.lock().await.take() {
            store.close().await;
        }
    }
}

#[async_trait]
impl Backend for Database {
    async fn open(&self) -> Arc<dyn Store> {
        self.close().await;
        let store = SqlStore::open(&self.url).await.unwrap();
        *self.open.lock().await = Some(store.clone());
        Arc::new(store)
    }
}

/// Prepares every statement, as the engine itself reads it.
async fn prepares_every_statement(url: &str, engine: Engine) {
    use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
    let store = SqlStore::open(url).await.unwrap();
    let listed = [(0, 0), (1, 0), (0, 2), (3, 400)].map(|(statuses, groups)| sql::tickets(statuses, groups));
    let fixed = sql::ALL.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let others = listed.into_iter().map(|text| ("tickets", text)).chain([("lease", engine.lease().to_owned())]);
    for (name, text) in fixed.chain(others) {
        let prepared = store.readers.prepare(AssertSqlSafe(text).into_sql_str()).await;
        assert!(prepared.is_ok(), "{name} on {engine:?}: {:?}", prepared.err());
    }
    store.close().await;
}
