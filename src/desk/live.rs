//! Open pages hear here that something was kept.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};

use crate::domain::decision::Decision;
use crate::domain::event::{Event, Happened};
use crate::domain::ids::ConversationId;
use crate::ports::News;

/// How many stirs a slow listener may lag behind before it is told to read everything again.
const MEMORY: usize = 256;

/// How many pages may listen at a time. Each reads the store again whenever something that it shows changes.
const SEATS: usize = 4_096;

/// Passes on what was kept. Clones speak to the same listeners.
#[derive(Clone, Debug)]
pub struct Live {
    stirs: broadcast::Sender<Stir>,
    incidents: watch::Sender<()>,
    seats: Arc<Semaphore>,
}

/// Hears of everything that is kept, and has a seat as long as it lives.
pub(super) struct Listener {
    /// What was kept. A receiver that lags (`RecvError::Lagged`) has missed some: it reads the present state again and goes on.
    pub(super) stirs: broadcast::Receiver<Stir>,
    /// Changes whenever something about incidents does.
    pub(super) incidents: watch::Receiver<()>,
    _seat: OwnedSemaphorePermit,
}

/// Something was kept. A listener that needs more reads it from the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stir {
    /// Which conversation changed.
    pub conversation: ConversationId,
    /// Whether its ticket is new, or changed something that lists of tickets show: its queue, its holder, its status, its priority,
    /// whom it waits for, whether it is put aside.
    pub ticket_changed: bool,
}

impl Live {
    /// Nobody listens yet.
    #[must_use]
    pub fn new() -> Self {
        Self::with_seats(SEATS)
    }

    fn with_seats(seats: usize) -> Self {
        Self { stirs: broadcast::Sender::new(MEMORY), incidents: watch::Sender::new(()), seats: Arc::new(Semaphore::new(seats)) }
    }

    /// Something that is not kept changed at this conversation: who is there.
    pub(super) fn stir(&self, conversation: ConversationId) {
        // An error only says that nobody listens.
        let _unheard = self.stirs.send(Stir { conversation, ticket_changed: false });
    }

    /// Hears of everything that is kept from now on; `None` where too many listen already.
    pub(super) fn listen(&self) -> Option<Listener> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().ok()?;
        Some(Listener { stirs: self.stirs.subscribe(), incidents: self.incidents.subscribe(), _seat: seat })
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

impl News for Live {
    fn committed(&self, decision: &Decision) {
        let stir = Stir { conversation: decision.conversation.id, ticket_changed: decision.events.iter().any(changes_ticket) };
        // An error only says that nobody listens.
        let _unheard = self.stirs.send(stir);
    }

    fn incidents_changed(&self) {
        self.incidents.send_replace(());
    }
}

const fn changes_ticket(event: &Event) -> bool {
    matches!(
        event.what,
        Happened::HandedOff { .. }
            | Happened::Taken { .. }
            | Happened::Released
            | Happened::Transferred { .. }
            | Happened::MovedLine { .. }
            | Happened::Prioritised { .. }
            | Happened::Snoozed { .. }
            | Happened::Woken
            | Happened::MergedInto { .. }
            | Happened::Added { .. }
            | Happened::Withdrawn { .. }
            | Happened::Replied { .. }
            | Happened::LinkedToIncident { .. }
            | Happened::UnlinkedFromIncident { .. }
            | Happened::Resolved { .. }
            | Happened::Reopened
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_listen_and_whoever_leaves_makes_room() {
        let live = Live::with_seats(1);
        let first = live.listen();
        assert!(first.is_some() && live.clone().listen().is_none());
        drop(first);
        assert!(live.listen().is_some());
    }
}
