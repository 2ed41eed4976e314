//! What was decided was posted: once, in its order, where it belongs; and the bot is silent while a person has the matter.

use std::collections::BTreeMap;

use super::super::story::Story;
use super::{Evidence, Told};
use crate::domain::decision::Errand;
use crate::domain::ids::{ConversationId, EmployeeId, ExternalId, MessageId};
use crate::domain::message::{Author, Content, Line, Visibility};
use crate::domain::obstacle::Obstacle;
use crate::domain::place::Delivery;
use crate::store::{Entry, Standing};
use crate::testing::discord::{ChannelId, Logged};

pub(super) fn check(story: &mut Story, evidence: &Evidence) -> Vec<String> {
    let mut broken = nothing_is_posted_twice(story, evidence);
    broken.extend(everything_is_done(story, evidence));
    broken.extend(every_line_has_its_errand(evidence));
    broken.extend(every_errand_is_seen(story, evidence));
    broken.extend(order_is_kept(story, evidence));
    broken.extend(the_bot_is_silent(evidence));
    broken
}

/// Everything that the bot posted for all to see bears a key, and no key comes twice. What went with a deleted thread does not
/// count: nobody can look for it there, so it may have been said again.
fn nothing_is_posted_twice(story: &mut Story, evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
    for logged in &evidence.posted {
        match &logged.nonce {
            Some(_) if story.upheaval.is_removed(logged.posted.channel) => {}
            Some(key) => *keys.entry(key).or_default() += 1,
            None if logged.posted.only_for.is_none() => {
                broken.push(format!("something was posted without a key: {:?}", logged.posted.content));
            }
            None => {}
        }
    }
    for (key, times) in keys.into_iter().filter(|(_, times)| *times > 1) {
        story.figures.doubled += 1;
        broken.push(format!("{times} messages were posted for the errand {key}"));
    }
    broken
}

/// Nothing waits for ever, and only what is for somebody who has left the guild is given up: whatever else kept it from being done
/// is over, and it was tried again.
fn everything_is_done(story: &Story, evidence: &Evidence) -> Vec<String> {
    let has_left = |entry: &Entry| {
        let employee = evidence.told(entry.errand.conversation).map(|told| &told.conversation.employee.id);
        story.upheaval.away.iter().any(|who| Some(&evidence.direct[*who].0) == employee)
    };
    let undone = evidence.ledger.iter().filter_map(|entry| match &entry.standing {
        Standing::Done => None,
        Standing::Stuck { why: Some(Obstacle::PersonLeft), .. } if has_left(entry) => None,
        Standing::Waiting => Some(format!("the errand {} waits for ever: {:?}", entry.errand.id, entry.errand.errand)),
        Standing::Stuck { why, reason } => Some(format!("the errand {} was given up: {why:?}, {reason}", entry.errand.id)),
    });
    undone.collect()
}

/// What the bot or somebody in the desk says to an employee on a platform is in the outbox, once.
fn every_line_has_its_errand(evidence: &Evidence) -> Vec<String> {
    let mut said: BTreeMap<MessageId, usize> = BTreeMap::new();
    for entry in &evidence.ledger {
        if let Errand::Say { message, .. } | Errand::Amend { message, .. } = &entry.errand.errand {
            *said.entry(*message).or_default() += 1;
        }
    }
    let pushed = evidence.conversations.iter().filter(|told| told.conversation.place.delivery == Delivery::Pushed);
    let lines = pushed.flat_map(|told| &told.lines).map(|recorded| &recorded.line);
    let wanting = lines.filter_map(|line| {
        let times = said.get(&line.id).copied().unwrap_or(0);
        let must = match &line.author {
            // What only the desk reads, such as that a room is gone, is said to nobody.
            _ if line.visibility == Visibility::Desk => return (times > 0).then(|| told_to_nobody(line)),
            Author::Bot => true,
            // What they wrote in the room itself needs no errand.
            Author::Operator { id, .. } => id.as_str().starts_with("desk:"),
            Author::Employee => false,
        };
        let wrong = if must { times != 1 } else { times > 1 };
        wrong.then(|| format!("the line {} has {times} errands: {:?}", line.id, line.content))
    });
    wanting.collect()
}

fn told_to_nobody(line: &Line) -> String {
    format!("the line {} is the desk's alone and has an errand: {:?}", line.id, line.content)
}

/// What is done can be seen, where the conversation is or by its employee alone. What stopped to stand before it was said is not.
fn every_errand_is_seen(story: &Story, evidence: &Evidence) -> Vec<String> {
    let (mut broken, lines) = (Vec::new(), evidence.lines());
    let is_withdrawn = |line: &MessageId| lines.get(line).is_some_and(|recorded| recorded.withdrawn);
    for entry in evidence.ledger.iter().filter(|entry| entry.standing == Standing::Done) {
        let Errand::Say { message, reply_to } = &entry.errand.errand else { continue };
        let Some(told) = evidence.told(entry.errand.conversation) else { continue };
        let key = entry.errand.id.to_string();
        let is_its_own = |logged: &&Logged| logged.nonce.as_deref().is_some_and(|own| errand_of(own) == key);
        match evidence.posted.iter().find(is_its_own) {
            None if told.is_answered_alone(evidence, reply_to.as_ref())
                || told.is_by_employee(*message)
                || is_withdrawn(message) => {}
            None => broken.push(format!("the errand {key} is done, but the line {message} was not posted")),
            Some(logged)
                if !told.is_at(evidence, logged.posted.channel) && !told.was_in(story, evidence, logged.posted.channel) =>
            {
                broken.push(format!("the line {message} was posted in another's place"));
            }
            Some(_) => {}
        }
    }
    broken
}

/// The errand that a key belongs to: behind it may stand which part it is, and that it is said again in another place.
fn errand_of(key: &str) -> &str {
    key.split(['.', '~']).next().unwrap_or(key)
}

impl Told {
    /// Whether a channel is the conversation's place or room, or where the bot writes to its employee directly.
    fn is_at(&self, evidence: &Evidence, channel: ChannelId) -> bool {
        let address = channel.to_string();
        let own = |(employee, _, direct): &&(_, _, ChannelId)| *employee == self.conversation.employee.id && *direct == channel;
        self.conversation.place.address == address
            || self.room.as_deref() == Some(&address)
            || evidence.direct.iter().any(|one| own(&one))
    }

    /// Whether a channel is a thread that was deleted, and its employee was in it.
    fn was_in(&self, story: &Story, evidence: &Evidence, channel: ChannelId) -> bool {
        let own = evidence.direct.iter().find(|(employee, ..)| *employee == self.conversation.employee.id);
        own.is_some_and(|(_, user, _)| story.upheaval.was_in_removed(channel, *user))
    }

    /// Whether its employee has been answered alone, which bears no key: where they asked so, or in answer to a command or a press.
    fn is_answered_alone(&self, evidence: &Evidence, reply_to: Option<&ExternalId>) -> bool {
        let own = evidence.direct.iter().find(|(employee, ..)| *employee == self.conversation.employee.id);
        let is_alone = self.conversation.place.address.contains("/private/");
        (is_alone || reply_to.is_some_and(|answers| answers.as_str().starts_with("interaction:")))
            && evidence.alone.iter().any(|posted| posted.only_for == own.map(|(_, user, _)| *user) && !posted.content.is_empty())
    }

    fn is_by_employee(&self, line: MessageId) -> bool {
        self.lines.iter().any(|recorded| recorded.line.id == line && recorded.line.author == Author::Employee)
    }
}

/// The errands of a conversation are posted in the order in which they were decided; but for those that were given up, because of
/// somebody's leaving or because there was no room to be had, and then tried again.
fn order_is_kept(story: &Story, evidence: &Evidence) -> Vec<String> {
    let left: Vec<&EmployeeId> = story.upheaval.left.iter().map(|who| &evidence.direct[*who].0).collect();
    let may_be_late = |id: ConversationId| {
        let employee = evidence.told(id).map(|told| &told.conversation.employee.id);
        story.upheaval.was_narrow || employee.is_some_and(|employee| left.contains(&employee))
    };
    let errands: BTreeMap<String, ConversationId> =
        evidence.ledger.iter().map(|entry| (entry.errand.id.to_string(), entry.errand.conversation)).collect();
    let mut last: BTreeMap<ConversationId, i64> = BTreeMap::new();
    let mut broken = Vec::new();
    for key in evidence.posted.iter().filter_map(|logged| logged.nonce.as_deref()) {
        let errand = errand_of(key);
        let (Some(conversation), Ok(number)) = (errands.get(errand), errand.parse::<i64>()) else { continue };
        if may_be_late(*conversation) {
            continue;
        }
        if last.insert(*conversation, number).is_some_and(|before| before > number) {
            broken.push(format!("the errand {key} of conversation {conversation} was posted after a later one"));
        }
    }
    broken
}

/// Between the word of a hand-off and that of its resolution, as they were posted, only people speak.
fn the_bot_is_silent(evidence: &Evidence) -> Vec<String> {
    let lines = evidence.lines();
    let errands = evidence.ledger.iter().filter_map(|entry| match &entry.errand.errand {
        Errand::Say { message, .. } | Errand::Amend { message, .. } => Some((entry.errand.id.to_string(), lines.get(message)?)),
        _ => None,
    });
    let errands: BTreeMap<String, _> = errands.collect();
    let mut with_desk: BTreeMap<ConversationId, bool> = BTreeMap::new();
    let mut broken = Vec::new();
    for recorded in evidence.posted.iter().filter_map(|logged| errands.get(logged.nonce.as_deref()?.trim_end_matches('~'))) {
        let with_desk = with_desk.entry(recorded.conversation).or_default();
        match &recorded.line.content {
            Content::HandedOff(_) | Content::Reopened(_) => *with_desk = true,
            // The employee may close their ticket themselves.
            Content::ResolvedAsk(_) | Content::Confirmed | Content::MergedInto { .. } | Content::IncidentEnded { .. } => {
                *with_desk = false;
            }
            // The answer to whoever asks where their ticket stands.
            Content::OwnTickets(_) => {}
            said if *with_desk && recorded.line.author == Author::Bot => {
                let id = recorded.conversation;
                broken.push(format!("the bot spoke in conversation {id} while a person had the matter: {said:?}"));
            }
            _ => {}
        }
    }
    broken
}
