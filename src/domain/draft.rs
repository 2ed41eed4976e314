//! What an operator has begun to write on a ticket and not sent yet.

use super::ids::{OperatorId, TicketId};
use super::message::Redacted;
use super::named::named;
use super::time::Timestamp;

named! {
    /// Whom the words are meant for. What is written for one is never taken for the other.
    DraftKind {
        /// The employee.
        Reply => "reply",
        /// Colleagues alone.
        Note => "note",
    }
}

/// Which draft it is: an operator has one of each kind on each ticket, wherever they write it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DraftKey {
    /// Who writes.
    pub by: OperatorId,
    /// On which ticket.
    pub ticket: TicketId,
    /// For whom.
    pub kind: DraftKind,
}

/// A draft as it was last kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub key: DraftKey,
    /// The form that it was written in: once it is sent from there, what the form still says of it comes too late.
    pub form: String,
    /// What is written so far; empty where all of it was taken away again.
    pub text: Redacted,
    /// When it was kept.
    pub at: Timestamp,
}
