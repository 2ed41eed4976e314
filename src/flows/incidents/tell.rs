//! An incident is over: one of those who waited is told.

use super::super::{ATTEMPTS, FlowError, Flows};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ChannelName, ConversationId, ExternalId, TicketId};
use crate::domain::incident::tell_that_it_is_over;
use crate::ports::{Committed, Telling};

/// The channel that ends of incidents come through.
const CHANNEL: &str = "incidents";

/// How telling one of those who waited ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// They are told.
    Told,
    /// They had been told before, or wait no longer.
    Spared,
}

impl Flows {
    /// Tells the employee of one linked ticket that its incident is over. The same end is told once, however often this is tried.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where the conversation or the incident is gone; otherwise the store's failures.
    pub async fn tell_of_end(
        &self,
        telling: &Telling,
        (ticket, conversation): (TicketId, ConversationId),
    ) -> Result<Reached, FlowError> {
        for _ in 0..ATTEMPTS {
            let conversation = self.store.conversation(conversation).await?.ok_or(FlowError::NotFound)?;
            let record = self.store.incident_by_id(telling.incident).await?.ok_or(FlowError::NotFound)?;
            if record.incident.is_open() {
                return Ok(Reached::Spared);
            }
            let external_id = ExternalId::new(format!("{}/{ticket}", telling.event));
            let receipt = Receipt { channel: ChannelName::new(CHANNEL), external_id };
            let (policy, mut moment) = (&self.policy, self.moment());
            let incident = (record.number, &record.incident);
            let decided = tell_that_it_is_over(&conversation, incident, &telling.by, receipt, policy, &mut moment);
            let Some(decision) = decided else { return Ok(Reached::Spared) };
            match self.keep(&decision).await? {
                Committed::Done => return Ok(Reached::Told),
                Committed::SeenBefore(_) => return Ok(Reached::Spared),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }
}
