//! An employee pressed a choice.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::answer::Candidate;
use crate::domain::conversation::{Conversation, Shown};
use crate::domain::decision::Receipt;
use crate::domain::employee_side::{self, About};
use crate::domain::ids::{ConversationId, EmployeeId, MessageId};
use crate::domain::incident::Watched;
use crate::domain::message::{Action, Content, LangHint, Redacted};
use crate::ports::Committed;

/// How a press ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It is kept, with what follows from it.
    Kept,
    /// The same press had been received before.
    SeenBefore,
    /// There is nothing to choose any more; nothing is changed.
    TooLate,
}

/// The question in hand and the articles for it.
pub(super) struct InHand {
    question: Redacted,
    candidates: Vec<Candidate>,
    /// The incident that was told of, as it stands now.
    incident: Option<Watched>,
}

impl InHand {
    pub(super) fn about(&self) -> About<'_> {
        About { incident: self.incident.as_ref(), ..About::of(self.question.as_str(), &self.candidates) }
    }
}

impl Flows {
    /// An employee pressed a choice in their conversation.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where the conversation is not there or is another employee's; otherwise the store's failures.
    pub async fn press(
        &self,
        id: ConversationId,
        by: &EmployeeId,
        action: &Action,
        receipt: Option<Receipt>,
    ) -> Result<Pressed, FlowError> {
        for _ in 0..ATTEMPTS {
            let conversation = self.store.conversation(id).await?;
            let own = conversation.filter(|conversation| conversation.employee.id == *by).ok_or(FlowError::NotFound)?;
            if let Some(receipt) = &receipt
                && self.store.seen(&receipt.channel, &receipt.external_id).await?.is_some()
            {
                return Ok(Pressed::SeenBefore);
            }
            let in_hand = self.in_hand(&own).await?;
            let chosen = match action {
                Action::Choose(slug) => self.index.passage(slug, own.lang, in_hand.question.as_str()),
                _ => None,
            };
            let about = About { chosen: chosen.as_ref(), ..in_hand.about() };
            let mut moment = self.moment();
            let Some(decision) = employee_side::press(&own, action, about, receipt.clone(), &self.policy, &mut moment) else {
                return Ok(Pressed::TooLate);
            };
            match self.keep(&decision).await? {
                Committed::Done => {
                    info!(conversation.id = %id, phase = ?decision.conversation.phase, "an employee's choice was received");
                    return Ok(Pressed::Kept);
                }
                Committed::SeenBefore(_) => return Ok(Pressed::SeenBefore),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    pub(super) async fn in_hand(&self, conversation: &Conversation) -> Result<InHand, FlowError> {
        let question = self.question(conversation).await?;
        let candidates = self.index.understand(&question, LangHint::Likely(conversation.lang)).candidates;
        Ok(InHand { question, candidates, incident: self.told_of(conversation).await? })
    }

    /// The incident that was last put to the employee.
    async fn told_of(&self, conversation: &Conversation) -> Result<Option<Watched>, FlowError> {
        let Shown::Incident(id) = conversation.shown else { return Ok(None) };
        Ok(self.store.incident_by_id(id).await?.map(|record| self.watched(record)))
    }

    /// The text of the question in hand; empty where none was asked.
    pub(super) async fn question(&self, conversation: &Conversation) -> Result<Redacted, FlowError> {
        let Some(id) = conversation.question.or_else(|| conversation.ticket.as_ref().map(|ticket| ticket.question)) else {
            return Ok(Redacted::vouched(""));
        };
        Ok(self.text_of_line(id).await?.unwrap_or_else(|| Redacted::vouched("")))
    }

    /// The free text of a line, where it has any.
    pub(super) async fn text_of_line(&self, id: MessageId) -> Result<Option<Redacted>, FlowError> {
        let line = self.store.line(id).await?;
        Ok(line.and_then(|recorded| text_of(recorded.line.content)))
    }
}

fn text_of(content: Content) -> Option<Redacted> {
    match content {
        Content::Question(text) | Content::Text(text) | Content::Note(text) => Some(text),
        _ => None,
    }
}
