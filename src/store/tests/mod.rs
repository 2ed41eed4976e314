//! The contract on both engines, and what is the SQL store's own.

mod plans;
mod postgres;
mod robust;
mod sqlite;
mod upgrade;

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;

use super::SqlStore;
use super::contract::{Backend, STORIES};
use super::engine::Engine;
use super::{queue, sql};
use crate::domain::ids::{GroupId, OperatorId, TicketId};
use crate::domain::lang::Lang;
use crate::domain::ticket::{Priority, Status, SupportLine, TicketOrder, WaitsFor};
use crate::domain::time::Timestamp;
use crate::ports::{Asleep, HeldBy, Store, TicketCursor, TicketFilter};

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

/// Filters that between them ask for everything that can be asked for, in every order.
fn filters() -> Vec<TicketFilter> {
    let now = Timestamp::from_micros(1);
    let id = TicketId::new(1);
    let orders = TicketOrder::ALL.iter().map(|order| TicketFilter {
        statuses: vec![Status::Waiting],
        groups: (0..400).map(|nth| GroupId::new(nth.to_string())).collect(),
        holder: HeldBy::Operator(OperatorId::new("desk:kari")),
        priorities: Priority::ALL.to_vec(),
        lines: SupportLine::ALL.to_vec(),
        waits_for: Some(WaitsFor::Desk),
        asleep: Asleep::No(now),
        langs: vec![Lang::Nn],
        text: "svart skjerm 1001".to_owned(),
        order: *order,
        after: Some(TicketCursor { priority: Priority::High, at: now, id }),
        limit: 50,
    });
    let asleep = TicketFilter { asleep: Asleep::Yes(now), holder: HeldBy::Nobody, ..TicketFilter::default() };
    orders.chain([TicketFilter::default(), asleep]).collect()
}

/// Prepares every statement, as the engine itself reads it.
async fn prepares_every_statement(url: &str, engine: Engine) {
    use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
    let store = SqlStore::open(url).await.unwrap();
    let listed = filters().into_iter().flat_map(|filter| [queue::list(&filter).0, queue::count(&filter).0]);
    let fixed = sql::ALL.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let others = listed.into_iter().map(|text| ("tickets", text)).chain([("lease", engine.lease().to_owned())]);
    for (name, text) in fixed.chain(others) {
        let prepared = store.readers.prepare(AssertSqlSafe(text).into_sql_str()).await;
        assert!(prepared.is_ok(), "{name} on {engine:?}: {:?}", prepared.err());
    }
    store.close().await;
}
