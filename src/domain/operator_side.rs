//! What operators do with a ticket. Every verb asks for the proof that they may.

use std::time::Duration;

use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Draft, Errand, Moment, Receipt};
use super::event::Happened;
use super::ids::{ChannelName, GroupId, MessageId, TicketId, TicketNumber};
use super::message::{Author, Content, Redacted, Visibility};
use super::permission::Allowed;
use super::place::Delivery;
use super::policy::Policy;
use super::ticket::{Assessment, Holder, Original, Status, SupportLine, Ticket, TicketState};
use super::time::Timestamp;

/// How long a ticket may be put aside at most.
pub const LONGEST_SNOOZE: Duration = Duration::from_hours(366 * 24);

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
    /// It takes a reason, and none was given.
    NoReason,
    /// The moment is over, or more than [`LONGEST_SNOOZE`] away.
    UnfitMoment,
    /// The tickets cannot be merged.
    Unmergeable(Unmergeable),
}

/// Why a ticket is no duplicate of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmergeable {
    /// There is no ticket with that number, or the operator may not see it.
    NoSuchTicket,
    /// It is the ticket itself.
    Itself,
    /// The other ticket is resolved.
    OriginalNotOpen,
    /// The other ticket is itself a duplicate of this one.
    IsDuplicateOf(TicketNumber),
    /// Other tickets are duplicates of this one: merge the other ticket into it instead.
    HasDuplicates,
}

/// Where an operator's words were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// In the desk: they still have to reach the employee.
    InDesk,
    /// Where the conversation lives: the employee sees them already.
    InPlace(Receipt),
}

/// Where a ticket is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To another group; it stays in its line of support.
    Group(GroupId),
    /// To another line of support; it stays in its group.
    Line(SupportLine),
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
    /// Give it to others, in whose queue it waits.
    Transfer {
        /// To whom.
        to: Destination,
        /// Why, for colleagues.
        reason: Redacted,
    },
    /// Judge how urgent it is.
    Prioritise(Assessment),
    /// Put it aside until then, or until somebody writes.
    Snooze {
        /// Later than now, by [`LONGEST_SNOOZE`] at most.
        until: Timestamp,
    },
    /// Have it in the ordinary lists again before its time.
    Wake,
    /// Resolve it as a duplicate of the ticket with this number.
    MergeInto(TicketNumber),
    /// Resolve it, with a last word to the employee or without.
    Resolve(Option<Redacted>),
}

impl Wish {
    /// The verb, as logs and receipts name it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Release => "release",
            Self::Reply(..) => "reply",
            Self::Note(_) => "note",
            Self::Transfer { .. } => "transfer",
            Self::Prioritise(_) => "prioritise",
            Self::Snooze { .. } => "snooze",
            Self::Wake => "wake",
            Self::MergeInto(_) => "merge",
            Self::Resolve(_) => "resolve",
        }
    }
}

/// A wish with what was looked up about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What the operator wants.
    pub wish: Wish,
    /// What makes the same request twice one, where the caller gave it a name.
    pub receipt: Option<Receipt>,
    /// For a merge: what was found of the tickets.
    pub merge: Option<Merge>,
}

/// What was found of two tickets, one of which may be a duplicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The number of the ticket that may be a duplicate.
    pub number: TicketNumber,
    /// The other one; `None` where there is none, or not for the operator to see.
    pub original: Option<Original>,
    /// Whether the first one has duplicates itself.
    pub has_duplicates: bool,
}

impl From<Wish> for Request {
    fn from(wish: Wish) -> Self {
        Self { wish, receipt: None, merge: None }
    }
}

/// Decides what follows from an operator's wish.
#[must_use]
pub fn handle(
    conversation: &Conversation,
    by: &Allowed,
    request: impl Into<Request>,
    policy: &Policy,
    moment: &mut Moment,
) -> Handled {
    let Request { wish, receipt, merge } = request.into();
    let Some(ticket) = &conversation.ticket else { return Handled::NotOpen };
    if !matches!(wish, Wish::Note(_)) {
        if conversation.phase != Phase::WithDesk {
            return Handled::NotOpen;
        }
        if let Some(holder) = ticket.holder().filter(|holder| holder.id != by.by().id) {
            return Handled::HeldBy(holder.clone());
        }
        if let Some(refused) = objection(&wish, ticket, merge.as_ref(), policy, moment.now) {
            return refused;
        }
    }
    let mut draft = Draft::of(conversation.clone(), moment);
    let in_place = carry_out(&mut draft, by, wish, receipt.as_ref(), policy);
    Handled::Done(Box::new(draft.decide(in_place.or(receipt))))
}

/// What speaks against a wish about an open ticket that nobody else has.
fn objection(wish: &Wish, ticket: &Ticket, merge: Option<&Merge>, policy: &Policy, now: Timestamp) -> Option<Handled> {
    match (wish, &ticket.state) {
        (Wish::Take, TicketState::Held(_)) | (Wish::Release, TicketState::Waiting) => Some(Handled::Already),
        (Wish::Transfer { to, reason }, _) => match to {
            Destination::Group(group) if policy.groups.get(group).is_none() => Some(Handled::NoSuchGroup(group.clone())),
            _ if !reason.says_something() => Some(Handled::NoReason),
            Destination::Group(group) => (*group == ticket.group).then_some(Handled::Already),
            Destination::Line(line) => (*line == ticket.line).then_some(Handled::Already),
        },
        (Wish::Prioritise(assessment), _) => (ticket.assessment == Some(*assessment)).then_some(Handled::Already),
        (Wish::Snooze { until }, _) if *until <= now || until.since(now) > LONGEST_SNOOZE => Some(Handled::UnfitMoment),
        (Wish::Snooze { until }, _) => (ticket.snoozed_until == Some(*until)).then_some(Handled::Already),
        (Wish::Wake, _) => (!ticket.is_asleep(now)).then_some(Handled::Already),
        (Wish::MergeInto(number), _) => unmergeable(*number, merge).map(Handled::Unmergeable),
        _ => None,
    }
}

fn unmergeable(into: TicketNumber, merge: Option<&Merge>) -> Option<Unmergeable> {
    let Some(Merge { number, original: Some(original), has_duplicates }) = merge else { return Some(Unmergeable::NoSuchTicket) };
    if *number == into {
        return Some(Unmergeable::Itself);
    }
    match original.duplicate_of {
        Some(other) => Some(Unmergeable::IsDuplicateOf(other)),
        None if original.status == Status::Resolved => Some(Unmergeable::OriginalNotOpen),
        None => has_duplicates.then_some(Unmergeable::HasDuplicates),
    }
}

/// Carries a wish out; the receipt of the operator's own words where they were written in the conversation's place.
fn carry_out(draft: &mut Draft<'_>, by: &Allowed, wish: Wish, receipt: Option<&Receipt>, policy: &Policy) -> Option<Receipt> {
    if !matches!(wish, Wish::Note(_) | Wish::Prioritise(_) | Wish::Snooze { .. }) {
        wake(draft, author(by));
    }
    match wish {
        Wish::Take => take(draft, by, policy),
        Wish::Release => release(draft, by, policy),
        Wish::Transfer { to, reason } => transfer(draft, by, to, reason, policy),
        Wish::Prioritise(assessment) => prioritise(draft, by, assessment, policy),
        Wish::Snooze { until } => {
            draft.happened(author(by), Happened::Snoozed { until });
            show_card(draft, policy);
        }
        Wish::Wake => show_card(draft, policy),
        Wish::MergeInto(original) => merge_into(draft, by, original, policy),
        Wish::Reply(text, written) => return reply(draft, by, text, written, policy),
        Wish::Resolve(text) => resolve(draft, by, text, policy),
        Wish::Note(text) => {
            let message = note(draft, by, text);
            post_note(draft, message, receipt, policy);
        }
    }
    None
}

/// Ends a snooze that is not over.
pub(crate) fn wake(draft: &mut Draft<'_>, by: Author) {
    let now = draft.now();
    if draft.conversation().open_ticket().is_some_and(|ticket| ticket.is_asleep(now)) {
        draft.happened(by, Happened::Woken);
    }
}

pub(crate) fn author(by: &Allowed) -> Author {
    Author::Operator { id: by.by().id.clone(), name: by.by().name.clone() }
}

pub(crate) fn take(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    draft.happened(author(by), Happened::Taken { holder: by.by().clone() });
    draft.say(author(by), Content::Taken);
    if draft.conversation().place.delivery == Delivery::Pushed {
        draft.errand(Errand::Admit { operator: by.by().id.clone() });
    }
    show_card(draft, policy);
}

/// Whoever answers a ticket that nobody has, has it from then on.
pub(crate) fn take_if_waiting(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    if draft.conversation().open_ticket().is_some_and(|ticket| ticket.state == TicketState::Waiting) {
        take(draft, by, policy);
    }
}

fn release(draft: &mut Draft<'_>, by: &Allowed, policy: &Policy) {
    draft.happened(author(by), Happened::Released);
    draft.say(author(by), Content::Released);
    show_card(draft, policy);
}

fn reply(draft: &mut Draft<'_>, by: &Allowed, text: Redacted, written: Written, policy: &Policy) -> Option<Receipt> {
    take_if_waiting(draft, by, policy);
    let (message, receipt) = match written {
        Written::InDesk => (draft.say(author(by), Content::Text(text)), None),
        Written::InPlace(receipt) => (draft.record(author(by), Visibility::Everyone, Content::Text(text)), Some(receipt)),
    };
    draft.happened(author(by), Happened::Replied { message });
    receipt
}

pub(crate) fn note(draft: &mut Draft<'_>, by: &Allowed, text: Redacted) -> MessageId {
    let message = draft.record(author(by), Visibility::Desk, Content::Note(text));
    draft.happened(author(by), Happened::Noted { message });
    message
}

/// Shows a note where the group's operators talk among themselves, unless it came from there.
fn post_note(draft: &mut Draft<'_>, message: MessageId, receipt: Option<&Receipt>, policy: &Policy) {
    let Some((channel, ticket, group)) = shown_at(draft, policy) else { return };
    if receipt.is_none_or(|receipt| receipt.channel != channel) {
        draft.errand(Errand::PostNote { channel, ticket, group, message });
    }
}

fn transfer(draft: &mut Draft<'_>, by: &Allowed, to: Destination, reason: Redacted, policy: &Policy) {
    let Some(ticket) = &draft.conversation().ticket else { return };
    let (from, from_line) = (ticket.group.clone(), ticket.line);
    let reason = draft.record(author(by), Visibility::Desk, Content::Note(reason));
    match to {
        Destination::Group(to) => {
            draft.happened(author(by), Happened::Transferred { from: from.clone(), to: to.clone(), reason });
            draft.say(author(by), Content::Transferred { group: to });
            show_card_to(draft, &from, policy);
        }
        Destination::Line(to) => {
            draft.happened(author(by), Happened::MovedLine { from: from_line, to, reason });
            draft.say(author(by), Content::MovedToLine { line: to });
        }
    }
    show_card(draft, policy);
}

fn prioritise(draft: &mut Draft<'_>, by: &Allowed, assessment: Assessment, policy: &Policy) {
    let priority = assessment.priority();
    draft.happened(author(by), Happened::Prioritised { assessment, priority });
    show_card(draft, policy);
}

/// The employee is told, and may say that it is not the same.
fn merge_into(draft: &mut Draft<'_>, by: &Allowed, original: TicketNumber, policy: &Policy) {
    let Some(ticket) = draft.conversation().ticket.as_ref().map(|ticket| ticket.id) else { return };
    draft.happened(author(by), Happened::MergedInto { original, by: by.by().clone() });
    draft.say(Author::Bot, Content::MergedInto { ticket, original });
    show_card(draft, policy);
}

pub(crate) fn resolve(draft: &mut Draft<'_>, by: &Allowed, text: Option<Redacted>, policy: &Policy) {
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

/// Brings the card up to date where that disturbs nobody: for what happens to very many tickets at once.
pub(crate) fn refresh_card(draft: &mut Draft<'_>, policy: &Policy) {
    if let Some((channel, ticket, group)) = shown_at(draft, policy) {
        draft.errand(Errand::RefreshCard { channel, ticket, group });
    }
}

/// The channel that has the operators of the ticket's group, with the ticket and the group.
fn shown_at(draft: &Draft<'_>, policy: &Policy) -> Option<(ChannelName, TicketId, GroupId)> {
    let ticket = draft.conversation().ticket.as_ref()?;
    let channel = policy.cards.get(&ticket.group)?;
    Some((channel.clone(), ticket.id, ticket.group.clone()))
}

fn show_card_to(draft: &mut Draft<'_>, group: &GroupId, policy: &Policy) {
    let Some(ticket) = draft.conversation().ticket.as_ref().map(|ticket| ticket.id) else { return };
    if let Some(channel) = policy.cards.get(group) {
        draft.errand(Errand::ShowCard { channel: channel.clone(), ticket, group: group.clone() });
    }
}
