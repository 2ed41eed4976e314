//! What operators do with a ticket. Every verb asks for the proof that they may.

use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Draft, Errand, Moment, Receipt};
use super::event::Happened;
use super::ids::GroupId;
use super::message::{Author, Content, Redacted, Visibility};
use super::permission::Allowed;
use super::place::Delivery;
use super::policy::Policy;
use super::ticket::{Holder, TicketState};

/// How an operator's wish ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handled {
    /// It is decided.
    Done(Box<Decision>),
    /// It is so already.
    Already,
    /// Somebody else has the ticket.
    HeldBy(Holder),
    /// The ticket is resolved; there is nothing to handle.
    NotOpen,
    /// There is no such group.
    NoSuchGroup(GroupId),
}

/// Where an operator's words were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// In the desk: they still have to reach the employee.
    InDesk,
    /// Where the conversation lives: the employee sees them already.
    InPlace(Receipt),
}

/// What an operator wants to do with a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Have it.
    Take,
    /// Put it back into the queue.
    Release,
    /// Write to the employee.
    Reply(Redacted, Written),
    /// Write to colleagues.
    Note(Redacted),
    /// Give it to another group.
    Transfer {
        /// Which.
        group: GroupId,
        /// Why.
        reason: Redacted,
    },
    /// Resolve it, with a last word to the employee or without.
    Resolve(Option<Redacted>),
}

/// Decides what follows from an operator's wish.
#[must_use]
pub fn handle(conversation: &Conversation, by: &Allowed, wish: Wish, policy: &Policy, moment: &mut Moment) -> Handled {
    let Some(ticket) = &conversation.ticket else { return Handled::NotOpen };
    let mut draft = Draft::of(conversation.clone(), moment);
    if let Wish::Note(text) = wish {
        note(&mut draft, by, text);
        return done(draft, None);
    }
    if conversation.phase != Phase::WithDesk {
        return Handled::NotOpen;
    }
    if let Some(holder) = ticket.holder().filter(|holder| holder.id != by.by().id) {
        return Handled::HeldBy(holder.clone());
    }
    match (wish, &ticket.state) {
        (Wish::Take, TicketState::Held(_)) | (Wish::Release, TicketState::Waiting) => Handled::Already,
        (Wish::Transfer { group, .. }, _) if policy.groups.get(&group).is_none() => Handled::NoSuchGroup(group),
        (Wish::Transfer { group, .. }, _) if group == ticket.group => Handled::Already,
        (wish, _) => carry_out(draft, by, wish, policy),
    }
}

fn carry_out(mut draft: Draft<'_>, by: &Allowed, wish: Wish, policy: &Policy) -> Handled {
    match wish {
        Wish::Take => take(&mut draft, by, policy),
        Wish::Release => release(&mut draft, by, policy),
        Wish::Transfer { group, reason } => transfer(&mut draft, by, group, reason, policy),
        Wish::Reply(text, written) => return reply(draft, by, text, written, policy),
        Wish::Resolve(text) => resolve(&mut draft, by, text, policy),
        Wish::Note(text) => note(&mut draft, by, text),
    }
    done(draft, None)
}

fn done(draft: Draft<'_>, receipt: Option<Receipt>) -> Handled {
    Handled::Done(Box::new(draft.decide(receipt)))
}

fn author(by: &Allowed) -> Author {
    Author::Operator { id: by.by().id.clone(), name: by.by().name.clone() }
}

fn take(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    draft.happened(author(by), Happened::Taken { holder: by.by().clone() });
    draft.say(author(by), Content::Taken);
    if draft.conversation().place.delivery == Delivery::Pushed {
        draft.errand(Errand::Admit { operator: by.by().id.clone() });
    }
    show_card(draft, policy);
}

/// Whoever answers a ticket that nobody has, has it from then on.
fn take_if_waiting(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    if draft.conversation().open_ticket().is_some_and(|ticket| ticket.state == TicketState::Waiting) {
        take(draft, by, policy);
    }
}

fn release(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    draft.happened(author(by), Happened::Released);
    draft.say(author(by), Content::Released);
    show_card(draft, policy);
}

fn reply(mut draft: Draft<'_>, by: &Allowed, text: Redacted, written: Written, policy: &Policy) -> Handled {
    take_if_waiting(&mut draft, by, policy);
    let (message, receipt) = match written {
        Written::InDesk => (draft.say(author(by), Content::Text(text)), None),
        Written::InPlace(receipt) => (draft.record(author(by), Visibility::Everyone, Content::Text(text)), Some(receipt)),
    };
    draft.happened(author(by), Happened::Replied { message });
    done(draft, receipt)
}

fn note(draft: &mut Draft<'_>, by: &Allowed, text: Redacted) {
    let message = draft.record(author(by), Visibility::Desk, Content::Note(text));
    draft.happened(author(by), Happened::Noted { message });
}

fn transfer(draft: &mut Draft<'_>, by: &Allowed, to: GroupId, reason: Redacted, policy: &Policy) {
    let Some(from) = draft.conversation().ticket.as_ref().map(|ticket| ticket.group.clone()) else { return };
    let reason = draft.record(author(by), Visibility::Desk, Content::Note(reason));
    draft.happened(author(by), Happened::Transferred { from: from.clone(), to: to.clone(), reason });
    draft.say(author(by), Content::Transferred { group: to });
    show_card_to(draft, &from, policy);
    show_card(draft, policy);
}

fn resolve(draft: &mut Draft<'_>, by: &Allowed, text: Option<Redacted>, policy: &Policy) {
    let Some(ticket) = draft.conversation().ticket.as_ref().map(|ticket| ticket.id) else { return };
    if let Some(text) = text {
        let message = draft.say(author(by), Content::Text(text));
        draft.happened(author(by), Happened::Replied { message });
    }
    draft.happened(author(by), Happened::Resolved { by: by.by().clone() });
    draft.say(Author::Bot, Content::ResolvedAsk(ticket));
    show_card(draft, policy);
}

/// Shows the ticket's present state to the operators of its group, where they are reached outside the desk.
pub(crate) fn show_card(draft: &mut Draft<'_>, policy: &Policy) {
    if let Some(group) = draft.conversation().ticket.as_ref().map(|ticket| ticket.group.clone()) {
        show_card_to(draft, &group, policy);
    }
}

fn show_card_to(draft: &mut Draft<'_>, group: &GroupId, policy: &Policy) {
    let Some(ticket) = draft.conversation().ticket.as_ref().map(|ticket| ticket.id) else { return };
    if let Some(channel) = policy.cards.get(group) {
        draft.errand(Errand::ShowCard { channel: channel.clone(), ticket, group: group.clone() });
    }
}
