//! What happened to a conversation: the only way in which its state changes.

use super::answer::{ArticleRef, PerMille};
use super::ids::{EventId, GroupId, IncidentId, MessageId, TicketId, TicketNumber};
use super::lang::Lang;
use super::message::{Author, Employee, HandOffReason};
use super::place::Place;
use super::ticket::{Assessment, Holder, Priority, SupportLine};
use super::time::Timestamp;

/// One thing that happened, by whom and when. Free text is in lines, never in events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its identifier, ordered by time.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Author,
    /// What.
    pub what: Happened,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The conversation began.
    Opened {
        /// Where.
        place: Place,
        /// With whom.
        employee: Employee,
        /// In which language.
        lang: Lang,
    },
    /// The employee wrote something for the bot to answer.
    Asked {
        /// The line.
        message: MessageId,
        /// The language it was taken to be in.
        lang: Lang,
    },
    /// The employee wrote something that asks for nothing, or for the bot's doings.
    Chatted {
        /// The line.
        message: MessageId,
        /// The language it was taken to be in.
        lang: Lang,
    },
    /// The bot answered with an article.
    Answered {
        /// The line.
        message: MessageId,
        /// The article.
        article: ArticleRef,
        /// How sure the bot was.
        confidence: PerMille,
    },
    /// The bot offered titles.
    Offered {
        /// The line.
        message: MessageId,
        /// The articles, best first.
        articles: Vec<ArticleRef>,
    },
    /// The bot told of an incident that the question seems to be about.
    ToldOfIncident {
        /// The line.
        message: MessageId,
        /// The incident.
        incident: IncidentId,
    },
    /// The employee says that the answer helped.
    Helped,
    /// The employee says that it did not.
    DidNotHelp,
    /// The bot stepped back; there is a ticket.
    HandedOff {
        /// The new ticket.
        ticket: TicketId,
        /// The line that says what it is about.
        question: MessageId,
        /// The group it went to.
        group: GroupId,
        /// The line of support it went to.
        line: SupportLine,
        /// How urgent it was judged.
        priority: Priority,
        /// Why.
        reason: HandOffReason,
    },
    /// The employee wrote while the desk has the matter.
    Added {
        /// The line.
        message: MessageId,
    },
    /// An operator took the ticket.
    Taken {
        /// Who.
        holder: Holder,
    },
    /// The operator put it back.
    Released,
    /// It went to another group.
    Transferred {
        /// From this one.
        from: GroupId,
        /// To this one.
        to: GroupId,
        /// The desk's line with the reason.
        reason: MessageId,
    },
    /// It went to another line of support.
    MovedLine {
        /// From this one.
        from: SupportLine,
        /// To this one.
        to: SupportLine,
        /// The desk's line with the reason.
        reason: MessageId,
    },
    /// An operator judged how urgent it is.
    Prioritised {
        /// By what.
        assessment: Assessment,
        /// What followed from that then.
        priority: Priority,
    },
    /// It was put aside.
    Snoozed {
        /// Until then, unless somebody writes before.
        until: Timestamp,
    },
    /// It is in hand again before its time.
    Woken,
    /// It was resolved as a duplicate of another ticket.
    MergedInto {
        /// That ticket.
        original: TicketNumber,
        /// Who found that out.
        by: Holder,
    },
    /// The operator wrote to the employee.
    Replied {
        /// The line.
        message: MessageId,
    },
    /// An operator wrote to colleagues.
    Noted {
        /// The line.
        message: MessageId,
    },
    /// The ticket is about an incident: its employee is told when that is over.
    LinkedToIncident {
        /// Which.
        incident: IncidentId,
    },
    /// The ticket is not about the incident.
    UnlinkedFromIncident {
        /// Which it was linked to.
        incident: IncidentId,
    },
    /// An operator resolved it.
    Resolved {
        /// Who.
        by: Holder,
    },
    /// The employee wrote anew what they had written; how it is now comes next.
    Amended {
        /// The line as it was.
        earlier: MessageId,
        /// What the bot had said to it, which does not stand any more.
        replaced: Vec<MessageId>,
    },
    /// The employee deleted what they had written.
    Withdrawn {
        /// The line.
        message: MessageId,
        /// What the bot had said to it, which does not stand any more.
        replaced: Vec<MessageId>,
    },
    /// A file that was sent along could not be taken.
    FileRefused {
        /// The line that tells of it.
        message: MessageId,
    },
    /// The employee attached a file while nobody in the desk has the matter.
    Attached {
        /// The line.
        message: MessageId,
    },
    /// The employee says it is solved.
    Confirmed,
    /// The employee says it is not solved.
    Reopened,
}
