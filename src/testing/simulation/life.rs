//! One life of the program, from its start to its crash: the same parts as in `app`, over the town's platform and clock.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::index::SmallIndex;
use super::town::Town;
use crate::app::{facts, filter};
use crate::channels::discord::{Discord, DiscordParts};
use crate::domain::decision::Decision;
use crate::files::Folder;
use crate::flows::{Flows, Needs};
use crate::jobs::{Deliver, TidyUp, WatchIncidents};
use crate::ports::{Clock, Files, News, Store};
use crate::store::SqlStore;
use crate::testing::turnstile::{Turnstile, standing_still};

pub(super) struct Life {
    pub(super) turnstile: Arc<Turnstile>,
    pub(super) discord: Arc<Discord>,
    pub(super) flows: Flows,
    pub(super) store: SqlStore,
}

/// Wakes the jobs.
#[derive(Default)]
struct Bells {
    outbox: Arc<Notify>,
    incidents: Arc<Notify>,
}

impl News for Bells {
    fn committed(&self, decision: &Decision) {
        if !decision.errands.is_empty() {
            self.outbox.notify_one();
        }
    }

    fn incidents_changed(&self) {
        self.incidents.notify_one();
    }
}

impl Life {
    /// Starts the program; from here on everything that it does outside waits for a turn.
    ///
    /// # Errors
    /// Where its database cannot be opened or its parts do not fit.
    pub(super) async fn begin(town: &Town) -> anyhow::Result<Self> {
        let store = standing_still(SqlStore::open_to_work(&town.database())).await?;
        let turnstile = Turnstile::set_up();
        let bells = Bells::default();
        let (outbox, incidents) = (Arc::clone(&bells.outbox), Arc::clone(&bells.incidents));
        let kept: Arc<dyn Store> = Arc::new(store.clone());
        let clock: Arc<dyn Clock> = Arc::clone(&town.clock) as _;
        let flows = Flows::new(Needs {
            store: Arc::clone(&kept),
            index: Arc::new(SmallIndex),
            clock: Arc::clone(&clock),
            ids: Arc::clone(&town.ids) as _,
            news: Arc::new(bells),
            policy: town.config.policy.clone(),
            adviser: None,
        });
        let discord = Self::discord(town, &flows, &kept)?;
        flows.refresh_incidents().await?;
        // Nobody stops the program here: it crashes.
        let never = CancellationToken::new();
        let deliver = Deliver::new(Arc::new(store.clone()), vec![discord.chat()], Arc::clone(&clock));
        tokio::spawn(deliver.run(outbox, never.clone()));
        let watch = WatchIncidents::new(flows.clone(), Arc::clone(&kept), Arc::clone(&clock));
        tokio::spawn(watch.run(incidents, never.clone()));
        let files: Arc<dyn Files> = Arc::new(Folder::at(town.folder.path().join("files")));
        tokio::spawn(TidyUp::new(kept, files, clock).run(never));
        Ok(Self { turnstile, discord, flows, store })
    }

    fn discord(town: &Town, flows: &Flows, store: &Arc<dyn Store>) -> anyhow::Result<Arc<Discord>> {
        let config = town.config.discord.clone().ok_or_else(|| anyhow::anyhow!("the town has no Discord"))?;
        let parts = DiscordParts {
            largest_file_mb: 1,
            config,
            flows: flows.clone(),
            store: Arc::clone(store),
            wording: Arc::clone(&town.wording),
            facts: facts(&town.config),
            clock: Arc::clone(&town.clock) as _,
            filter: Arc::new(filter),
            replies: Arc::new(Vec::new()),
        };
        Ok(Discord::new(parts)?)
    }
}
