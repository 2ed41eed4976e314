//! The open incidents, kept at hand: every question and every page looks at them.

use std::sync::{Arc, PoisonError, RwLock};

use tracing::info;

use super::super::Flows;
use crate::domain::conversation::Version;
use crate::domain::ids::IncidentNumber;
use crate::domain::incident::{IncidentState, Watched};
use crate::domain::time::Timestamp;
use crate::ports::{IncidentRecord, StoreError};

/// How many open incidents are looked at, the newest ones; more than anybody could read.
const MOST_OPEN: u32 = 100;

/// The open incidents as they were last read. Clones are one board.
#[derive(Clone, Default)]
pub(in crate::flows) struct Board(Arc<RwLock<Kept>>);

#[derive(Default)]
struct Kept {
    open: Arc<Vec<Watched>>,
    shown: Vec<Shown>,
}

/// What of an incident people see: when this changes, open pages hear of it.
type Shown = (IncidentNumber, Version, IncidentState, bool);

fn shown(watched: &Watched, now: Timestamp) -> Shown {
    let Watched { number, incident, .. } = watched;
    (*number, incident.version, incident.stands(now), incident.is_shown(now))
}

impl Board {
    fn open(&self) -> Arc<Vec<Watched>> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner).open)
    }

    /// Puts these up, and says whether people see anything else than before.
    fn put_up(&self, open: Vec<Watched>, now: Timestamp) -> bool {
        let shown: Vec<Shown> = open.iter().map(|watched| shown(watched, now)).collect();
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = kept.shown != shown;
        *kept = Kept { open: Arc::new(open), shown };
        is_new
    }
}

impl Flows {
    /// The open incidents, newest first, as they were last read.
    #[must_use]
    pub fn open_incidents(&self) -> Arc<Vec<Watched>> {
        self.board.open()
    }

    /// Reads the open incidents anew, and tells open pages where they show something else from now on.
    ///
    /// # Errors
    /// The store's failures; what was read before stays up then.
    pub async fn refresh_incidents(&self) -> Result<(), StoreError> {
        let open = self.store.open_incidents(MOST_OPEN).await?;
        let open: Vec<Watched> = open.into_iter().map(|record| self.watched(record)).collect();
        let count = open.len();
        if self.board.put_up(open, self.clock.now()) {
            info!(open = count, "what is shown of incidents changed");
            self.news.incidents_changed();
        }
        Ok(())
    }

    /// An incident with its words as the index reads them.
    pub(in crate::flows) fn watched(&self, record: IncidentRecord) -> Watched {
        let IncidentRecord { number, incident, .. } = record;
        let touches = &incident.matter.touches;
        let terms = touches.services.iter().chain(&touches.words).map(|term| self.index.word_forms(term)).collect();
        Watched { number, incident, terms }
    }
}
