//! Which tickets a list shows, and how it is read page by page.

use std::fmt;

use super::store::TicketSummary;
use crate::domain::ids::{GroupId, OperatorId, TicketId};
use crate::domain::lang::Lang;
use crate::domain::ticket::{Priority, Status, SupportLine, TicketOrder, WaitsFor};
use crate::domain::time::Timestamp;

/// Which tickets to list, and in which order. What is empty filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketFilter {
    /// Only these statuses.
    pub statuses: Vec<Status>,
    /// Only these groups'.
    pub groups: Vec<GroupId>,
    /// Only those that this one has, or nobody.
    pub holder: HeldBy,
    /// Only these priorities.
    pub priorities: Vec<Priority>,
    /// Only these lines of support.
    pub lines: Vec<SupportLine>,
    /// Only where this one has the next word.
    pub waits_for: Option<WaitsFor>,
    /// Only what is put aside, or what is not.
    pub asleep: Asleep,
    /// Only conversations in these languages.
    pub langs: Vec<Lang>,
    /// Only tickets that hold each of these words, or the beginning, middle or end of a word, in what was asked and said (notes
    /// too), in the number or in the employee's name or organisation. Large and small letters are the same, æ, ø and å too; the
    /// first [`MOST_WORDS`] words count.
    pub text: String,
    /// In which order.
    pub order: TicketOrder,
    /// Only what comes after this one in that order.
    pub after: Option<TicketCursor>,
    /// At most so many; 200 where 0.
    pub limit: u32,
}

/// How many words of a search count.
pub const MOST_WORDS: usize = 6;

/// Who has the tickets to list; of resolved ones, who resolved them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum HeldBy {
    /// Anybody or nobody.
    #[default]
    Any,
    /// Nobody.
    Nobody,
    /// This operator.
    Operator(OperatorId),
}

/// Whether the tickets to list are put aside, as of a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asleep {
    /// Either way.
    #[default]
    Either,
    /// They are not, at this moment.
    No(Timestamp),
    /// They are, at this moment.
    Yes(Timestamp),
}

/// Where a page of a list ended: the place of its last ticket in the list's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketCursor {
    /// That ticket's priority.
    pub priority: Priority,
    /// When it was opened; in the order of changes, when it last changed.
    pub at: Timestamp,
    /// Its inner id.
    pub id: TicketId,
}

impl TicketCursor {
    /// The place of this ticket in a list of this order.
    #[must_use]
    pub const fn at(ticket: &TicketSummary, order: TicketOrder) -> Self {
        let at = match order {
            TicketOrder::Urgency | TicketOrder::Age => ticket.opened_at,
            TicketOrder::Change => ticket.changed_at,
        };
        Self { priority: ticket.priority, at, id: ticket.id }
    }

    /// The cursor that was written like this.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let priority = Priority::from_name(parts.next()?)?;
        let at = Timestamp::from_micros(parts.next()?.parse().ok()?);
        Some(Self { priority, at, id: TicketId::new(parts.next()?.parse().ok()?) })
    }
}

impl fmt::Display for TicketCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.priority.as_str(), self.at.micros(), self.id)
    }
}
