//! An operator works on a ticket.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::decision::Receipt;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::operator_side::{self, Handled, Merge, Request, Unmergeable, Wish};
use crate::domain::permission::Operator;
use crate::domain::ticket::{Holder, Original};
use crate::ports::{Committed, TicketSummary};

/// How an operator's wish ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done and kept.
    Done,
    /// It was so already, or the same request had been carried out before.
    Already,
    /// Somebody else has the ticket.
    HeldBy(Holder),
    /// The ticket is resolved.
    NotOpen,
    /// There is no such group.
    NoSuchGroup(GroupId),
    /// It takes a reason, and none was given, or nothing was left of it after the privacy filter.
    NoReason,
    /// The moment is over, or too far away.
    UnfitMoment,
    /// The tickets cannot be merged.
    Unmergeable(Unmergeable),
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
        self.handle_once(number, by, wish, None).await
    }

    /// The same, once for each receipt: a request that is repeated with the same one is [`Outcome::Already`] and writes nothing.
    ///
    /// # Errors
    /// As [`Flows::handle`].
    pub async fn handle_once(
        &self,
        number: TicketNumber,
        by: &Operator,
        wish: Wish,
        receipt: Option<Receipt>,
    ) -> Result<Outcome, FlowError> {
        for _ in 0..ATTEMPTS {
            // Before anything else: what was done may have taken the ticket out of the operator's reach.
            if self.seen_before(receipt.as_ref()).await?.is_some() {
                return Ok(Outcome::Already);
            }
            let conversation = self.store.conversation_of(number).await?.ok_or(FlowError::NotFound)?;
            let current = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
            let ticket = conversation.ticket.as_ref().ok_or(FlowError::NotFound)?;
            let allowed = by.may_work_on(ticket)?;
            if ticket.id != current.id {
                return Ok(Outcome::NotOpen);
            }
            let merge = self.merge(number, &wish, by).await?;
            let request = Request { wish: wish.clone(), receipt: receipt.clone(), merge };
            let handled = operator_side::handle(&conversation, &allowed, request, &self.policy, &mut self.moment());
            let Handled::Done(decision) = handled else { return Ok(undecided(handled)) };
            match self.keep(&decision).await? {
                Committed::Done => {
                    let what = wish.name();
                    info!(ticket.number = %number, operator.id = %by.id, what, "an operator worked on a ticket");
                    return Ok(Outcome::Done);
                }
                Committed::SeenBefore(_) => return Ok(Outcome::Already),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// What is to be known for a merge, where that is the wish.
    async fn merge(&self, number: TicketNumber, wish: &Wish, by: &Operator) -> Result<Option<Merge>, FlowError> {
        let Wish::MergeInto(into) = wish else { return Ok(None) };
        let visible = |ticket: &TicketSummary| by.may_see(&ticket.group).is_ok();
        let original = self.store.ticket(*into).await?.filter(visible);
        let original =
            original.map(|TicketSummary { number, status, duplicate_of, .. }| Original { number, status, duplicate_of });
        let has_duplicates = !self.store.duplicates_of(number).await?.is_empty();
        Ok(Some(Merge { number, original, has_duplicates }))
    }
}

fn undecided(handled: Handled) -> Outcome {
    match handled {
        Handled::Done(_) => Outcome::Done,
        Handled::Already => Outcome::Already,
        Handled::HeldBy(holder) => Outcome::HeldBy(holder),
        Handled::NotOpen => Outcome::NotOpen,
        Handled::NoSuchGroup(group) => Outcome::NoSuchGroup(group),
        Handled::NoReason => Outcome::NoReason,
        Handled::UnfitMoment => Outcome::UnfitMoment,
        Handled::Unmergeable(why) => Outcome::Unmergeable(why),
    }
}
