//! A matter that a person must handle.

use super::event::{Event, Happened};
use super::ids::{GroupId, IncidentId, MessageId, OperatorId, TicketId, TicketNumber};
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
    /// What an operator judged that by, where one did.
    pub assessment: Option<Assessment>,
    /// Where it stands.
    pub state: TicketState,
    /// Who is waited for.
    pub turn: Turn,
    /// Until when it is put aside. A moment that is over puts nothing aside; see [`Ticket::is_asleep`].
    pub snoozed_until: Option<Timestamp>,
    /// The ticket that it is a duplicate of.
    pub duplicate_of: Option<TicketNumber>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The incident that it is about, where somebody said so.
    pub incident: Option<IncidentId>,
}

/// Who is waited for, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub of: WaitsFor,
    /// Since the first word that is not answered.
    pub since: Timestamp,
}

impl Turn {
    /// The turn after somebody wrote at `at` whom `of` has to answer: who is waited for already goes on being so.
    #[must_use]
    pub fn then(self, of: WaitsFor, at: Timestamp) -> Self {
        if self.of == of { self } else { Self { of, since: at } }
    }
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
    /// A ticket that has just been opened: it waits, and for the desk.
    #[must_use]
    pub fn opened(
        id: TicketId,
        question: MessageId,
        group: GroupId,
        line: SupportLine,
        priority: Priority,
        at: Timestamp,
    ) -> Self {
        let (state, turn) = (TicketState::Waiting, Turn { of: WaitsFor::Desk, since: at });
        let (assessment, snoozed_until, duplicate_of) = (None, None, None);
        Self {
            id,
            question,
            group,
            line,
            priority,
            assessment,
            state,
            turn,
            snoozed_until,
            duplicate_of,
            opened_at: at,
            incident: None,
        }
    }

    /// Takes in what happened to its conversation after it was opened.
    pub(crate) fn follow(&mut self, event: &Event) {
        match &event.what {
            Happened::Taken { holder } => self.state = TicketState::Held(holder.clone()),
            Happened::Released => self.state = TicketState::Waiting,
            Happened::Transferred { to, .. } => {
                self.state = TicketState::Waiting;
                self.group = to.clone();
            }
            Happened::MovedLine { to, .. } => {
                self.state = TicketState::Waiting;
                self.line = *to;
            }
            Happened::Prioritised { assessment, priority } => {
                self.assessment = Some(*assessment);
                self.priority = *priority;
            }
            Happened::Snoozed { until } => self.snoozed_until = Some(*until),
            Happened::Woken => self.snoozed_until = None,
            Happened::LinkedToIncident { incident } => self.incident = Some(*incident),
            Happened::UnlinkedFromIncident { .. } => self.incident = None,
            Happened::Added { .. } => self.turn = self.turn.then(WaitsFor::Desk, event.at),
            Happened::Replied { .. } => self.turn = self.turn.then(WaitsFor::Employee, event.at),
            Happened::Resolved { by } => self.state = TicketState::Resolved { by: by.clone(), at: event.at },
            Happened::MergedInto { original, by } => {
                self.state = TicketState::Resolved { by: by.clone(), at: event.at };
                self.duplicate_of = Some(*original);
            }
            Happened::Reopened => {
                self.state = TicketState::Waiting;
                self.turn = self.turn.then(WaitsFor::Desk, event.at);
                self.duplicate_of = None;
            }
            _ => {}
        }
    }

    /// Whether it is put aside now.
    #[must_use]
    pub fn is_asleep(&self, now: Timestamp) -> bool {
        self.snoozed_until.is_some_and(|until| until > now)
    }

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

named! {
    /// How many are affected, fewest first.
    Impact {
        /// One person.
        Person => "person",
        /// A ward, a unit, a class: several people.
        Unit => "unit",
        /// The whole organisation, or a large part of it.
        Organisation => "organisation",
    }
}

named! {
    /// How soon it is needed, least first.
    Urgency {
        /// Work goes on as usual meanwhile.
        Low => "low",
        /// Work is hindered.
        Medium => "medium",
        /// Work has stopped, or somebody may come to harm.
        High => "high",
    }
}

named! {
    /// Who has the next word.
    WaitsFor {
        /// The employee wrote last: somebody in the desk has to answer.
        Desk => "desk",
        /// The desk wrote last: the employee has to answer.
        Employee => "employee",
    }
}

named! {
    /// In which order tickets are listed.
    TicketOrder {
        /// The most urgent first, and of these the oldest.
        Urgency => "urgency",
        /// The oldest first.
        Age => "age",
        /// The one that changed last first.
        Change => "change",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro that makes the enumeration marks no variant as the default")]
impl Default for TicketOrder {
    fn default() -> Self {
        Self::Urgency
    }
}

/// What a priority is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// How many are affected.
    pub impact: Impact,
    /// How soon it is needed.
    pub urgency: Urgency,
}

impl Assessment {
    /// The priority that follows: each step up of either raises it by one, as far as it goes.
    #[must_use]
    pub const fn priority(self) -> Priority {
        match (self.impact, self.urgency) {
            (Impact::Person, Urgency::Low) => Priority::Low,
            (Impact::Person, Urgency::Medium) | (Impact::Unit, Urgency::Low) => Priority::Normal,
            (Impact::Person, Urgency::High) | (Impact::Unit, Urgency::Medium) | (Impact::Organisation, Urgency::Low) => {
                Priority::High
            }
            (Impact::Unit, Urgency::High) | (Impact::Organisation, Urgency::Medium | Urgency::High) => Priority::Critical,
        }
    }
}

/// Since when a ticket stands as it does: waiting, with whoever has it, or resolved; by all that happened to its conversation, oldest
/// first. `None` where it was never opened.
#[must_use]
pub fn stands_since<'e>(id: TicketId, events: impl IntoIterator<Item = &'e Event>) -> Option<Timestamp> {
    let mut latest = None;
    let mut since = None;
    for event in events {
        let turns = match &event.what {
            Happened::HandedOff { ticket, .. } => {
                latest = Some(*ticket);
                true
            }
            Happened::Taken { .. }
            | Happened::Released
            | Happened::Transferred { .. }
            | Happened::MovedLine { .. }
            | Happened::Resolved { .. }
            | Happened::MergedInto { .. }
            | Happened::Reopened => true,
            _ => false,
        };
        if turns && latest == Some(id) {
            since = Some(event.at);
        }
    }
    since
}

/// The ticket that another one may be a duplicate of, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// Its number.
    pub number: TicketNumber,
    /// Where it stands.
    pub status: Status,
    /// The ticket that it is itself a duplicate of.
    pub duplicate_of: Option<TicketNumber>,
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
