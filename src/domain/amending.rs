//! An employee changes or deletes what they wrote.

use super::answer::Intent;
use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Draft, Moment, Receipt};
use super::employee_side::{Heard, converse, spoken};
use super::event::Happened;
use super::ids::MessageId;
use super::message::{Author, Content, Line, Visibility};
use super::operator_side::{show_card, wake};
use super::policy::Policy;

/// What an employee wrote before, and what was said after it.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// Their line.
    pub line: &'a Line,
    /// The conversation's later lines that still stand, oldest first.
    pub after: &'a [Line],
}

impl Earlier<'_> {
    /// What the bot said to it.
    fn replies(&self) -> Vec<MessageId> {
        let replies = self.after.iter().take_while(|line| line.author == Author::Bot);
        replies.map(|line| line.id).collect()
    }

    /// Whether nobody but the bot has said anything since.
    fn is_latest(&self) -> bool {
        self.after.iter().all(|line| line.author == Author::Bot)
    }

    fn is_of_employee(&self) -> bool {
        self.line.author == Author::Employee
    }
}

/// Decides what follows from an employee's writing anew what they had written; `None` where nothing does.
///
/// While the bot has the matter and nothing else was said since, the new words are decided upon as if they had been the first ones,
/// and what the bot says now takes the place of what it said then. While the desk has it, the operator reads the change, and the
/// bot is silent.
#[must_use]
pub fn amend(
    conversation: Conversation,
    earlier: Earlier<'_>,
    heard: Heard<'_>,
    receipt: Receipt,
    policy: &Policy,
    moment: &mut Moment,
) -> Option<Decision> {
    if !earlier.is_of_employee() || says(&earlier.line.content) == Some(heard.message.text.as_str()) {
        return None;
    }
    let lang = spoken(Some(&conversation), heard.message, heard.understood);
    let phase = conversation.phase;
    let mut draft = Draft::of(conversation, moment);
    match phase {
        Phase::WithDesk => {
            draft.happened(Author::Employee, Happened::Amended { earlier: earlier.line.id, replaced: Vec::new() });
            let text = heard.message.text.clone();
            let message = draft.record(Author::Employee, Visibility::Everyone, Content::Edited(text));
            wake(&mut draft, Author::Employee);
            draft.happened(Author::Employee, Happened::Added { message });
        }
        Phase::WithBot if earlier.is_latest() && is_plain(heard) => {
            draft.in_reply_to(Some(heard.message.external_id.clone()));
            let replaced = earlier.replies();
            draft.happened(Author::Employee, Happened::Amended { earlier: earlier.line.id, replaced: replaced.clone() });
            converse(&mut draft, heard, lang, policy);
            draft.say_instead_of(&replaced);
        }
        Phase::WithBot | Phase::Resolved | Phase::Ended => return None,
    }
    Some(draft.decide(Some(receipt)))
}

/// A yes or no answers what was shown before the words that are changed, and that is not in hand any more.
const fn is_plain(heard: Heard<'_>) -> bool {
    !matches!(heard.understood.intent, Intent::Yes | Intent::No)
}

/// Decides what follows from an employee's deleting what they wrote; `None` where it was not theirs, or is gone already.
///
/// The words are taken out of the line, which stays. While the bot has the matter, what it said to them goes too, and where they
/// were the question in hand the conversation is over. While the desk has it, the ticket stays, and the operator is told.
#[must_use]
pub fn withdraw(
    conversation: Conversation,
    earlier: Earlier<'_>,
    receipt: Receipt,
    policy: &Policy,
    moment: &mut Moment,
) -> Option<Decision> {
    if !earlier.is_of_employee() {
        return None;
    }
    let (message, phase) = (earlier.line.id, conversation.phase);
    let replaced = if phase == Phase::WithBot { earlier.replies() } else { Vec::new() };
    let mut draft = Draft::of(conversation, moment);
    draft.happened(Author::Employee, Happened::Withdrawn { message, replaced: replaced.clone() });
    draft.say_instead_of(&replaced);
    if phase == Phase::WithDesk {
        draft.record(Author::Employee, Visibility::Desk, Content::Deleted);
        show_card(&mut draft, policy);
    }
    Some(draft.decide(Some(receipt)))
}

fn says(content: &Content) -> Option<&str> {
    match content {
        Content::Question(text) | Content::Text(text) | Content::Edited(text) => Some(text.as_str()),
        _ => None,
    }
}
