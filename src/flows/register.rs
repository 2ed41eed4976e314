//! An operator writes down what somebody called about.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::ids::{ConversationId, GroupId, TicketNumber};
use crate::domain::message::LangHint;
use crate::domain::permission::Operator;
use crate::domain::phone::{self, Call};
use crate::ports::Committed;

/// How registering a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registered {
    /// There is a ticket with this number, from now on or since the same call was sent before.
    Ticket(TicketNumber),
    /// There is no such group.
    NoSuchGroup(GroupId),
}

impl Flows {
    /// Keeps what somebody called about: a ticket that waits, one that the operator has, or one that is solved already. The same
    /// receipt twice is one ticket.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where the operator does not work on tickets, or would keep one of another group; otherwise the
    /// store's failures.
    pub async fn register(&self, by: &Operator, call: Call) -> Result<Registered, FlowError> {
        let candidates = self.index.understand(&call.text, LangHint::Chosen(call.lang)).candidates;
        let group = phone::group_of(&call, &candidates, &self.policy);
        if self.policy.groups.get(&group).is_none() {
            return Ok(Registered::NoSuchGroup(group));
        }
        let allowed = by.may_register(&group, call.left.is_kept())?;
        for _ in 0..ATTEMPTS {
            if let Some(before) = self.seen_before(Some(&call.receipt)).await? {
                return self.registered(before).await;
            }
            let decision = phone::register(call.clone(), group.clone(), &allowed, &self.policy, &mut self.moment());
            match self.keep(&decision).await? {
                Committed::Done => {
                    info!(conversation.id = %decision.conversation.id, operator.id = %by.id, "an operator registered a call");
                    return self.registered(decision.conversation.id).await;
                }
                Committed::SeenBefore(before) => return self.registered(before).await,
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    async fn registered(&self, id: ConversationId) -> Result<Registered, FlowError> {
        let conversation = self.store.conversation(id).await?.ok_or(FlowError::NotFound)?;
        let ticket = conversation.ticket.ok_or(FlowError::NotFound)?;
        let summary = self.store.ticket_by_id(ticket.id).await?.ok_or(FlowError::NotFound)?;
        Ok(Registered::Ticket(summary.number))
    }
}
