//! A matter that a person must handle.

use super::ids::{GroupId, IncidentId, MessageId, OperatorId, TicketId};
use super::named::named;
use super::time::Timestamp;

/// The ticket inside its conversation. Its number is the store's to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its identifier.
    pub id: TicketId,
    /// The line that says what it is about.
    pub question: MessageId,
    /// Whose queue it is in.
    pub group: GroupId,
    /// Which line of support has it.
    pub line: SupportLine,
    /// How urgent it is.
    pub priority: Priority,
    /// Where it stands.
    pub state: TicketState,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The incident that it is about, where somebody said so.
    pub incident: Option<IncidentId>,
}

/// Where a ticket stands, with what belongs to each state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// Nobody has it.
    Waiting,
    /// One operator has it.
    Held(Holder),
    /// It is done, until the employee says otherwise.
    Resolved {
        /// Who resolved it.
        by: Holder,
        /// When.
        at: Timestamp,
    },
}

/// The operator who has a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub id: OperatorId,
    /// The name that colleagues and the employee see.
    pub name: String,
}

impl Ticket {
    /// The operator who has it now.
    #[must_use]
    pub const fn holder(&self) -> Option<&Holder> {
        match &self.state {
            TicketState::Held(holder) => Some(holder),
            TicketState::Waiting | TicketState::Resolved { .. } => None,
        }
    }

    /// Where it stands, without the details.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self.state {
            TicketState::Waiting => Status::Waiting,
            TicketState::Held(_) => Status::Taken,
            TicketState::Resolved { .. } => Status::Resolved,
        }
    }
}

named! {
    /// Where a ticket stands, as lists and the API name it.
    Status {
        /// Nobody has it yet.
        Waiting => "waiting",
        /// An operator has it.
        Taken => "taken",
        /// It is resolved.
        Resolved => "resolved",
    }
}

named! {
    /// The line of support that has a ticket.
    SupportLine {
        /// Answers most things at once.
        First => "first",
        /// Specialists inside the house.
        Second => "second",
        /// Those who run or build the system.
        Third => "third",
        /// An outside supplier.
        Supplier => "supplier",
    }
}

named! {
    /// How urgent a ticket is, least first.
    Priority {
        /// Can wait.
        Low => "low",
        /// The ordinary.
        Normal => "normal",
        /// Somebody cannot work.
        High => "high",
        /// Life, health or the operation of a ward may be affected.
        Critical => "critical",
    }
}

/// The longest subject, in characters.
const SUBJECT_LENGTH: usize = 80;

/// What a ticket is about, in a line: the first sentence of what was written, shortened at a word.
#[must_use]
pub fn subject(text: &str) -> String {
    let line = text.split(['\n', '\r']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if line.chars().count() <= SUBJECT_LENGTH {
        return line.to_owned();
    }
    let head: String = line.chars().take(SUBJECT_LENGTH).collect();
    let whole = head.rfind(char::is_whitespace).filter(|at| *at > SUBJECT_LENGTH / 2).map_or(head.as_str(), |at| &head[..at]);
    format!("{}…", whole.trim_end())
}
