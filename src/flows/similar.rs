//! An operator looks for what solved tickets like this one.

use std::sync::Arc;

use super::{FlowError, Flows};
use crate::domain::ids::{TicketId, TicketNumber};
use crate::domain::message::Redacted;
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::ports::{PastTickets, Resembled, SimilarTicket, TicketSummary};

/// How many similar tickets are shown.
const SHOWN: usize = 5;

/// How many more are looked for, in place of those that turn out not to be shown.
const SPARE: usize = 3;

impl Flows {
    /// The same verbs, which find past tickets there; without, there are none.
    #[must_use]
    pub fn with_past_tickets(self, past: Arc<dyn PastTickets>) -> Self {
        Self { past: Some(past), ..self }
    }

    /// Solved tickets that are like this one, the likest first, of groups whose tickets the operator may read.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where it is not one of the operator's
    /// groups'; otherwise the store's failures.
    pub async fn similar(&self, number: TicketNumber, by: &Operator) -> Result<Vec<SimilarTicket>, FlowError> {
        let ticket = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
        by.may_see(&ticket.group)?;
        let question = self.asked_in(&ticket).await?;
        self.like(&question, Some(ticket.id), by).await
    }

    /// Solved tickets that are like this question, except the one that it is the question of.
    pub(super) async fn like(
        &self,
        question: &Redacted,
        except: Option<TicketId>,
        by: &Operator,
    ) -> Result<Vec<SimilarTicket>, FlowError> {
        let Some(past) = &self.past else { return Ok(Vec::new()) };
        let to = Resembled { question, groups: by.sees(), except, now: self.clock.now(), limit: SHOWN + SPARE };
        let mut similar = Vec::with_capacity(SHOWN);
        for found in past.similar(&to) {
            if similar.len() < SHOWN && self.may_be_shown(&found, by).await? {
                similar.push(found);
            }
        }
        Ok(similar)
    }

    /// What is found is a copy; whether it may be shown is the store's to say.
    async fn may_be_shown(&self, found: &SimilarTicket, by: &Operator) -> Result<bool, FlowError> {
        let ticket = self.store.ticket_by_id(found.id).await?;
        Ok(ticket.is_some_and(|ticket| ticket.status == Status::Resolved && by.may_see(&ticket.group).is_ok()))
    }

    /// The question that a ticket is about, whole; its beginning where its conversation is about another ticket by now.
    async fn asked_in(&self, ticket: &TicketSummary) -> Result<Redacted, FlowError> {
        let conversation = self.store.conversation(ticket.conversation).await?.ok_or(FlowError::NotFound)?;
        let latest = conversation.ticket.filter(|latest| latest.id == ticket.id);
        let text = match latest {
            Some(latest) => self.text_of_line(latest.question).await?,
            None => None,
        };
        Ok(text.unwrap_or_else(|| Redacted::vouched(ticket.subject.as_str())))
    }
}
