//! Keeps the open incidents at hand, and tells everybody who waits when one is over.
//!
//! An end is kept together with the wish to tell of it. Linked tickets are walked in the order of their ids; how far is noted after
//! each page, and whom a crash kept from being noted is recognised by the receipt: nobody is forgotten, nobody told twice.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::flows::{FlowError, Flows, Reached};
use crate::ports::{Clock, Store, StoreError, Telling};

/// How many tickets are told of between two notes of how far.
const PAGE: u32 = 50;

/// How long the job sleeps at most: then it sees what other instances announced, and a missed wake-up costs no more.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);

/// The job of incidents.
pub struct WatchIncidents {
    flows: Flows,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl WatchIncidents {
    /// The job over these verbs and their store.
    #[must_use]
    pub fn new(flows: Flows, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { flows, store, clock }
    }

    /// Watches until told to stop. `wake` is notified when something about incidents changed.
    pub async fn run(self, wake: Arc<Notify>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Some(Err(failure)) = stop.run_until_cancelled(self.once()).await {
                error!(error = &failure as &dyn std::error::Error, "incidents could not be looked after; it is tried again");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = wake.notified() => {}
                () = tokio::time::sleep(self.pause()) => {}
            }
        }
    }

    /// Reads the open incidents anew, and tells all who wait for one that is over.
    ///
    /// # Errors
    /// The store's failures; the rest is told the next time.
    pub async fn once(&self) -> Result<(), FlowError> {
        self.flows.refresh_incidents().await?;
        for telling in self.store.tellings().await? {
            self.tell(telling).await?;
        }
        Ok(())
    }

    /// Until an incident is shown otherwise, though nothing happens to it.
    fn pause(&self) -> Duration {
        let now = self.clock.now();
        let turns = self.flows.open_incidents().iter().filter_map(|watched| watched.incident.next_turn(now)).min();
        turns.map_or(LONGEST_SLEEP, |turn| turn.since(now).clamp(Duration::from_millis(10), LONGEST_SLEEP))
    }

    async fn tell(&self, mut telling: Telling) -> Result<(), FlowError> {
        let mut told = 0_u64;
        loop {
            let page = self.store.still_to_tell(&telling, PAGE).await?;
            for waiting in &page {
                match self.flows.tell_of_end(&telling, *waiting).await {
                    Ok(Reached::Told) => told += 1,
                    Ok(Reached::Spared) => {}
                    Err(failure @ (FlowError::NotFound | FlowError::Store(StoreError::Unreadable { .. }))) => {
                        warn!(conversation.id = %waiting.1, error = &failure as &dyn std::error::Error, "somebody who waits for an incident's end cannot be told");
                    }
                    Err(failure) => return Err(failure),
                }
            }
            crate::crash_point!("incidents.before_mark");
            let last = page.last().map(|(ticket, _)| *ticket);
            self.store.told(&telling, last).await?;
            let Some(last) = last else { break };
            telling.told_to = last;
        }
        info!(incident.id = %telling.incident, told, "everybody who waited for an incident's end is told");
        metrics::counter!("firstline_incident_ends_told_total").increment(told);
        Ok(())
    }
}
