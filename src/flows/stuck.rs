//! What could not be delivered: who may know of it, and try it again.

use tracing::info;

use super::{FlowError, Flows};
use crate::domain::ids::{ConversationId, OutboxId};
use crate::domain::permission::{Operator, Refused};
use crate::ports::Stuck;

/// The most errands that are listed at once.
const MOST: u32 = 500;

/// What an operator wants done about a stuck errand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try it again.
    Retry,
    /// Leave it undone.
    Dismiss,
}

impl Flows {
    /// The stuck errands that are the operator's to know of, newest first: those of tickets of their groups and, for who
    /// coordinates, those of conversations without a ticket.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn stuck(&self, by: &Operator) -> Result<Vec<Stuck>, FlowError> {
        if !by.reads_tickets() {
            return Ok(Vec::new());
        }
        let mut stuck = self.store.stuck(MOST).await?;
        stuck.retain(|errand| may_know(by, errand).is_ok());
        Ok(stuck)
    }

    /// The stuck errands of one conversation, which the operator reads, newest first.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn stuck_in(&self, conversation: ConversationId, by: &Operator) -> Result<Vec<Stuck>, FlowError> {
        let mut stuck = self.store.stuck_in(conversation).await?;
        stuck.retain(|errand| may_know(by, errand).is_ok());
        Ok(stuck)
    }

    /// Tries a stuck errand again, or leaves it undone for good. `false` where it is not stuck any more.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where it is not one of the operator's tickets; otherwise the store's failures.
    pub async fn remedy(&self, id: OutboxId, remedy: Remedy, by: &Operator) -> Result<bool, FlowError> {
        if !by.works_on_tickets() {
            by.may_coordinate()?;
        }
        let Some(errand) = self.store.stuck_one(id).await? else { return Ok(false) };
        may_remedy(by, &errand)?;
        let now = self.clock.now();
        let changed = match remedy {
            Remedy::Retry => self.store.retry(id, now).await?,
            Remedy::Dismiss => self.store.dismiss(id, now).await?,
        };
        if changed {
            info!(outbox.id = %id, operator.id = %by.id, ?remedy, "an operator dealt with a stuck errand");
            self.news.retried();
        }
        Ok(changed)
    }

    /// Tries everything again that is stuck and that the operator may work on.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where they work on nothing; otherwise the store's failures.
    pub async fn retry_all(&self, by: &Operator) -> Result<(), FlowError> {
        if !by.works_on_tickets() {
            by.may_coordinate()?;
        }
        for errand in self.stuck(by).await?.into_iter().filter(|errand| may_remedy(by, errand).is_ok()) {
            self.remedy(errand.id, Remedy::Retry, by).await?;
        }
        Ok(())
    }
}

fn may_know(by: &Operator, errand: &Stuck) -> Result<(), Refused> {
    match &errand.group {
        Some(group) => by.may_see(group),
        None => by.may_coordinate().map(drop),
    }
}

fn may_remedy(by: &Operator, errand: &Stuck) -> Result<(), Refused> {
    match &errand.group {
        Some(group) => by.may_work_for(group).map(drop),
        None => by.may_coordinate().map(drop),
    }
}
