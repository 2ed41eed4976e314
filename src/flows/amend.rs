//! An employee changed or deleted what they had written.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::amending::{self, Earlier};
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Receipt};
use crate::domain::ids::{ChannelName, ExternalId};
use crate::domain::message::{IncomingMessage, Line, Visibility};
use crate::ports::Committed;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amended {
    /// It is kept, with what follows from it.
    Kept,
    /// It had been received before.
    SeenBefore,
    /// Nothing follows: something else has been said since, or the matter is over.
    LeftAlone,
    /// The message that was changed was never received.
    Unknown,
}

/// A line of an employee's, where it is and what came after.
struct Found {
    conversation: Conversation,
    line: Line,
    after: Vec<Line>,
}

impl Flows {
    /// An employee wrote a message anew: `message` has its own id and the words as they are now, `revision` names the change.
    ///
    /// # Errors
    /// The store's failures. Nothing is kept then, and the same change may be received again.
    pub async fn amend(&self, message: &IncomingMessage, revision: &ExternalId) -> Result<Amended, FlowError> {
        let receipt = Receipt { channel: message.place.channel.clone(), external_id: revision.clone() };
        let mut given = None;
        for _ in 0..ATTEMPTS {
            if self.seen_before(Some(&receipt)).await?.is_some() {
                return Ok(Amended::SeenBefore);
            }
            let Some(found) = self.find_line(&receipt.channel, &message.external_id).await? else {
                let is_known = self.store.seen(&receipt.channel, &message.external_id).await?.is_some();
                return Ok(if is_known { Amended::LeftAlone } else { Amended::Unknown });
            };
            let Found { conversation, line, after } = found;
            if conversation.employee.id != message.employee.id {
                return Ok(Amended::LeftAlone);
            }
            let understood = self.understand(message, Some(&conversation));
            let looked_up = self.look_up(message, Some(&conversation), understood).await?;
            let is_known = looked_up.is_about_incident(&self.policy, self.clock.now());
            let asked = if is_known { None } else { Some(&looked_up.understood) };
            let advice = self.advice_if(&mut given, message, Some(&conversation), asked).await;
            let mut moment = self.moment();
            let (earlier, heard) = (Earlier { line: &line, after: &after }, looked_up.heard(message, advice));
            let decision = amending::amend(conversation, earlier, heard, receipt.clone(), &self.policy, &mut moment);
            let Some(decision) = decision else { return Ok(Amended::LeftAlone) };
            if let Some(ended) = self.keep_amended(&decision).await? {
                return Ok(ended);
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// Somebody deleted a message; where it was an employee's, what they wrote is taken out, and what the bot said to it goes.
    ///
    /// # Errors
    /// As [`Flows::amend`].
    pub async fn withdraw(&self, channel: &ChannelName, message: &ExternalId) -> Result<Amended, FlowError> {
        let receipt = Receipt { channel: channel.clone(), external_id: ExternalId::new(format!("{message}@deleted")) };
        for _ in 0..ATTEMPTS {
            if self.seen_before(Some(&receipt)).await?.is_some() {
                return Ok(Amended::SeenBefore);
            }
            let Some(found) = self.find_line(channel, message).await? else { return Ok(Amended::Unknown) };
            let (mut moment, earlier) = (self.moment(), Earlier { line: &found.line, after: &found.after });
            let decision = amending::withdraw(found.conversation, earlier, receipt.clone(), &self.policy, &mut moment);
            let Some(decision) = decision else { return Ok(Amended::LeftAlone) };
            if let Some(ended) = self.keep_amended(&decision).await? {
                return Ok(ended);
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    async fn find_line(&self, channel: &ChannelName, message: &ExternalId) -> Result<Option<Found>, FlowError> {
        let Some(recorded) = self.store.received_line(channel, message).await? else { return Ok(None) };
        let Some(conversation) = self.store.conversation(recorded.conversation).await? else { return Ok(None) };
        let after = self.store.lines(conversation.id, Some(recorded.line.id), Visibility::Desk).await?;
        let after = after.into_iter().filter(|later| !later.withdrawn).map(|later| later.line).collect();
        Ok(Some(Found { conversation, line: recorded.line, after }))
    }

    /// How keeping it ended; `None` where it has to be decided anew.
    async fn keep_amended(&self, decision: &Decision) -> Result<Option<Amended>, FlowError> {
        Ok(match self.keep(decision).await? {
            Committed::Done => {
                info!(conversation.id = %decision.conversation.id, phase = ?decision.conversation.phase, "an employee changed or deleted a message");
                Some(Amended::Kept)
            }
            Committed::SeenBefore(_) => Some(Amended::SeenBefore),
            Committed::Stale => None,
        })
    }
}
