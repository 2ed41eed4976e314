//! An operator works on a ticket.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::operator_side::{self, Handled, Wish};
use crate::domain::permission::Operator;
use crate::domain::ticket::Holder;
use crate::ports::Committed;

/// How an operator's wish ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done and kept.
    Done,
    /// It was so already.
    Already,
    /// Somebody else has the ticket.
    HeldBy(Holder),
    /// The ticket is resolved.
    NotOpen,
    /// There is no such group.
    NoSuchGroup(GroupId),
}

impl Flows {
    /// Carries out what an operator wants to do with a ticket, after asking whether they may.
    ///
    /// Of several operators who take a ticket at the same time exactly one gets [`Outcome::Done`].
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where it is not one of the operator's
    /// groups'; otherwise the store's failures.
    pub async fn handle(&self, number: TicketNumber, by: &Operator, wish: Wish) -> Result<Outcome, FlowError> {
        for _ in 0..ATTEMPTS {
            let conversation = self.store.conversation_of(number).await?.ok_or(FlowError::NotFound)?;
            let current = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
            let ticket = conversation.ticket.as_ref().ok_or(FlowError::NotFound)?;
            if ticket.id != current.id {
                return Ok(Outcome::NotOpen);
            }
            let allowed = by.may_work_on(ticket)?;
            let decision = match operator_side::handle(&conversation, &allowed, wish.clone(), &self.policy, &mut self.moment()) {
                Handled::Done(decision) => decision,
                Handled::Already => return Ok(Outcome::Already),
                Handled::HeldBy(holder) => return Ok(Outcome::HeldBy(holder)),
                Handled::NotOpen => return Ok(Outcome::NotOpen),
                Handled::NoSuchGroup(group) => return Ok(Outcome::NoSuchGroup(group)),
            };
            match self.keep(&decision).await? {
                Committed::Done => {
                    let what = name_of(&wish);
                    info!(ticket.number = %number, operator.id = %by.id, what, "an operator worked on a ticket");
                    return Ok(Outcome::Done);
                }
                Committed::SeenBefore(_) => return Ok(Outcome::Already),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }
}

const fn name_of(wish: &Wish) -> &'static str {
    match wish {
        Wish::Take => "take",
        Wish::Release => "release",
        Wish::Reply(..) => "reply",
        Wish::Note(_) => "note",
        Wish::Transfer { .. } => "transfer",
        Wish::Resolve(_) => "resolve",
    }
}
