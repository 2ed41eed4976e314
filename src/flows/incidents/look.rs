//! Incidents as employees and operators read them.

use std::time::Duration;

use super::super::{FlowError, Flows};
use crate::domain::ids::IncidentNumber;
use crate::domain::permission::Operator;
use crate::ports::{IncidentRecord, TicketSummary};

/// For how long what is over stays on the page that everybody reads.
const REMEMBERED: Duration = Duration::from_hours(30 * 24);

/// How many incidents a list holds.
const LISTED: u32 = 100;

/// How many linked tickets are listed beside an incident.
const LINKED: u32 = 200;

/// How things stand, for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What is open, newest first.
    pub open: Vec<IncidentRecord>,
    /// What was over in the last thirty days, the last first.
    pub ended: Vec<IncidentRecord>,
}

/// An incident with the tickets that are about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentView {
    /// The incident.
    pub record: IncidentRecord,
    /// Linked tickets whose groups are the operator's, newest first.
    pub tickets: Vec<TicketSummary>,
}

impl Flows {
    /// How things stand. Everybody may know.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn standing(&self) -> Result<Standing, FlowError> {
        let since = self.clock.now().before(REMEMBERED);
        let open = self.store.open_incidents(LISTED).await?;
        Ok(Standing { open, ended: self.store.ended_incidents(since, LISTED).await? })
    }

    /// The incidents before this one, newest first.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where the operator does not read tickets; otherwise the store's failures.
    pub async fn incidents(&self, by: &Operator, before: Option<IncidentNumber>) -> Result<Vec<IncidentRecord>, FlowError> {
        by.may_look_at_incidents()?;
        Ok(self.store.incidents(before, LISTED).await?)
    }

    /// One incident with its tickets.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none, [`FlowError::Refused`] where the operator does not read tickets; otherwise the
    /// store's failures.
    pub async fn incident(&self, number: IncidentNumber, by: &Operator) -> Result<IncidentView, FlowError> {
        by.may_look_at_incidents()?;
        let record = self.store.incident(number).await?.ok_or(FlowError::NotFound)?;
        let mut tickets = self.store.linked_tickets(record.incident.id, LINKED).await?;
        tickets.retain(|ticket| by.may_see(&ticket.group).is_ok());
        Ok(IncidentView { record, tickets })
    }
}
