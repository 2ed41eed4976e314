//! One employee, one matter, one place: the state, and how events change it.

use std::time::Duration;

use super::answer::ArticleRef;
use super::event::{Event, Happened};
use super::ids::{ConversationId, IncidentId, MessageId, TicketId};
use super::lang::Lang;
use super::message::Employee;
use super::place::Place;
use super::ticket::{Ticket, TicketState};
use super::time::Timestamp;

/// How long after the last word something new from the same employee is taken to follow up on it.
pub const FOLLOW_UP: Duration = Duration::from_mins(30);

/// How long an employee's word after a resolution is taken to be about it.
pub const RESOLUTION_STAYS_OPEN: Duration = Duration::from_hours(7 * 24);

/// How many events a conversation has seen; a decision on an older count is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(i64);

impl Version {
    /// After so many events.
    #[must_use]
    pub const fn new(events: i64) -> Self {
        Self(events)
    }

    /// So many events.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// A conversation as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its identifier.
    pub id: ConversationId,
    /// How many events made it what it is.
    pub version: Version,
    /// Where it lives.
    pub place: Place,
    /// Whose it is.
    pub employee: Employee,
    /// The language it is held in, as last written.
    pub lang: Lang,
    /// Whose turn it is.
    pub phase: Phase,
    /// The line with the question in hand.
    pub question: Option<MessageId>,
    /// What was last put to the employee about it.
    pub shown: Shown,
    /// The latest ticket.
    pub ticket: Option<Ticket>,
    /// When it began.
    pub opened_at: Timestamp,
    /// When something last happened.
    pub changed_at: Timestamp,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The bot answers.
    WithBot,
    /// A person has it, or will have; the bot is silent.
    WithDesk,
    /// The ticket is resolved; the employee has been asked whether it is solved.
    Resolved,
    /// The employee said that the matter is done.
    Ended,
}

/// What was last put to the employee about the question in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// This article.
    Answer(ArticleRef),
    /// These to choose from.
    Offer(Vec<ArticleRef>),
    /// This incident, as what the question may be about.
    Incident(IncidentId),
}

impl Conversation {
    /// A conversation that has just begun.
    #[must_use]
    pub const fn opened(id: ConversationId, place: Place, employee: Employee, lang: Lang, at: Timestamp) -> Self {
        Self {
            id,
            version: Version::new(1),
            place,
            employee,
            lang,
            phase: Phase::WithBot,
            question: None,
            shown: Shown::Nothing,
            ticket: None,
            opened_at: at,
            changed_at: at,
        }
    }

    /// The conversation that these events, oldest first, made; `None` where they do not begin with its opening.
    #[must_use]
    pub fn replay<'e>(id: ConversationId, events: impl IntoIterator<Item = &'e Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let first = events.next()?;
        let Happened::Opened { place, employee, lang } = &first.what else { return None };
        let mut conversation = Self::opened(id, place.clone(), employee.clone(), *lang, first.at);
        events.for_each(|event| conversation.follow(event));
        Some(conversation)
    }

    /// Takes in what happened.
    pub fn follow(&mut self, event: &Event) {
        self.version = Version::new(self.version.get() + 1);
        self.changed_at = event.at;
        match &event.what {
            Happened::Asked { message, lang } => self.asked(*message, *lang),
            Happened::Chatted { lang, .. } => self.lang = *lang,
            Happened::Answered { article, .. } => self.shown = Shown::Answer(article.clone()),
            Happened::ToldOfIncident { incident, .. } => self.shown = Shown::Incident(*incident),
            Happened::Offered { articles, .. } => self.shown = Shown::Offer(articles.clone()),
            Happened::Helped | Happened::Confirmed => self.phase = Phase::Ended,
            Happened::DidNotHelp => self.shown = Shown::Nothing,
            Happened::HandedOff { ticket, question, group, line, priority, .. } => {
                self.ticket = Some(Ticket::opened(*ticket, *question, group.clone(), *line, *priority, event.at));
                self.phase = Phase::WithDesk;
            }
            Happened::Resolved { .. } | Happened::MergedInto { .. } => self.phase = Phase::Resolved,
            Happened::Reopened => self.phase = Phase::WithDesk,
            Happened::Amended { earlier, .. } => self.forget(*earlier),
            Happened::Withdrawn { message, .. } => self.withdrawn(*message),
            _ => {}
        }
        if let Some(ticket) = &mut self.ticket {
            ticket.follow(event);
        }
    }

    fn asked(&mut self, message: MessageId, lang: Lang) {
        self.lang = lang;
        self.question = Some(message);
        self.shown = Shown::Nothing;
        self.phase = Phase::WithBot;
    }

    /// The line does not stand any more.
    fn forget(&mut self, line: MessageId) {
        if self.question == Some(line) {
            self.question = None;
            self.shown = Shown::Nothing;
        }
    }

    fn withdrawn(&mut self, line: MessageId) {
        if self.question == Some(line) && self.phase == Phase::WithBot {
            self.phase = Phase::Ended;
        }
        self.forget(line);
    }

    /// Whether something that the employee writes at `address` now belongs here, or is a matter of its own.
    ///
    /// `room` is the address that the conversation moved to at its hand-off, if it did.
    #[must_use]
    pub fn goes_on_at(&self, address: &str, room: Option<&str>, now: Timestamp) -> bool {
        let here = room.unwrap_or(&self.place.address) == address;
        match self.phase {
            Phase::WithDesk => here,
            Phase::Resolved => here && now.since(self.changed_at) < RESOLUTION_STAYS_OPEN,
            Phase::WithBot => here && now.since(self.changed_at) < FOLLOW_UP,
            Phase::Ended => room == Some(address),
        }
    }

    /// The ticket, if the desk has it now.
    #[must_use]
    pub fn open_ticket(&self) -> Option<&Ticket> {
        self.ticket.as_ref().filter(|_| self.phase == Phase::WithDesk)
    }

    /// The ticket, if it is resolved and can be reopened.
    #[must_use]
    pub fn resolved_ticket(&self) -> Option<TicketId> {
        self.ticket.as_ref().filter(|ticket| matches!(ticket.state, TicketState::Resolved { .. })).map(|ticket| ticket.id)
    }
}
