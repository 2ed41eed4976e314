//! What became of a ticket, as its own employee is told of it.

use super::event::{Event, Happened};
use super::ids::{GroupId, TicketId, TicketNumber};
use super::message::Author;
use super::ticket::SupportLine;
use super::time::Timestamp;

/// One step of a ticket's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Stage,
}

/// What an employee is told that happened to their ticket. Notes and how it is put aside are the desk's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It was opened.
    Received,
    /// This person took it.
    TakenBy(String),
    /// It went back into the queue.
    PutBack,
    /// It went to this group.
    TransferredTo(GroupId),
    /// It went to this line of support.
    MovedTo(SupportLine),
    /// This person wrote to the employee.
    AnsweredBy(String),
    /// The employee wrote more.
    Added,
    /// This person resolved it.
    ResolvedBy(String),
    /// It goes on in another ticket, with this number.
    MergedInto(TicketNumber),
    /// The employee said that it is solved.
    Confirmed,
    /// The employee said that it is not.
    Reopened,
}

/// A ticket's way, oldest first, as the events of its conversation, oldest first, tell it.
#[must_use]
pub fn history<'e>(ticket: TicketId, events: impl IntoIterator<Item = &'e Event>) -> Vec<Step> {
    let opens = |event: &Event| match event.what {
        Happened::HandedOff { ticket, .. } => Some(ticket),
        _ => None,
    };
    let mut own = events.into_iter().skip_while(|event| opens(event) != Some(ticket));
    let first = own.next().map(|event| Step { at: event.at, what: Stage::Received });
    let rest = own.take_while(|event| opens(event).is_none());
    first.into_iter().chain(rest.filter_map(|event| Some(Step { at: event.at, what: stage(event)? }))).collect()
}

fn stage(event: &Event) -> Option<Stage> {
    Some(match &event.what {
        Happened::Taken { holder } => Stage::TakenBy(holder.name.clone()),
        Happened::Released => Stage::PutBack,
        Happened::Transferred { to, .. } => Stage::TransferredTo(to.clone()),
        Happened::MovedLine { to, .. } => Stage::MovedTo(*to),
        Happened::Replied { .. } => match &event.by {
            Author::Operator { name, .. } => Stage::AnsweredBy(name.clone()),
            Author::Bot | Author::Employee => return None,
        },
        Happened::Added { .. } => Stage::Added,
        Happened::Resolved { by } => Stage::ResolvedBy(by.name.clone()),
        Happened::MergedInto { original, .. } => Stage::MergedInto(*original),
        Happened::Confirmed => Stage::Confirmed,
        Happened::Reopened => Stage::Reopened,
        _ => return None,
    })
}
