//! An operator writes on a ticket, and has not sent it yet.

use super::{FlowError, Flows};
use crate::domain::conversation::Conversation;
use crate::domain::draft::{Draft, DraftKey, DraftKind};
use crate::domain::ids::TicketNumber;
use crate::domain::message::Redacted;
use crate::domain::permission::Operator;
use crate::ports::TicketSummary;

impl Flows {
    /// What this operator has begun to write on a ticket.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where it is not one of the operator's
    /// groups'; otherwise the store's failures.
    pub async fn drafts(&self, number: TicketNumber, by: &Operator) -> Result<Vec<Draft>, FlowError> {
        let ticket = self.ticket_alone(number, by).await?;
        Ok(self.store.drafts(&by.id, ticket.id).await?)
    }

    /// Keeps what an operator has written so far in a form; what was kept of it before goes.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where the operator may not work on it;
    /// otherwise the store's failures.
    pub async fn keep_draft(
        &self,
        number: TicketNumber,
        by: &Operator,
        kind: DraftKind,
        form: &str,
        text: Redacted,
    ) -> Result<(), FlowError> {
        let (ticket, _) = self.worked_on(number, by).await?;
        let key = DraftKey { by: by.id.clone(), ticket: ticket.id, kind };
        let draft = Draft { key, form: form.to_owned(), text, at: self.clock.now() };
        Ok(self.store.keep_draft(&draft).await?)
    }

    /// Forgets what an operator had begun to write, since it was sent from this form.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket; otherwise the store's failures.
    pub async fn draft_sent(&self, number: TicketNumber, by: &Operator, kind: DraftKind, form: &str) -> Result<(), FlowError> {
        let ticket = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
        let key = DraftKey { by: by.id.clone(), ticket: ticket.id, kind };
        Ok(self.store.draft_sent(&key, form, self.clock.now()).await?)
    }

    /// The ticket and its conversation, for an operator who works on it.
    ///
    /// # Errors
    /// As [`Flows::keep_draft`].
    pub async fn worked_on(&self, number: TicketNumber, by: &Operator) -> Result<(TicketSummary, Conversation), FlowError> {
        let summary = self.ticket_alone(number, by).await?;
        let conversation = self.store.conversation(summary.conversation).await?.ok_or(FlowError::NotFound)?;
        by.may_work_on(conversation.ticket.as_ref().ok_or(FlowError::NotFound)?)?;
        Ok((summary, conversation))
    }
}
