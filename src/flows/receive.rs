//! An employee wrote something.

use std::sync::Arc;

use tracing::info;

use super::press::InHand;
use super::{ATTEMPTS, FlowError, Flows, own_ticket};
use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Understanding};
use crate::domain::conversation::{Conversation, Shown};
use crate::domain::employee_side::{self, Heard};
use crate::domain::ids::ConversationId;
use crate::domain::incident::{Known, Watched, WordForms, touched};
use crate::domain::lang::Lang;
use crate::domain::message::{IncomingMessage, LangHint, OwnTicket};
use crate::domain::time::Timestamp;
use crate::ports::Committed;

/// How receiving a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is kept, with what follows from it, in this conversation.
    Kept(ConversationId),
    /// It had been received before, into this conversation.
    SeenBefore(ConversationId),
}

impl Received {
    /// The conversation it is in.
    #[must_use]
    pub const fn conversation(self) -> ConversationId {
        match self {
            Self::Kept(id) | Self::SeenBefore(id) => id,
        }
    }
}

impl Flows {
    /// Receives a message: understands it, decides what follows and keeps both in one write.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where the message names a conversation that is not there or is another employee's;
    /// otherwise the store's failures. Nothing is kept then, and the same message may be received again.
    pub async fn receive(&self, message: &IncomingMessage) -> Result<Received, FlowError> {
        self.receive_and(message, |current| self.understand(message, current)).await
    }

    /// Receives a message whose writer picked an article's title while writing: that article is the answer, in the language that
    /// was picked where it still is there. Where it is gone the message is understood by its words.
    ///
    /// # Errors
    /// As [`Flows::receive`].
    pub async fn receive_picked(&self, message: &IncomingMessage, picked: &ArticleRef) -> Result<Received, FlowError> {
        self.receive_and(message, |current| {
            let passage = self.index.passage(&picked.slug, picked.lang, message.text.as_str());
            passage.map_or_else(|| self.understand(message, current), |candidate| as_picked(candidate, picked.lang))
        })
        .await
    }

    async fn receive_and(
        &self,
        message: &IncomingMessage,
        understand: impl Fn(Option<&Conversation>) -> Understanding + Send + Sync,
    ) -> Result<Received, FlowError> {
        let channel = &message.place.channel;
        let mut given = None;
        for _ in 0..ATTEMPTS {
            if let Some(id) = self.store.seen(channel, &message.external_id).await? {
                return Ok(Received::SeenBefore(id));
            }
            let current = self.current(message, self.clock.now()).await?;
            let understood = understand(current.as_ref());
            let (incidents, words) = self.held_against(message, &understood);
            let known = Known { incidents: &incidents, words: &words };
            let is_known = touched(known, &understood.candidates, self.policy.thresholds.offer, self.clock.now()).is_some();
            let advice = if is_known { None } else { self.advice(&mut given, message, current.as_ref(), &understood).await };
            // Identifiers are taken after reading, so that they are later than those of everything that was read.
            let mut moment = self.moment();
            let own = self.own_tickets(message, &understood).await?;
            let in_hand = self.question_in_hand(current.as_ref(), understood.intent).await?;
            let about = in_hand.as_ref().map(InHand::about);
            let heard = Heard { message, understood: &understood, own: &own, about, advice, known };
            let decision = employee_side::receive(current, heard, &self.policy, &mut moment);
            match self.keep(&decision).await? {
                Committed::Done => {
                    let intent = understood.intent;
                    info!(conversation.id = %decision.conversation.id, %channel, ?intent, phase = ?decision.conversation.phase, "an employee's message was received");
                    metrics::counter!("firstline_messages_received_total", "channel" => channel.to_string()).increment(1);
                    return Ok(Received::Kept(decision.conversation.id));
                }
                Committed::SeenBefore(id) => return Ok(Received::SeenBefore(id)),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    async fn current(&self, message: &IncomingMessage, now: Timestamp) -> Result<Option<Conversation>, FlowError> {
        if let Some(id) = message.conversation {
            let conversation = self.store.conversation(id).await?;
            let own = conversation.filter(|conversation| conversation.employee.id == message.employee.id);
            return own.map(Some).ok_or(FlowError::NotFound);
        }
        let place = &message.place;
        let in_room = self.store.conversation_in_room(&place.channel, &place.address).await?;
        let goes_on = |conversation: &Conversation| conversation.goes_on_at(&place.address, Some(&place.address), now);
        if let Some(conversation) = in_room.filter(goes_on) {
            return Ok(Some(conversation));
        }
        let Some(latest) = self.store.conversation_at(place, &message.employee.id).await? else { return Ok(None) };
        let room = self.store.room_of(latest.id).await?;
        Ok(Some(latest).filter(|conversation| conversation.goes_on_at(&place.address, room.as_deref(), now)))
    }

    fn understand(&self, message: &IncomingMessage, current: Option<&Conversation>) -> Understanding {
        let hint = match (message.lang, current) {
            (LangHint::Likely(_), Some(conversation)) => LangHint::Likely(conversation.lang),
            (hint, _) => hint,
        };
        self.index.understand(&message.text, hint)
    }

    /// What the question in hand is about, where this message hands it to a person.
    async fn question_in_hand(&self, current: Option<&Conversation>, intent: Intent) -> Result<Option<InHand>, FlowError> {
        match current.filter(|conversation| conversation.question.is_some()) {
            Some(conversation) if hands_on(conversation, intent) => Ok(Some(self.in_hand(conversation).await?)),
            _ => Ok(None),
        }
    }

    /// The incidents that a question is held against, and its words; none of either where it is no question, or nothing is open.
    fn held_against(&self, message: &IncomingMessage, understood: &Understanding) -> (Arc<Vec<Watched>>, Vec<WordForms>) {
        let open = self.open_incidents();
        if understood.intent != Intent::Question || open.is_empty() {
            return (Arc::default(), Vec::new());
        }
        let words = self.index.word_forms(message.text.as_str());
        (open, words)
    }

    async fn own_tickets(&self, message: &IncomingMessage, understood: &Understanding) -> Result<Vec<OwnTicket>, FlowError> {
        if understood.intent != Intent::OwnTickets {
            return Ok(Vec::new());
        }
        let tickets = self.store.tickets_of(&message.employee.id).await?;
        Ok(tickets.iter().map(own_ticket).collect())
    }
}

/// What is understood of a title that was picked: nothing is left to doubt.
fn as_picked(candidate: Candidate, lang: Lang) -> Understanding {
    let candidate = Candidate { confidence: PerMille::new(1_000), ..candidate };
    Understanding { lang: Some(lang), intent: Intent::Question, candidates: vec![candidate] }
}

/// Whether a message with this intent hands the question in hand to a person, or to the end of an incident.
fn hands_on(conversation: &Conversation, intent: Intent) -> bool {
    let of_incident = matches!(conversation.shown, Shown::Incident(_));
    matches!(intent, Intent::Person | Intent::No) || (of_incident && intent == Intent::Yes)
}
