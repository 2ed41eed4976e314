//! What the bot said to a question that was changed or taken back does not stand beside what it says now.

use std::collections::BTreeSet;
use std::time::Duration;

use super::super::story::Story;
use super::Evidence;
use crate::domain::decision::Errand;
use crate::domain::ids::MessageId;
use crate::ports::Clock;
use crate::testing::discord::Logged;

/// Until when a message is changed; an older one is answered anew, and stays.
const CHANGED_FOR: Duration = Duration::from_hours(1);

pub(super) fn check(story: &Story, evidence: &Evidence) -> Vec<String> {
    let lines = evidence.lines();
    let taken_back: BTreeSet<MessageId> = evidence.ledger.iter().filter_map(|entry| retracted(&entry.errand.errand)).collect();
    let mut broken = Vec::new();
    for entry in &evidence.ledger {
        let (Errand::Say { message, .. } | Errand::Amend { message, .. }) = &entry.errand.errand else { continue };
        if !lines.get(message).is_some_and(|recorded| recorded.withdrawn) {
            continue;
        }
        let key = entry.errand.id.to_string();
        let posts =
            evidence.posted.iter().filter(|logged| logged.nonce.as_deref().is_some_and(|own| own.trim_end_matches('~') == key));
        for logged in posts.filter(|logged| stands(story, logged)) {
            if taken_back.contains(message) || !is_old(story, logged) {
                broken.push(format!("an answer to what was changed or taken back still stands: {:?}", logged.posted.content));
            }
        }
    }
    broken
}

const fn retracted(errand: &Errand) -> Option<MessageId> {
    match errand {
        Errand::Retract { message } => Some(*message),
        _ => None,
    }
}

/// Whether a message is there as it was posted.
fn stands(story: &Story, logged: &Logged) -> bool {
    story.town.fake.message(logged.posted.id).is_some_and(|now| !now.is_edited)
}

fn is_old(story: &Story, logged: &Logged) -> bool {
    const EPOCH: u64 = 1_420_070_400_000;
    let posted = (logged.posted.id.get() >> 22) + EPOCH;
    let now = u64::try_from(story.town.clock.now().millis()).unwrap_or(0);
    u128::from(now.saturating_sub(posted)) >= CHANGED_FOR.as_millis()
}
