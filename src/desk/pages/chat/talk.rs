//! A conversation as its employee reads it.

use std::time::Duration;

use super::super::visitor::Visitor;
use crate::desk::Desk;
use crate::domain::conversation::Conversation;
use crate::domain::ids::{ConversationId, EmployeeId};
use crate::domain::time::Timestamp;
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

/// For how long a conversation that is over is still shown to somebody who comes back to the front page.
const STILL_SHOWN: Duration = Duration::from_hours(1);

/// The latest conversation at a visitor's place.
pub(super) struct Latest {
    /// What is shown of it, if it is.
    pub(super) talk: Option<Talk>,
    /// The conversation itself where it is over and no longer shown.
    pub(super) earlier: Option<ConversationId>,
}

impl Latest {
    /// Reads it. What was over an hour ago makes room for a new question.
    ///
    /// # Errors
    /// The store's failures.
    pub(super) async fn read(desk: &Desk, visitor: &Visitor) -> Result<Self, FlowError> {
        let place = visitor.place();
        Ok(match desk.store.conversation_at(&place, &visitor.id()).await? {
            None => Self { talk: None, earlier: None },
            Some(latest) if is_past(&latest, &place.address, desk.clock.now()) => Self { talk: None, earlier: Some(latest.id) },
            Some(latest) => Self { talk: Some(Talk::read(desk, latest.id, &visitor.id()).await?), earlier: None },
        })
    }
}

/// Whether a conversation is over, and has been for a while.
fn is_past(conversation: &Conversation, address: &str, now: Timestamp) -> bool {
    now.since(conversation.changed_at) > STILL_SHOWN && !conversation.goes_on_at(address, None, now)
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
