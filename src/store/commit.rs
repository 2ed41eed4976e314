//! Keeping a decision.
//!
//! Two messages can open a conversation for the same employee at the same place at the same moment, each unaware of the other.
//! The row in `latest` is what they meet at: whoever comes second finds the first one's conversation there, and if the employee's
//! words would have gone on in it, the decision is stale. The flow then runs again and joins it.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::documents::{ContentDoc, ErrandDoc, HappenedDoc, ShownDoc};
use super::failure::Failure;
use super::names::{Named, rank};
use super::sql;
use super::to_rows;
use super::writer::{Applied, Write};
use super::{amendments, attachments, feedback, from_rows, incidents, ticket_text};
use crate::domain::conversation::{Conversation, Version};
use crate::domain::decision::{Decision, Errand, Receipt};
use crate::domain::event::Happened;
use crate::domain::ids::{ChannelName, ConversationId, GroupId, MessageId, TicketId, TicketNumber};
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Timestamp;
use crate::ports::Committed;

/// A decision to keep.
pub(super) struct Keep(pub(super) Decision);

#[async_trait]
impl Write for Keep {
    type Reply = Committed;
    const DOING: &'static str = "kept a decision";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<Committed>, Failure> {
        let decision = &self.0;
        if let Some(receipt) = &decision.receipt
            && let Some(before) = receive(connection, receipt, decision.conversation.id, decision.received_line()).await?
        {
            return Ok(Applied::Undo(Committed::SeenBefore(before)));
        }
        let current = match decision.expected {
            None => open(connection, &decision.conversation).await?,
            Some(expected) => change(connection, &decision.conversation, expected).await?,
        };
        if !current {
            return Ok(Applied::Undo(Committed::Stale));
        }
        if !tickets(connection, decision).await? {
            return Ok(Applied::Undo(Committed::Stale));
        }
        feedback::count(connection, decision).await?;
        events(connection, decision).await?;
        lines(connection, decision).await?;
        attachments::note(connection, decision).await?;
        ticket_text::add(connection, decision).await?;
        amendments::follow(connection, decision).await?;
        errands(connection, decision).await?;
        Ok(Applied::Keep(Committed::Done))
    }
}

/// Notes the receipt; the conversation that it led to where it was seen before.
pub(super) async fn receive(
    connection: &mut AnyConnection,
    receipt: &Receipt,
    conversation: ConversationId,
    line: Option<MessageId>,
) -> Result<Option<ConversationId>, Failure> {
    let Receipt { channel, external_id } = receipt;
    let noted = query(sql::RECEIVE).bind(channel.as_str()).bind(external_id.as_str());
    let noted = noted.bind(conversation.get()).bind(line.map(MessageId::get));
    if noted.execute(&mut *connection).await?.rows_affected() > 0 {
        return Ok(None);
    }
    let before = query(sql::SEEN).bind(channel.as_str()).bind(external_id.as_str()).fetch_one(connection).await?;
    Ok(Some(ConversationId::new(from_rows::number(&before, "conversation")?)))
}

/// Opens a conversation; `false` where its id is taken or another one goes on at the place.
async fn open(connection: &mut AnyConnection, new: &Conversation) -> Result<bool, Failure> {
    let inserted = query(sql::OPEN)
        .bind(new.id.get())
        .bind(new.version.get())
        .bind(new.place.channel.as_str())
        .bind(new.place.address.as_str())
        .bind(new.place.delivery.word())
        .bind(new.employee.id.as_str())
        .bind(new.employee.name.as_deref())
        .bind(new.employee.email.as_deref())
        .bind(new.employee.organisation.as_deref())
        .bind(new.lang.word())
        .bind(new.phase.word())
        .bind(new.question.map(MessageId::get))
        .bind(to_rows::json(&ShownDoc::from(&new.shown))?)
        .bind(new.ticket.as_ref().map(|ticket| ticket.id.get()))
        .bind(new.opened_at.micros())
        .bind(new.changed_at.micros());
    if inserted.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    be_latest(connection, new).await
}

async fn be_latest(connection: &mut AnyConnection, new: &Conversation) -> Result<bool, Failure> {
    let place = &new.place;
    let bound = |statement| {
        let named = query(statement).bind(place.channel.as_str()).bind(place.address.as_str());
        named.bind(new.employee.id.as_str()).bind(new.id.get())
    };
    let latest = bound(sql::BE_LATEST).fetch_one(&mut *connection).await?;
    let latest = from_rows::number(&latest, "conversation")?;
    if latest == new.id.get() {
        return Ok(true);
    }
    let row = query(sql::CONVERSATION).bind(latest).fetch_one(&mut *connection).await?;
    let room = query(sql::ROOM_OF).bind(latest).fetch_optional(&mut *connection).await?;
    let room = room.map(|row| from_rows::text(&row, "address")).transpose()?;
    if from_rows::conversation(&row)?.goes_on_at(&place.address, room.as_deref(), new.opened_at) {
        return Ok(false);
    }
    bound(sql::REPLACE_LATEST).execute(connection).await?;
    Ok(true)
}

/// Changes a conversation; `false` where it has moved on.
async fn change(connection: &mut AnyConnection, changed: &Conversation, expected: Version) -> Result<bool, Failure> {
    let updated = query(sql::CHANGE)
        .bind(changed.id.get())
        .bind(expected.get())
        .bind(changed.version.get())
        .bind(changed.lang.word())
        .bind(changed.phase.word())
        .bind(changed.question.map(MessageId::get))
        .bind(to_rows::json(&ShownDoc::from(&changed.shown))?)
        .bind(changed.ticket.as_ref().map(|ticket| ticket.id.get()))
        .bind(changed.changed_at.micros());
    Ok(updated.execute(connection).await?.rows_affected() > 0)
}

/// Opens and changes tickets; `false` where a merge rests on what is no longer so.
async fn tickets(connection: &mut AnyConnection, decision: &Decision) -> Result<bool, Failure> {
    for event in &decision.events {
        if let Happened::HandedOff { ticket, question, group, line, priority, .. } = &event.what {
            let counted = query(sql::NEXT_NUMBER).fetch_one(&mut *connection).await?;
            let opened = query(sql::OPEN_TICKET)
                .bind(ticket.get())
                .bind(from_rows::number(&counted, "number")?)
                .bind(decision.conversation.id.get())
                .bind(question.get())
                .bind(group.as_str())
                .bind(line.word())
                .bind(rank(*priority))
                .bind(Status::Waiting.word())
                .bind(event.at.micros());
            opened.execute(&mut *connection).await?;
        }
    }
    let Some(ticket) = &decision.conversation.ticket else { return Ok(true) };
    change_ticket(connection, ticket, decision.conversation.changed_at).await?;
    incidents::follow_links(connection, ticket, &decision.events).await?;
    let original = decision.events.iter().find_map(|event| match &event.what {
        Happened::MergedInto { original, .. } => Some(*original),
        _ => None,
    });
    match original {
        Some(original) => can_be_merged(connection, ticket.id, original).await,
        None => Ok(true),
    }
}

/// Holds both tickets of a merge (the duplicate's row is changed already) and looks whether they can still be merged.
async fn can_be_merged(connection: &mut AnyConnection, ticket: TicketId, original: TicketNumber) -> Result<bool, Failure> {
    let held = query(sql::HOLD_ORIGINAL).bind(original.get()).execute(&mut *connection).await?;
    if held.rows_affected() == 0 {
        return Ok(false);
    }
    let row = query(sql::HAS_DUPLICATES).bind(ticket.get()).fetch_one(connection).await?;
    Ok(from_rows::number(&row, "duplicates")? == 0)
}

async fn change_ticket(connection: &mut AnyConnection, ticket: &Ticket, changed_at: Timestamp) -> Result<(), Failure> {
    let (holder, holder_name, resolved_at) = to_rows::holder(&ticket.state);
    let changed = query(sql::CHANGE_TICKET)
        .bind(ticket.id.get())
        .bind(ticket.group.as_str())
        .bind(ticket.line.word())
        .bind(rank(ticket.priority))
        .bind(ticket.status().word())
        .bind(holder)
        .bind(holder_name)
        .bind(resolved_at)
        .bind(ticket.assessment.map(|assessment| assessment.impact.word()))
        .bind(ticket.assessment.map(|assessment| assessment.urgency.word()))
        .bind(ticket.snoozed_until.map(Timestamp::micros))
        .bind(ticket.duplicate_of.map(TicketNumber::get))
        .bind(ticket.turn.of.word())
        .bind(ticket.turn.since.micros())
        .bind(changed_at.micros());
    changed.execute(connection).await?;
    Ok(())
}

async fn events(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    let before = decision.expected.map_or(0, Version::get);
    for (nth, event) in (before + 1..).zip(&decision.events) {
        let (author, operator, operator_name) = to_rows::author(&event.by);
        let added = query(sql::ADD_EVENT)
            .bind(event.id.get())
            .bind(decision.conversation.id.get())
            .bind(nth)
            .bind(author)
            .bind(operator)
            .bind(operator_name)
            .bind(to_rows::json(&HappenedDoc::from(&event.what))?)
            .bind(event.at.micros());
        added.execute(&mut *connection).await?;
    }
    Ok(())
}

async fn lines(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    for line in &decision.lines {
        let (author, operator, operator_name) = to_rows::author(&line.author);
        let added = query(sql::ADD_LINE)
            .bind(line.id.get())
            .bind(decision.conversation.id.get())
            .bind(author)
            .bind(operator)
            .bind(operator_name)
            .bind(line.visibility.word())
            .bind(line.lang.word())
            .bind(to_rows::text(&line.content))
            .bind(to_rows::json(&ContentDoc::from(&line.content))?)
            .bind(to_rows::ticket(&line.content).map(TicketId::get))
            .bind(line.at.micros());
        added.execute(&mut *connection).await?;
    }
    Ok(())
}

async fn errands(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    let conversation = &decision.conversation;
    for (id, errand) in &decision.errands {
        let (channel, ticket, group) = addressed(errand, &conversation.place.channel);
        let added = query(sql::ADD_ERRAND)
            .bind(id.get())
            .bind(conversation.id.get())
            .bind(channel.as_str())
            .bind(to_rows::json(&ErrandDoc::from(errand))?)
            .bind(ticket.map(TicketId::get))
            .bind(group.map(GroupId::as_str))
            .bind(conversation.changed_at.micros());
        added.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Which channel runs an errand, and the card that it is about.
fn addressed<'e>(errand: &'e Errand, home: &'e ChannelName) -> (&'e ChannelName, Option<TicketId>, Option<&'e GroupId>) {
    match errand {
        Errand::ShowCard { channel, ticket, group }
        | Errand::RefreshCard { channel, ticket, group }
        | Errand::PostNote { channel, ticket, group, .. } => (channel, Some(*ticket), Some(group)),
        Errand::Say { .. } | Errand::Amend { .. } | Errand::Retract { .. } | Errand::OpenRoom { .. } | Errand::Admit { .. } => {
            (home, None, None)
        }
    }
}
