//! An operator says that a ticket is about an incident, or that it is not.

use super::Incident;
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Draft, Moment, Receipt};
use crate::domain::event::Happened;
use crate::domain::message::Author;
use crate::domain::operator_side::show_card;
use crate::domain::permission::Allowed;
use crate::domain::policy::Policy;

/// How an operator's wish to link or unlink ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linking {
    /// It is decided.
    Done(Box<Decision>),
    /// It is so already.
    Already,
    /// The ticket is resolved.
    NotOpen,
    /// The incident is over, so nobody would be told any more.
    Ended,
}

/// Links the conversation's ticket to an incident. A ticket is linked to one: another link takes the place of the one before.
#[must_use]
pub fn link(
    conversation: &Conversation,
    incident: &Incident,
    by: &Allowed,
    receipt: Option<Receipt>,
    policy: &Policy,
    moment: &mut Moment,
) -> Linking {
    let Some(ticket) = conversation.open_ticket() else { return Linking::NotOpen };
    if !incident.is_open() {
        return Linking::Ended;
    }
    match ticket.incident {
        Some(linked) if linked == incident.id => Linking::Already,
        before => {
            let mut draft = Draft::of(conversation.clone(), moment);
            if let Some(incident) = before {
                draft.happened(author(by), Happened::UnlinkedFromIncident { incident });
            }
            draft.happened(author(by), Happened::LinkedToIncident { incident: incident.id });
            show_card(&mut draft, policy);
            Linking::Done(Box::new(draft.decide(receipt)))
        }
    }
}

/// Takes the link of the conversation's ticket away.
#[must_use]
pub fn unlink(conversation: &Conversation, by: &Allowed, policy: &Policy, moment: &mut Moment) -> Linking {
    let Some(ticket) = conversation.open_ticket() else { return Linking::NotOpen };
    let Some(incident) = ticket.incident else { return Linking::Already };
    let mut draft = Draft::of(conversation.clone(), moment);
    draft.happened(author(by), Happened::UnlinkedFromIncident { incident });
    show_card(&mut draft, policy);
    Linking::Done(Box::new(draft.decide(None)))
}

fn author(by: &Allowed) -> Author {
    Author::Operator { id: by.by().id.clone(), name: by.by().name.clone() }
}
