//! A coordinator announces an incident, tells of it and ends it.

use tracing::{error, info};

use super::super::{ATTEMPTS, FlowError, Flows};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ConversationId, IncidentNumber, TicketNumber};
use crate::domain::incident::{self, Coordinated, IncidentState, Matter, Move};
use crate::domain::permission::Operator;
use crate::domain::time::Timestamp;
use crate::ports::IncidentKept;

/// How a coordinator's wish ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is done and kept, for the incident with this number.
    Done(IncidentNumber),
    /// It was so already.
    Already,
    /// The incident is over.
    Ended,
    /// An incident of this kind cannot be in that state, or cannot be called off.
    Impossible,
}

impl Flows {
    /// Announces an incident or planned maintenance, after asking whether they may. The next question is held against it.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where they may not; otherwise the store's failures.
    pub async fn announce_incident(
        &self,
        by: &Operator,
        matter: Matter,
        state: IncidentState,
        next_update: Option<Timestamp>,
    ) -> Result<Moved, FlowError> {
        let allowed = by.may_coordinate()?;
        let decided = incident::announce(matter, state, next_update, &allowed, &mut self.moment());
        self.settle(by, decided, None).await?.ok_or(FlowError::Contended(1))
    }

    /// Announces an incident that a ticket made known, once for each receipt: the same one again is [`Moved::Already`].
    ///
    /// # Errors
    /// [`FlowError::Refused`] where they may not, [`FlowError::NotFound`] where there is no such ticket; otherwise the store's
    /// failures.
    pub async fn announce_incident_of(
        &self,
        ticket: TicketNumber,
        by: &Operator,
        matter: Matter,
        receipt: &Receipt,
    ) -> Result<Moved, FlowError> {
        let allowed = by.may_coordinate()?;
        let about = self.store.conversation_of(ticket).await?.ok_or(FlowError::NotFound)?;
        let decided = incident::announce(matter, IncidentState::Reported, None, &allowed, &mut self.moment());
        self.settle(by, decided, Some((receipt, about.id))).await?.ok_or(FlowError::Contended(1))
    }

    /// Carries out what a coordinator wants to do with an incident, after asking whether they may.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such incident, [`FlowError::Refused`] where they may not; otherwise the store's
    /// failures.
    pub async fn coordinate(&self, number: IncidentNumber, by: &Operator, wish: Move) -> Result<Moved, FlowError> {
        let allowed = by.may_coordinate()?;
        for _ in 0..ATTEMPTS {
            let record = self.store.incident(number).await?.ok_or(FlowError::NotFound)?;
            let decided = incident::coordinate(&record.incident, wish.clone(), &allowed, &mut self.moment());
            if let Some(moved) = self.settle(by, decided, None).await? {
                return Ok(moved);
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// Keeps what was decided; `None` where the incident moved on meanwhile.
    async fn settle(
        &self,
        by: &Operator,
        decided: Coordinated,
        once: Option<(&Receipt, ConversationId)>,
    ) -> Result<Option<Moved>, FlowError> {
        let change = match decided {
            Coordinated::Done(change) => change,
            Coordinated::Already => return Ok(Some(Moved::Already)),
            Coordinated::Ended => return Ok(Some(Moved::Ended)),
            Coordinated::Impossible => return Ok(Some(Moved::Impossible)),
        };
        let kept = match once {
            Some((receipt, about)) => self.store.change_incident_once(&change, receipt, about).await?,
            None => self.store.change_incident(&change).await?,
        };
        let number = match kept {
            IncidentKept::Done(number) => number,
            IncidentKept::SeenBefore => return Ok(Some(Moved::Already)),
            IncidentKept::Stale => return Ok(None),
        };
        info!(incident.number = %number, operator.id = %by.id, state = change.incident.state.as_str(), "a coordinator changed an incident");
        if let Err(failure) = self.refresh_incidents().await {
            error!(error = &failure as &dyn std::error::Error, "the change of an incident is kept, and shown a little later");
        }
        Ok(Some(Moved::Done(number)))
    }
}
