//! Whether words that Firstline comes to hear are meant for it.

use super::answer::Intent;
use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Moment};
use super::employee_side::{Heard, ask, going_on, hand_off, own_words, receipt_of, receive, spoken};
use super::message::{HandOffReason, SmallTalk};
use super::policy::Policy;
use super::time::Timestamp;

/// How a message reached Firstline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hearing {
    /// It was said to Firstline: by mentioning it, replying to it, writing to it alone, or in a ticket's own room.
    Addressed,
    /// It was said to nobody in particular, where Firstline listens to everything.
    Overheard,
    /// It was said to nobody in particular, where Firstline hears only what is said to it and what follows on that.
    FollowingUp,
}

/// What a message is, apart from its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// What it wants.
    pub intent: Intent,
    /// Whether it asks something or tells of a problem.
    pub seeks_help: bool,
    /// When it was written, which may be long before it is heard.
    pub written_at: Timestamp,
}

/// Whether a message gets a reaction at all; what gets none is neither kept nor answered. `current` is the conversation that it
/// would go on in.
///
/// Of what is overheard only questions and problems count. Somebody who is in a conversation with the bot is taken to go on with
/// it, except with talk that asks for nothing, and with a yes or thanks from before it began; what the desk has is never lost.
#[must_use]
pub fn is_heeded(hearing: Hearing, current: Option<&Conversation>, manner: Manner) -> bool {
    match (hearing, current) {
        (Hearing::Addressed, _) | (_, Some(Conversation { phase: Phase::WithDesk, .. })) => true,
        (_, Some(current)) => match manner.intent {
            Intent::SmallTalk(SmallTalk::Other) => false,
            Intent::SmallTalk(_) | Intent::Yes | Intent::No => manner.written_at >= current.opened_at,
            _ => true,
        },
        (Hearing::Overheard, None) => manner.seeks_help,
        (Hearing::FollowingUp, None) => false,
    }
}

/// Decides what follows from a message that was written so long ago, while nobody listened, that an answer now would come out of
/// nowhere: a person looks at the question. Everything else is as if it had just been said.
#[must_use]
pub fn receive_missed(current: Option<Conversation>, heard: Heard<'_>, policy: &Policy, moment: &mut Moment) -> Decision {
    let with_desk = current.as_ref().is_some_and(|conversation| conversation.phase == Phase::WithDesk);
    if heard.understood.intent != Intent::Question || with_desk {
        return receive(current, heard, policy, moment);
    }
    let message = heard.message;
    let lang = spoken(current.as_ref(), message, heard.understood);
    let mut draft = going_on(current, message, lang, moment);
    let question = ask(&mut draft, heard, lang);
    hand_off(&mut draft, question, own_words(heard), HandOffReason::Missed, policy);
    draft.decide(Some(receipt_of(message)))
}
