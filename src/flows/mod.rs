//! The verbs: each loads what it needs, decides in the domain, and commits once.

mod amend;
mod attach;
mod consult;
mod draft_article;
mod drafts;
mod edit;
mod handle;
mod help;
mod incidents;
mod learn;
mod own;
mod press;
mod put_forward;
mod queue;
mod read;
mod receive;
mod register;
mod room;
mod similar;
mod stuck;
mod suggest;

pub use amend::Amended;
pub use attach::{AttachEnd, Attacher, Upload};
pub use consult::Adviser;
pub use draft_article::ArticleDraft;
pub use edit::{
    AidFiles, Describe, Difference, EditError, Editing, EditingNeeds, Figures, Kept, Missing, Opened, Origin, Part, Said, Title,
    TryOut, TryReport, TryState, Turn, What, Work,
};
pub use handle::Outcome;
pub use help::Help;
pub use incidents::{IncidentView, Linked, Moved, Reached, Standing};
pub use learn::{LearnedPage, Learning, LearningNeeds, Settled, Verdict};
pub use own::{Own, OwnTicketView};
pub use press::Pressed;
pub use queue::QueuePage;
pub use read::{TicketView, own_ticket};
pub use receive::{Received, Written};
pub use register::Registered;
pub use stuck::Remedy;

use std::sync::Arc;

use crate::domain::decision::{Decision, Moment, Receipt};
use crate::domain::ids::ConversationId;
use crate::domain::permission::Refused;
use crate::domain::policy::Policy;
use crate::ports::{Clock, Committed, Files, FilesError, Ids, Index, News, PastTickets, Store, StoreError};

/// The verbs with what they need. Cheap to clone.
#[derive(Clone)]
pub struct Flows {
    store: Arc<dyn Store>,
    index: Arc<dyn Index>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    news: Arc<dyn News>,
    policy: Arc<Policy>,
    past: Option<Arc<dyn PastTickets>>,
    files: Option<Arc<dyn Files>>,
    adviser: Option<Adviser>,
    board: incidents::Board,
}

/// What the flows are made of.
pub struct Needs {
    /// Keeps everything.
    pub store: Arc<dyn Store>,
    /// Understands questions.
    pub index: Arc<dyn Index>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub ids: Arc<dyn Ids>,
    /// Hears of every commit.
    pub news: Arc<dyn News>,
    /// What the configuration says.
    pub policy: Policy,
    /// The language model, where one is configured.
    pub adviser: Option<Adviser>,
}

/// Why a flow could not come to a decision.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// The store failed.
    #[error("nothing could be kept")]
    Store(#[from] StoreError),
    /// The folder of attached files failed.
    #[error("a file could not be kept or read")]
    Files(#[from] FilesError),
    /// Others changed the conversation each time that it was decided upon.
    #[error("the conversation kept changing; {0} attempts were made")]
    Contended(u32),
    /// There is no such conversation, ticket, incident or learned question, or it is not the asker's to know.
    #[error("there is no such conversation, ticket, incident or learned question")]
    NotFound,
    /// The operator does not belong to the group that it is about.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// How often a flow decides anew when the conversation changed under it. Each time somebody else got on, so this is ample.
const ATTEMPTS: u32 = 16;

impl Flows {
    /// The verbs over these needs.
    #[must_use]
    pub fn new(needs: Needs) -> Self {
        let Needs { store, index, clock, ids, news, policy, adviser } = needs;
        let (policy, board) = (Arc::new(policy), incidents::Board::default());
        Self { store, index, clock, ids, news, policy, past: None, files: None, adviser, board }
    }

    /// What the configuration says about deciding.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    fn moment(&self) -> Moment {
        let now = self.clock.now();
        Moment { now, fresh: self.ids.block(now) }
    }

    /// The conversation that a receipt led to, where there is a receipt and it was seen.
    async fn seen_before(&self, receipt: Option<&Receipt>) -> Result<Option<ConversationId>, StoreError> {
        match receipt {
            Some(Receipt { channel, external_id }) => self.store.seen(channel, external_id).await,
            None => Ok(None),
        }
    }

    async fn keep(&self, decision: &Decision) -> Result<Committed, StoreError> {
        crate::crash_point!("flow.before_commit");
        let committed = self.store.commit(decision).await?;
        crate::crash_point!("flow.after_commit");
        if committed == Committed::Done {
            self.news.committed(decision);
        }
        Ok(committed)
    }
}
