//! Somebody looks at what is there; every view asks whether they may.

use super::{FlowError, Flows};
use crate::domain::answer::Candidate;
use crate::domain::conversation::Conversation;
use crate::domain::event::Happened;
use crate::domain::ids::{ConversationId, EmployeeId, MessageId, TicketId, TicketNumber};
use crate::domain::message::{LangHint, Visibility};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::permission::Operator;
use crate::ports::{Recorded, TicketSummary};

/// A ticket as an operator reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketView {
    /// The ticket.
    pub ticket: TicketSummary,
    /// Its conversation, notes included, oldest first.
    pub lines: Vec<Recorded>,
    /// Articles that may answer it, best first.
    pub suggested: Vec<Candidate>,
}

/// How many articles are suggested beside a ticket.
const SUGGESTED: usize = 5;

impl Flows {
    /// The employee's own conversation.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where it is not there or is another employee's.
    pub async fn own_conversation(&self, id: ConversationId, by: &EmployeeId) -> Result<Conversation, FlowError> {
        let conversation = self.store.conversation(id).await?;
        conversation.filter(|conversation| conversation.employee.id == *by).ok_or(FlowError::NotFound)
    }

    /// The lines after `after` of the employee's own conversation, without the desk's notes.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where it is not there or is another employee's.
    pub async fn own_lines(
        &self,
        id: ConversationId,
        by: &EmployeeId,
        after: Option<MessageId>,
    ) -> Result<Vec<Recorded>, FlowError> {
        self.own_conversation(id, by).await?;
        Ok(self.store.lines(id, after, Visibility::Everyone).await?)
    }

    /// The employee's own tickets, newest first.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn own_ticket_list(&self, by: &EmployeeId) -> Result<Vec<TicketSummary>, FlowError> {
        Ok(self.store.tickets_of(by).await?)
    }

    /// One ticket without its conversation.
    ///
    /// # Errors
    /// As [`Flows::ticket`].
    pub async fn ticket_alone(&self, number: TicketNumber, by: &Operator) -> Result<TicketSummary, FlowError> {
        let ticket = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
        by.may_see(&ticket.group)?;
        Ok(ticket)
    }

    /// One ticket with its conversation and suggested articles.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none, [`FlowError::Refused`] where it is not one of the operator's groups'.
    pub async fn ticket(&self, number: TicketNumber, by: &Operator) -> Result<TicketView, FlowError> {
        let ticket = self.ticket_alone(number, by).await?;
        let lines = self.lines_of(&ticket, by).await?;
        let conversation = self.store.conversation(ticket.conversation).await?.ok_or(FlowError::NotFound)?;
        let question = self.question(&conversation).await?;
        let mut suggested = self.index.understand(&question, LangHint::Likely(conversation.lang)).candidates;
        suggested.truncate(SUGGESTED);
        Ok(TicketView { ticket, lines, suggested })
    }

    /// The lines that an operator may read of a ticket's conversation: where it holds tickets of several groups, those of this one.
    async fn lines_of(&self, ticket: &TicketSummary, by: &Operator) -> Result<Vec<Recorded>, FlowError> {
        let mut lines = self.store.lines(ticket.conversation, None, Visibility::Desk).await?;
        if by.sees().is_some() {
            let tickets = self.tickets_in(ticket.conversation).await?;
            lines.retain(|recorded| ticket_of(&tickets, recorded.line.id) == Some(ticket.id));
        }
        Ok(lines)
    }

    /// The tickets of a conversation, oldest first, each with the line that it is about.
    pub(super) async fn tickets_in(&self, id: ConversationId) -> Result<Vec<(TicketId, MessageId)>, FlowError> {
        let events = self.store.events(id).await?;
        let opened = events.iter().filter_map(|event| match &event.what {
            Happened::HandedOff { ticket, question, .. } => Some((*ticket, *question)),
            _ => None,
        });
        Ok(opened.collect())
    }
}

/// The ticket that a line belongs to: what came before the first one belongs to that.
pub(super) fn ticket_of(tickets: &[(TicketId, MessageId)], line: MessageId) -> Option<TicketId> {
    let begun = tickets.iter().rev().find(|(_, question)| *question <= line);
    begun.or(tickets.first()).map(|(ticket, _)| *ticket)
}

/// A ticket as its own employee is told of it.
#[must_use]
pub fn own_ticket(ticket: &TicketSummary) -> OwnTicket {
    OwnTicket {
        number: ticket.number,
        subject: Some(ticket.subject.clone()),
        status: ticket.status,
        holder: ticket.holder.as_ref().map(|holder| holder.name.clone()),
        opened_at: ticket.opened_at,
    }
}
