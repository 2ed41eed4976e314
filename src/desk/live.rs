//! Who waits for news hears here that something was kept: open pages, and the job that empties the outbox.

use tokio::sync::broadcast;

use crate::domain::conversation::Version;
use crate::domain::decision::Decision;
use crate::domain::event::{Event, Happened};
use crate::domain::ids::ConversationId;
use crate::ports::News;

/// How many stirs a slow listener may lag behind before it is told to read everything again.
const MEMORY: usize = 256;

/// Passes on what was kept. Clones speak to the same listeners.
#[derive(Clone, Debug)]
pub struct Live {
    stirs: broadcast::Sender<Stir>,
}

/// Something was kept. A listener that needs more reads it from the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stir {
    /// Which conversation changed.
    pub conversation: ConversationId,
    /// How many events it has seen now.
    pub version: Version,
    /// Whether its ticket is new, or changed its queue, its holder or its status: lists of tickets show something else now.
    pub ticket_changed: bool,
    /// Whether there are new errands for the outbox's job.
    pub errands: bool,
}

impl Live {
    /// Nobody listens yet.
    #[must_use]
    pub fn new() -> Self {
        Self { stirs: broadcast::Sender::new(MEMORY) }
    }

    /// Hears of everything that is kept from now on. A receiver that lags (`RecvError::Lagged`) has missed some:
    /// it reads the present state again and goes on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Stir> {
        self.stirs.subscribe()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

impl News for Live {
    fn committed(&self, decision: &Decision) {
        let stir = Stir {
            conversation: decision.conversation.id,
            version: decision.conversation.version,
            ticket_changed: decision.events.iter().any(changes_ticket),
            errands: !decision.errands.is_empty(),
        };
        // An error only says that nobody listens.
        let _unheard = self.stirs.send(stir);
    }
}

const fn changes_ticket(event: &Event) -> bool {
    matches!(
        event.what,
        Happened::HandedOff { .. }
            | Happened::Taken { .. }
            | Happened::Released
            | Happened::Transferred { .. }
            | Happened::Resolved { .. }
            | Happened::Reopened
    )
}
