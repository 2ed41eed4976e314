//! An operator links a ticket to an incident.

use tracing::info;

use super::super::{ATTEMPTS, FlowError, Flows};
use crate::domain::decision::Receipt;
use crate::domain::ids::{IncidentNumber, TicketNumber};
use crate::domain::incident::{Linking, link, unlink};
use crate::domain::permission::Operator;
use crate::ports::Committed;

/// How a wish to link ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// It is done and kept.
    Done,
    /// It was so already.
    Already,
    /// The ticket is resolved.
    NotOpen,
    /// The incident is over.
    Ended,
}

impl Flows {
    /// Links a ticket to an incident, or takes its link away where none is given, after asking whether the operator may work on it.
    /// The employee is told when the incident is over.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket or incident, [`FlowError::Refused`] where the ticket is not one of the
    /// operator's groups'; otherwise the store's failures.
    pub async fn link_ticket(
        &self,
        number: TicketNumber,
        incident: Option<IncidentNumber>,
        by: &Operator,
    ) -> Result<Linked, FlowError> {
        self.link_ticket_once(number, incident, by, None).await
    }

    /// The same, once for each receipt: a request that is repeated with the same one is [`Linked::Already`] and writes nothing.
    ///
    /// # Errors
    /// As [`Flows::link_ticket`].
    pub async fn link_ticket_once(
        &self,
        number: TicketNumber,
        incident: Option<IncidentNumber>,
        by: &Operator,
        receipt: Option<Receipt>,
    ) -> Result<Linked, FlowError> {
        if self.seen_before(receipt.as_ref()).await?.is_some() {
            return Ok(Linked::Already);
        }
        for _ in 0..ATTEMPTS {
            let conversation = self.store.conversation_of(number).await?.ok_or(FlowError::NotFound)?;
            let current = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
            let ticket = conversation.ticket.as_ref().ok_or(FlowError::NotFound)?;
            if ticket.id != current.id {
                return Ok(Linked::NotOpen);
            }
            let allowed = by.may_work_on(ticket)?;
            let decided = match incident {
                None => unlink(&conversation, &allowed, &self.policy, &mut self.moment()),
                Some(number) => {
                    let record = self.store.incident(number).await?.ok_or(FlowError::NotFound)?;
                    link(&conversation, &record.incident, &allowed, receipt.clone(), &self.policy, &mut self.moment())
                }
            };
            let decision = match decided {
                Linking::Done(decision) => decision,
                Linking::Already => return Ok(Linked::Already),
                Linking::NotOpen => return Ok(Linked::NotOpen),
                Linking::Ended => return Ok(Linked::Ended),
            };
            match self.keep(&decision).await? {
                Committed::Done => {
                    let is_linked = incident.is_some();
                    info!(ticket.number = %number, operator.id = %by.id, is_linked, "an operator linked a ticket or took its link away");
                    return Ok(Linked::Done);
                }
                Committed::SeenBefore(_) => return Ok(Linked::Already),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }
}
