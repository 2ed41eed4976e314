//! An employee wrote something.

use std::sync::Arc;
use std::time::Duration;

use tracing::info;

use super::consult::Given;
use super::press::InHand;
use super::{ATTEMPTS, FlowError, Flows, own_ticket};
use crate::domain::advice::Advice;
use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Understanding};
use crate::domain::conversation::{Conversation, Shown};
use crate::domain::employee_side::{self, Heard};
use crate::domain::hearing::{Hearing, Manner, is_heeded, receive_missed};
use crate::domain::ids::ConversationId;
use crate::domain::incident::{Known, Watched, WordForms, touched};
use crate::domain::lang::Lang;
use crate::domain::message::{IncomingMessage, LangHint};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::policy::Policy;
use crate::domain::time::Timestamp;
use crate::ports::{Committed, TicketSummary};

/// How receiving a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is kept, with what follows from it, in this conversation.
    Kept(ConversationId),
    /// It had been received before, into this conversation.
    SeenBefore(ConversationId),
}

/// How soon after each other the words of one person that nobody listened to are taken to be about one matter.
const SAME_MATTER: Duration = Duration::from_mins(10);

/// When a message was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// At this moment.
    pub at: Timestamp,
    /// And nobody listened then, so long ago that a person looks at what it asks.
    pub missed: bool,
}

impl Written {
    /// Just now.
    #[must_use]
    pub const fn now(now: Timestamp) -> Self {
        Self { at: now, missed: false }
    }
}

/// A message's understanding with what was looked up about it.
pub(super) struct LookedUp {
    pub(super) understood: Understanding,
    incidents: Arc<Vec<Watched>>,
    words: Vec<WordForms>,
    own: Vec<OwnTicket>,
    in_hand: Option<InHand>,
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
        // What is addressed is always heeded.
        self.hear(message, Hearing::Addressed, Written::now(self.clock.now())).await?.ok_or(FlowError::NotFound)
    }

    /// Receives a message whose writer picked an article's title while writing: that article is the answer, in the language that
    /// was picked where it still is there. Where it is gone the message is understood by its words.
    ///
    /// # Errors
    /// As [`Flows::receive`].
    pub async fn receive_picked(&self, message: &IncomingMessage, picked: &ArticleRef) -> Result<Received, FlowError> {
        let understand = |current: Option<&Conversation>| {
            let passage = self.index.passage(&picked.slug, picked.lang, message.text.as_str());
            passage.map_or_else(|| self.understand(message, current), |candidate| as_picked(candidate, picked.lang))
        };
        self.receive_and(message, Hearing::Addressed, Written::now(self.clock.now()), understand)
            .await?
            .ok_or(FlowError::NotFound)
    }

    /// The same for a message that was heard like this and written then.
    /// `None` where it is none of Firstline's business: nothing is kept of it then.
    ///
    /// # Errors
    /// As [`Flows::receive`].
    pub async fn hear(
        &self,
        message: &IncomingMessage,
        hearing: Hearing,
        written: Written,
    ) -> Result<Option<Received>, FlowError> {
        self.receive_and(message, hearing, written, |current| self.understand(message, current)).await
    }

    async fn receive_and(
        &self,
        message: &IncomingMessage,
        hearing: Hearing,
        written: Written,
        understand: impl Fn(Option<&Conversation>) -> Understanding + Send + Sync,
    ) -> Result<Option<Received>, FlowError> {
        let Written { at, missed } = written;
        let channel = &message.place.channel;
        let mut given = None;
        for _ in 0..ATTEMPTS {
            if let Some(id) = self.store.seen(channel, &message.external_id).await? {
                return Ok(Some(Received::SeenBefore(id)));
            }
            let current = self.current(message, missed, self.clock.now()).await?;
            let understood = understand(current.as_ref());
            let manner = self.manner(message, &understood, at);
            if !is_heeded(hearing, current.as_ref(), manner) {
                return Ok(None);
            }
            let looked_up = self.look_up(message, current.as_ref(), understood).await?;
            let is_known = looked_up.is_about_incident(&self.policy, self.clock.now());
            let asked = if is_known || missed { None } else { Some(&looked_up.understood) };
            let advice = self.advice_if(&mut given, message, current.as_ref(), asked).await;
            // Identifiers are taken after reading, so that they are later than those of everything that was read.
            let mut moment = self.moment();
            let decide = if missed { receive_missed } else { employee_side::receive };
            let decision = decide(current, looked_up.heard(message, advice), &self.policy, &mut moment);
            match self.keep(&decision).await? {
                Committed::Done => {
                    let intent = manner.intent;
                    info!(conversation.id = %decision.conversation.id, %channel, ?intent, phase = ?decision.conversation.phase, "an employee's message was received");
                    metrics::counter!("firstline_messages_received_total", "channel" => channel.to_string()).increment(1);
                    return Ok(Some(Received::Kept(decision.conversation.id)));
                }
                Committed::SeenBefore(id) => return Ok(Some(Received::SeenBefore(id))),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// The employee's conversation that a message would go on in, where there is one.
    ///
    /// # Errors
    /// As [`Flows::receive`].
    pub async fn goes_on_in(&self, message: &IncomingMessage) -> Result<Option<ConversationId>, FlowError> {
        Ok(self.current(message, false, self.clock.now()).await?.map(|conversation| conversation.id))
    }

    async fn current(&self, message: &IncomingMessage, missed: bool, now: Timestamp) -> Result<Option<Conversation>, FlowError> {
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
        // What somebody wrote in the same place while nobody listened is one matter, also where its room is made already.
        if missed && latest.open_ticket().is_some_and(|ticket| now.since(ticket.opened_at) < SAME_MATTER) {
            return Ok(Some(latest));
        }
        let room = self.store.room_of(latest.id).await?;
        Ok(Some(latest).filter(|conversation| conversation.goes_on_at(&place.address, room.as_deref(), now)))
    }

    fn manner(&self, message: &IncomingMessage, understood: &Understanding, written_at: Timestamp) -> Manner {
        let seeks_help = self.index.seeks_help(&message.text, understood);
        Manner { intent: understood.intent, seeks_help, written_at }
    }

    /// Looks up what deciding upon a message needs.
    pub(super) async fn look_up(
        &self,
        message: &IncomingMessage,
        current: Option<&Conversation>,
        understood: Understanding,
    ) -> Result<LookedUp, FlowError> {
        let (incidents, words) = self.held_against(message, &understood);
        let own = self.own_tickets(message, current, &understood).await?;
        let in_hand = self.question_in_hand(current, understood.intent).await?;
        Ok(LookedUp { understood, incidents, words, own, in_hand })
    }

    pub(super) async fn advice_if<'g>(
        &self,
        given: &'g mut Option<Given>,
        message: &IncomingMessage,
        current: Option<&Conversation>,
        asked: Option<&Understanding>,
    ) -> Option<&'g Advice> {
        self.advice(given, message, current, asked?).await
    }

    pub(super) fn understand(&self, message: &IncomingMessage, current: Option<&Conversation>) -> Understanding {
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

    async fn own_tickets(
        &self,
        message: &IncomingMessage,
        current: Option<&Conversation>,
        understood: &Understanding,
    ) -> Result<Vec<OwnTicket>, FlowError> {
        if understood.intent != Intent::OwnTickets {
            return Ok(Vec::new());
        }
        let tickets = self.store.tickets_of(&message.employee.id).await?;
        let here = current.map(|conversation| conversation.id);
        let was_asked_here = |ticket: &TicketSummary| ticket.place == message.place || Some(ticket.conversation) == here;
        Ok(tickets.iter().map(|ticket| own_ticket(ticket).told_to(message.readers, was_asked_here(ticket))).collect())
    }
}

impl LookedUp {
    pub(super) fn is_about_incident(&self, policy: &Policy, now: Timestamp) -> bool {
        touched(self.known(), &self.understood.candidates, policy.thresholds.offer, now).is_some()
    }

    pub(super) fn heard<'a>(&'a self, message: &'a IncomingMessage, advice: Option<&'a Advice>) -> Heard<'a> {
        let about = self.in_hand.as_ref().map(InHand::about);
        Heard { message, understood: &self.understood, own: &self.own, about, advice, known: self.known() }
    }

    fn known(&self) -> Known<'_> {
        Known { incidents: &self.incidents, words: &self.words }
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
