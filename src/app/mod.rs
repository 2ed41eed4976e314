//! The composition root: everything is put together, started and stopped here.

mod commands;
mod error;
mod health;
mod knowledge;
mod running;
mod screen;
mod sign_in;
mod tasks;
mod weighing;

pub use commands::{Gaps, doctor, gaps, learned, serve, sign_in_link, write_log};
pub use error::AppError;
pub use knowledge::{Knowledge, checks, today};
pub use running::{Outer, Running, start};
pub use screen::{StartScreen, WayIn};
pub use weighing::{Weighing, weighing, weights_file};

use std::sync::Arc;

use tokio::sync::Notify;

use crate::config::Config;
use crate::desk::Live;
use crate::domain::decision::Decision;
use crate::domain::event::Happened;
use crate::domain::message::{Redacted, Secret};
use crate::ports::News;
use crate::privacy;
use crate::wording::Facts;

/// The privacy filter, as every door applies it.
#[must_use]
pub fn filter(text: &str) -> (Redacted, Vec<Secret>) {
    let found = privacy::redact(text);
    (Redacted::vouched(found.text), found.kinds)
}

/// What the sentences tell of this installation.
#[must_use]
pub fn facts(config: &Config) -> Facts {
    Facts {
        public_url: config.desk.public_url.clone(),
        urgent_phone: config.desk.urgent_phone.clone(),
        groups: config.policy.groups.clone(),
        timezone: config.desk.timezone.clone(),
    }
}

/// Passes news on to open pages, and wakes the jobs that have something to do with them.
struct Bells {
    live: Live,
    outbox: Arc<Notify>,
    solved: Arc<Notify>,
    learning: Arc<Notify>,
    incidents: Arc<Notify>,
}

impl News for Bells {
    fn committed(&self, decision: &Decision) {
        self.live.committed(decision);
        if !decision.errands.is_empty() {
            self.outbox.notify_one();
        }
        if decision.events.iter().any(|event| event.what.settles()) {
            self.solved.notify_one();
        }
        if decision.events.iter().any(|event| matches!(event.what, Happened::Helped | Happened::Replied { .. })) {
            self.learning.notify_one();
        }
    }

    fn retried(&self) {
        self.outbox.notify_one();
    }

    fn incidents_changed(&self) {
        self.live.incidents_changed();
        self.incidents.notify_one();
    }
}
