//! The need to find tickets that were solved before and are like the one in hand.

use crate::domain::answer::PerMille;
use crate::domain::ids::{EventId, GroupId, TicketId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::domain::time::Timestamp;

/// Solved tickets by what was asked and what solved them. It is a copy of what the store keeps: it may be lost at any time, and
/// whoever fills it begins anew then.
///
/// Finding waits for nobody, not even for those who fill it, so it is not async. All else waits for the disk and belongs on a
/// thread that may wait.
pub trait PastTickets: Send + Sync {
    /// The tickets most like this, the likest first, each once, and none that is hardly like it. What cannot be looked up is
    /// not found; that is no failure of whoever asks. The same question over the same tickets gives the same result.
    fn similar(&self, to: &Resembled<'_>) -> Vec<SimilarTicket>;

    /// How many tickets can be found.
    fn size(&self) -> u64;

    /// Makes ready to be filled, and says up to which event that was done before: `None` where there is nothing yet, or what
    /// was there could not be used and is gone. To be called before the calls below, and again after one of them failed; what
    /// was not kept has to be told again then.
    ///
    /// # Errors
    /// [`PastTicketsError`] where it cannot be filled now; what can be found is still found.
    fn prepare(&self) -> Result<Option<EventId>, PastTicketsError>;

    /// Takes solved tickets in, each in place of what was known of it. They are found once they are kept.
    ///
    /// # Errors
    /// [`PastTicketsError`] where it cannot be filled now.
    fn remember(&self, tickets: Vec<PastTicket>) -> Result<(), PastTicketsError>;

    /// Leaves tickets out; those that are not there are none the less. They are found until that is kept.
    ///
    /// # Errors
    /// [`PastTicketsError`] where it cannot be filled now.
    fn forget(&self, tickets: &[TicketId]) -> Result<(), PastTicketsError>;

    /// Keeps what was told since the last time, and that all events up to this one are in it: all of it or nothing.
    ///
    /// # Errors
    /// [`PastTicketsError`] where nothing of it is kept.
    fn keep(&self, up_to: Option<EventId>) -> Result<(), PastTicketsError>;
}

/// A ticket that was solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastTicket {
    /// Which.
    pub id: TicketId,
    /// The number that people say.
    pub number: TicketNumber,
    /// What was asked.
    pub question: Redacted,
    /// What operators wrote in answer, oldest first; empty where they solved it without a word.
    pub resolution: Redacted,
    /// The language of the question.
    pub lang: Lang,
    /// The group that solved it.
    pub group: GroupId,
    /// The name of the operator who resolved it.
    pub resolved_by: String,
    /// When.
    pub resolved_at: Timestamp,
}

/// What shall be resembled, and among which tickets it is looked for.
#[derive(Clone, Debug)]
pub struct Resembled<'a> {
    /// What was asked.
    pub question: &'a Redacted,
    /// The groups whose tickets may be found; every group's where `None`.
    pub groups: Option<&'a [GroupId]>,
    /// The ticket that this is the question of, which is not like itself.
    pub except: Option<TicketId>,
    /// Now: of two that are equally like it the newer one comes first.
    pub now: Timestamp,
    /// At most so many.
    pub limit: usize,
}

/// A solved ticket that is like another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimilarTicket {
    /// Which.
    pub id: TicketId,
    /// The number that people say.
    pub number: TicketNumber,
    /// The beginning of what was asked.
    pub question: String,
    /// The beginning of what operators wrote in answer; empty where they wrote nothing.
    pub resolution: String,
    /// The language of the question.
    pub lang: Lang,
    /// The group that solved it.
    pub group: GroupId,
    /// The name of the operator who resolved it.
    pub resolved_by: String,
    /// When.
    pub resolved_at: Timestamp,
    /// How much of what makes the question particular is found in the ticket.
    pub likeness: PerMille,
}

/// Why past tickets cannot be taken in now.
#[derive(Debug, thiserror::Error)]
pub enum PastTicketsError {
    /// Another program fills them; what it keeps is found here as well.
    #[error("another program fills the past tickets")]
    Elsewhere,
    /// They were not made ready, or have to be made ready again.
    #[error("the past tickets are not ready to be filled")]
    Unprepared,
    /// The engine under them failed.
    #[error("the past tickets could not be written")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}
