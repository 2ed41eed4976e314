//! An incident is over: everybody who waits because of it is told, and asked whether it is over for them too.

use super::Incident;
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Draft, Moment, Receipt};
use crate::domain::event::Happened;
use crate::domain::ids::IncidentNumber;
use crate::domain::message::{Author, Content};
use crate::domain::operator_side::{refresh_card, wake};
use crate::domain::policy::Policy;
use crate::domain::ticket::Holder;

/// Tells the employee of one linked ticket, which is resolved by that: by whoever has it, else by who ended the incident.
/// `None` where the ticket is resolved or linked to another incident by now. The receipt keeps the same end from being told twice.
#[must_use]
pub fn tell_that_it_is_over(
    conversation: &Conversation,
    (number, incident): (IncidentNumber, &Incident),
    by: &Holder,
    receipt: Receipt,
    policy: &Policy,
    moment: &mut Moment,
) -> Option<Decision> {
    let ticket = conversation.open_ticket().filter(|ticket| ticket.incident == Some(incident.id))?;
    let (id, by) = (ticket.id, ticket.holder().unwrap_or(by).clone());
    let told = incident.told(number, conversation.lang, moment.now);
    let mut draft = Draft::of(conversation.clone(), moment);
    let author = Author::Operator { id: by.id.clone(), name: by.name.clone() };
    wake(&mut draft, author.clone());
    draft.happened(author, Happened::Resolved { by });
    draft.say(Author::Bot, Content::IncidentEnded { ticket: Some(id), incident: told });
    refresh_card(&mut draft, policy);
    Some(draft.decide(Some(receipt)))
}
