//! The course of a conversation's tickets, as its events tell it: what each was about, who answered, how it ended.

use super::event::{Event, Happened};
use super::ids::{GroupId, MessageId, TicketId};
use super::ticket::Holder;
use super::time::Timestamp;

/// What became of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which.
    pub ticket: TicketId,
    /// The line that says what it is about.
    pub question: MessageId,
    /// What operators wrote to the employee, oldest first.
    pub replies: Vec<MessageId>,
    /// The group that has it, or had it in the end.
    pub group: GroupId,
    /// Who resolved it and when; `None` where it is open, or open again.
    pub resolved: Option<(Holder, Timestamp)>,
    /// Whether it was about an incident, whose end says nothing of the next ticket.
    pub of_incident: bool,
}

/// The course of every ticket that these events of one conversation, oldest first, tell of; the latest ticket comes last.
#[must_use]
pub fn courses<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for event in events {
        if let Happened::HandedOff { ticket, question, group, .. } = &event.what {
            let (ticket, question, group) = (*ticket, *question, group.clone());
            courses.push(Course { ticket, question, replies: Vec::new(), group, resolved: None, of_incident: false });
        } else if let Some(latest) = courses.last_mut() {
            latest.follow(event);
        }
    }
    courses
}

impl Course {
    fn follow(&mut self, event: &Event) {
        match &event.what {
            Happened::Replied { message } => self.replies.push(*message),
            Happened::Transferred { to, .. } => self.group = to.clone(),
            Happened::Resolved { by } => self.resolved = Some((by.clone(), event.at)),
            Happened::Reopened | Happened::MergedInto { .. } => self.resolved = None,
            Happened::LinkedToIncident { .. } => self.of_incident = true,
            Happened::UnlinkedFromIncident { .. } => self.of_incident = false,
            _ => {}
        }
    }
}

impl Happened {
    /// Whether a ticket is over because of it, or no longer is. A duplicate is over without having been solved.
    #[must_use]
    pub const fn settles(&self) -> bool {
        matches!(self, Self::Resolved { .. } | Self::Reopened)
    }
}
