//! States follow from events; a ticket has one holder at a time; every question has one outcome.

use super::{Evidence, Told};
use crate::domain::conversation::Conversation;
use crate::domain::event::{Event, Happened};
use crate::domain::ids::OperatorId;
use crate::domain::message::Author;
use crate::domain::ticket::Status;

pub(super) fn check(evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    for told in &evidence.conversations {
        broken.extend(rebuilt(told));
        broken.extend(one_holder_at_a_time(told));
        broken.extend(one_outcome_each(told));
    }
    broken.extend(tickets_agree(evidence));
    broken
}

fn rebuilt(told: &Told) -> Option<String> {
    let stored = &told.conversation;
    let rebuilt = Conversation::replay(stored.id, &told.events);
    (rebuilt.as_ref() != Some(stored))
        .then(|| format!("conversation {} is stored otherwise than its events say:\n    {stored:?}\n    {rebuilt:?}", stored.id))
}

fn one_holder_at_a_time(told: &Told) -> Vec<String> {
    let mut holder: Option<&OperatorId> = None;
    let mut broken = Vec::new();
    for event in &told.events {
        match &event.what {
            Happened::Taken { holder: by } => {
                if let Some(before) = holder.filter(|before| **before != by.id) {
                    let id = told.conversation.id;
                    broken.push(format!("conversation {id}: {} took the ticket while {before} had it", by.id));
                }
                holder = Some(&by.id);
            }
            Happened::HandedOff { .. }
            | Happened::Released
            | Happened::Transferred { .. }
            | Happened::MovedLine { .. }
            | Happened::Resolved { .. }
            | Happened::MergedInto { .. }
            | Happened::Reopened => holder = None,
            _ => {}
        }
    }
    broken
}

/// Every question that somebody asked led to one answer, offer, word of an incident or hand-off.
fn one_outcome_each(told: &Told) -> Vec<String> {
    let mut broken = Vec::new();
    for (at, event) in told.events.iter().enumerate() {
        let Happened::Asked { message, .. } = &event.what else { continue };
        // What is decided together happens at the same time, and nothing else does.
        let decided = |next: &&Event| next.by == Author::Bot && next.at == event.at;
        let outcomes = told.events[at + 1..].iter().take_while(decided).filter(|next| is_outcome(&next.what)).count();
        if outcomes != 1 {
            broken.push(format!("the question {message} of conversation {} has {outcomes} outcomes", told.conversation.id));
        }
    }
    broken
}

const fn is_outcome(what: &Happened) -> bool {
    matches!(
        what,
        Happened::Answered { .. } | Happened::Offered { .. } | Happened::ToldOfIncident { .. } | Happened::HandedOff { .. }
    )
}

fn tickets_agree(evidence: &Evidence) -> Vec<String> {
    let unlisted = evidence.conversations.iter().filter_map(|told| told.conversation.ticket.as_ref());
    let unlisted = unlisted.filter(|open| !evidence.tickets.iter().any(|ticket| ticket.id == open.id));
    let mut broken: Vec<String> = unlisted.map(|ticket| format!("a ticket is not listed: {ticket:?}")).collect();
    for ticket in &evidence.tickets {
        let Some(told) = evidence.told(ticket.conversation) else {
            broken.push(format!("ticket {} belongs to no conversation", ticket.number));
            continue;
        };
        let Some(latest) = told.conversation.ticket.as_ref().filter(|latest| latest.id == ticket.id) else { continue };
        let held = latest.holder().map(|holder| &holder.id);
        let listed = ticket.holder.as_ref().map(|holder| &holder.id).filter(|_| ticket.status == Status::Taken);
        if held != listed || latest.group != ticket.group || latest.priority != ticket.priority {
            broken.push(format!("ticket {} is listed otherwise than it stands", ticket.number));
        }
    }
    broken
}
