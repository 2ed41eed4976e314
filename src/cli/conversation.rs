//! A conversation that is thrown away: the chat's own understanding and decision, with nothing stored.

use serde::{Deserialize, Serialize};

use crate::domain::answer::{Intent, Understanding};
use crate::domain::decision::{Decision, Moment};
use crate::domain::employee_side::{self, Heard};
use crate::domain::ids::{ChannelName, EmployeeId, ExternalId, Fresh};
use crate::domain::incident::Known;
use crate::domain::lang::Lang;
use crate::domain::message::{Author, Content, Employee, IncomingMessage, LangHint};
use crate::domain::place::{Delivery, Place, Readers};
use crate::domain::policy::Policy;
use crate::domain::time::Timestamp;
use crate::ports::{Index, Recorded};

use super::Filter;

/// What questions are asked of.
pub(super) struct Desk<'a> {
    pub(super) index: &'a dyn Index,
    pub(super) policy: &'a Policy,
    pub(super) filter: Filter<'a>,
    pub(super) now: Timestamp,
}

/// A question and all that came of it.
pub(super) struct Asked {
    pub(super) message: IncomingMessage,
    pub(super) understood: Understanding,
    pub(super) decision: Decision,
}

/// What the bot did, as the JSON names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    /// It answered with an article.
    Answer,
    /// It offered titles to choose from.
    Offer,
    /// It fetched a person.
    #[serde(rename = "handoff")]
    HandOff,
    /// It said something friendly.
    SmallTalk,
}

impl Did {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Offer => "offer",
            Self::HandOff => "handoff",
            Self::SmallTalk => "small_talk",
        }
    }
}

/// The hint for a language that was chosen, or else for the usual one.
pub(super) fn hint(chosen: Option<Lang>, usual: Lang) -> LangHint {
    chosen.map_or(LangHint::Likely(usual), LangHint::Chosen)
}

impl Desk<'_> {
    /// Asks as somebody who has not written before.
    pub(super) fn ask(&self, question: &str, lang: LangHint) -> Asked {
        let (text, secrets) = (self.filter)(question);
        let channel = ChannelName::new("terminal");
        let place = Place { channel, address: "terminal".to_owned(), delivery: Delivery::Read };
        let employee = Employee { id: EmployeeId::new("terminal:you"), name: None, email: None, organisation: None };
        let external_id = ExternalId::new("1");
        let message =
            IncomingMessage { conversation: None, place, external_id, employee, text, secrets, lang, readers: Readers::Alone };
        let understood = self.index.understand(&message.text, lang);
        let heard =
            Heard { message: &message, understood: &understood, own: &[], about: None, advice: None, known: Known::default() };
        let mut moment = Moment { now: self.now, fresh: Fresh::starting_at(1) };
        let decision = employee_side::receive(None, heard, self.policy, &mut moment);
        Asked { message, understood, decision }
    }
}

impl Asked {
    /// What the bot said, in order. A ticket that would be opened has no number.
    pub(super) fn said(&self) -> impl Iterator<Item = Recorded> {
        let conversation = self.decision.conversation.id;
        let lines = self.decision.lines.iter().filter(|line| line.author == Author::Bot);
        lines.map(move |line| Recorded { conversation, line: line.clone(), number: None, withdrawn: false })
    }

    /// Whether it wants an article; anything else goes its own way, and no threshold would answer it.
    pub(super) fn asks(&self) -> bool {
        self.understood.intent == Intent::Question
    }

    /// What the bot did.
    pub(super) fn did(&self) -> Did {
        let of = |content: &Content| match content {
            Content::Answer(_) => Some(Did::Answer),
            Content::Offer(_) => Some(Did::Offer),
            Content::HandedOff(_) => Some(Did::HandOff),
            _ => None,
        };
        self.decision.lines.iter().find_map(|line| of(&line.content)).unwrap_or(Did::SmallTalk)
    }
}
