//! Operators look through tickets.

use super::{FlowError, Flows};
use crate::domain::ids::TicketNumber;
use crate::domain::permission::{Membership, Operator};
use crate::domain::time::Timestamp;
use crate::ports::{TicketCursor, TicketFilter, TicketSummary};

/// Part of a list of tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueuePage {
    /// The tickets, in the filter's order.
    pub tickets: Vec<TicketSummary>,
    /// How many there are on all pages together.
    pub total: u64,
    /// Ask again with this cursor for what comes after; `None` where this is the end.
    pub next: Option<TicketCursor>,
}

/// How many tickets a page holds where the filter does not say, and at most.
const PAGE: u32 = 200;

impl Flows {
    /// A page of the tickets of the operator's groups. A filter's limit of 0 or more than 200 means 200.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn queue_page(&self, by: &Operator, filter: TicketFilter) -> Result<QueuePage, FlowError> {
        let Some(filter) = within_reach(by, filter) else { return Ok(QueuePage::default()) };
        let limit = if filter.limit == 0 { PAGE } else { filter.limit.min(PAGE) };
        let total = self.store.count_tickets(&filter).await?;
        let order = filter.order;
        let mut tickets = self.store.tickets(&TicketFilter { limit: limit + 1, ..filter }).await?;
        let goes_on = tickets.len() > limit as usize;
        tickets.truncate(limit as usize);
        let next = tickets.last().filter(|_| goes_on).map(|last| TicketCursor::at(last, order));
        Ok(QueuePage { tickets, total, next })
    }

    /// The tickets of the operator's groups, as many as the filter's limit says.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn queue(&self, by: &Operator, filter: TicketFilter) -> Result<Vec<TicketSummary>, FlowError> {
        let Some(filter) = within_reach(by, filter) else { return Ok(Vec::new()) };
        Ok(self.store.tickets(&filter).await?)
    }

    /// The tickets that were merged into this one, oldest first, of groups whose tickets the operator may read.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where it is not one of the operator's
    /// groups'; otherwise the store's failures.
    pub async fn duplicates(&self, number: TicketNumber, by: &Operator) -> Result<Vec<TicketSummary>, FlowError> {
        let ticket = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
        by.may_see(&ticket.group)?;
        let mut duplicates = self.store.duplicates_of(number).await?;
        duplicates.retain(|duplicate| by.may_see(&duplicate.group).is_ok());
        Ok(duplicates)
    }

    /// When a ticket that was put aside next comes back by itself: nothing is kept then, so whoever shows a list of what is not
    /// put aside looks again at that moment.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn next_awakening(&self) -> Result<Option<Timestamp>, FlowError> {
        Ok(self.store.next_wake(self.clock.now()).await?)
    }
}

/// The filter narrowed to the operator's groups; `None` where nothing is left, or they read no tickets.
fn within_reach(by: &Operator, mut filter: TicketFilter) -> Option<TicketFilter> {
    if !by.reads_tickets() {
        return None;
    }
    if let Membership::Some(own) = &by.groups {
        filter.groups = match filter.groups.as_slice() {
            [] => own.clone(),
            asked => asked.iter().filter(|group| own.contains(group)).cloned().collect(),
        };
        if filter.groups.is_empty() {
            return None;
        }
    }
    Some(filter)
}
