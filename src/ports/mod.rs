//! The needs: what the flows ask of the world, as traits whose documentation is their contract.

mod aids;
mod cards;
mod chat;
mod drafts;
mod feedback;
mod files;
mod identity;
mod incidents;
mod index;
mod learned;
mod model;
mod outbox;
mod past_tickets;
mod rehearsal;
mod replies;
mod reply_tokens;
mod shelf;
mod sign_ins;
mod store;
mod ticket_filter;

pub use aids::Aids;
pub use cards::{Cards, ShownCard};
pub use chat::{Chat, ChatFailure, Receipted};
pub use drafts::Drafts;
pub use feedback::Feedback;
pub use files::{Attachments, Files, FilesError, Kept};
pub use identity::{Attempt, Identity, IdentityError, Returned, Standing};
pub use incidents::{IncidentKept, IncidentRecord, Incidents, Telling};
pub use index::Index;
pub use learned::{Learned, Learnt, Pupil, Settling, Taught};
pub use model::{Excerpt, Model, ModelError};
pub use outbox::{Leased, Outbox, Stuck};
pub use past_tickets::{PastTicket, PastTickets, PastTicketsError, Resembled, SimilarTicket};
pub use rehearsal::{Both, Proposal, Rehearsal, RehearsalError};
pub use replies::StandardReplies;
pub use reply_tokens::{ReplyToken, ReplyTokens, StandingPosts, TokenSecret};
pub use shelf::{
    Changed, Checked, CommitAs, CommitId, ContentHash, Fields, GitTrouble, InGit, Intake, Listing, Manual, Manuscript,
    PastVersion, Saved, Shelf, ShelfError, Shelved, TestQuestion,
};
pub use sign_ins::{SignIn, SignIns};
pub use store::{
    Committed, Conversations, Hash, Recorded, Session, SessionKind, Sessions, Store, StoreError, TicketSummary, Unanswered,
    Watermark, Watermarks,
};
pub use ticket_filter::{Asleep, HeldBy, MOST_WORDS, TicketCursor, TicketFilter};

use crate::domain::decision::Decision;
use crate::domain::ids::Fresh;
use crate::domain::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now; never earlier than it said before by more than the machine's own clock was set back.
    fn now(&self) -> Timestamp;
}

/// Makes identifiers and secrets.
pub trait Ids: Send + Sync {
    /// A block of identifiers that nobody else gets, later blocks higher, also across restarts as long as `now` grows.
    fn block(&self, now: Timestamp) -> Fresh;

    /// A secret that cannot be guessed: at least 128 random bits, in characters that a URL and a header can hold.
    fn secret(&self) -> String;
}

/// Hears of every decision that was kept: whoever waits for news (the outbox's job, an open page) is woken by it.
pub trait News: Send + Sync {
    /// The decision is kept. Must not block; nobody may depend on hearing it, since a crash can come first.
    fn committed(&self, decision: &Decision);

    /// Something about incidents is another than it was: one changed, or the time has come for one to be shown.
    fn incidents_changed(&self) {}

    /// An errand that was given up waits to be done again, or does not any more.
    fn retried(&self) {}
}
