//! What is measured: the flows over a real database file, with the sample articles.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use firstline::app;
use firstline::domain::decision::Decision;
use firstline::domain::ids::{ChannelName, EmployeeId, ExternalId};
use firstline::domain::lang::Lang;
use firstline::domain::message::{Employee, IncomingMessage, LangHint};
use firstline::domain::place::{Delivery, Place, Readers};
use firstline::flows::{Flows, Needs};
use firstline::ports::News;
use firstline::store::SqlStore;
use firstline::system::{ProcessIds, SystemClock};
use tokio::sync::Notify;

use super::stock::{config, index, sample};

/// The channel that everybody writes in.
pub(crate) const CHANNEL: &str = "bench";

/// The flows over a database file of their own.
pub(crate) struct House {
    pub(crate) flows: Flows,
    pub(crate) store: SqlStore,
    /// Is told of every commit.
    pub(crate) wake: Arc<Notify>,
    delivery: Delivery,
    asked: AtomicU64,
}

struct Bell(Arc<Notify>);

impl News for Bell {
    fn committed(&self, decision: &Decision) {
        if !decision.errands.is_empty() {
            self.0.notify_one();
        }
    }
}

impl House {
    pub(crate) async fn open(folder: &Path, delivery: Delivery) -> Self {
        let config = config();
        let store = SqlStore::open(&format!("sqlite:{}", folder.join("bench.db").display())).await.expect("a database");
        let wake = Arc::new(Notify::new());
        let flows = Flows::new(Needs {
            store: Arc::new(store.clone()),
            index: Arc::new(index(sample(&config))),
            clock: Arc::new(SystemClock),
            ids: Arc::new(ProcessIds::draw().expect("random bytes")),
            news: Arc::new(Bell(Arc::clone(&wake))),
            policy: config.policy,
            adviser: None,
        });
        Self { flows, store, wake, delivery, asked: AtomicU64::new(0) }
    }

    /// A question of somebody who has not asked before.
    pub(crate) fn message(&self, question: &str) -> IncomingMessage {
        let number = self.asked.fetch_add(1, Ordering::Relaxed).to_string();
        let (text, secrets) = app::filter(question);
        IncomingMessage {
            conversation: None,
            place: Place { channel: ChannelName::new(CHANNEL), address: number.clone(), delivery: self.delivery },
            external_id: ExternalId::new(number.clone()),
            employee: Employee { id: EmployeeId::new(number), name: None, email: None, organisation: None },
            text,
            secrets,
            lang: LangHint::Likely(Lang::Nb),
            readers: Readers::Alone,
        }
    }
}
