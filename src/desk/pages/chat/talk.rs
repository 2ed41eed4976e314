//! A conversation as its employee reads it.

use crate::desk::Desk;
use crate::domain::conversation::Conversation;
use crate::domain::ids::{ConversationId, EmployeeId};
use crate::flows::FlowError;
use crate::ports::{Recorded, TicketSummary};

/// An employee's own conversation with its lines, none of the desk's among them.
pub(super) struct Talk {
    /// The conversation.
    pub(super) conversation: Conversation,
    /// Its lines, oldest first.
    pub(super) lines: Vec<Recorded>,
    /// Its latest ticket.
    pub(super) ticket: Option<TicketSummary>,
}

impl Talk {
    /// Reads it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where it is not there or is another employee's; otherwise the store's failures.
    pub(super) async fn read(desk: &Desk, id: ConversationId, by: &EmployeeId) -> Result<Self, FlowError> {
        let conversation = desk.flows.own_conversation(id, by).await?;
        let lines = desk.flows.own_lines(id, by, None).await?;
        let ticket = match &conversation.ticket {
            Some(ticket) => desk.store.ticket_by_id(ticket.id).await?,
            None => None,
        };
        Ok(Self { conversation, lines, ticket })
    }
}
