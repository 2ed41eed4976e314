//! What employees wrote is kept, once and in its order; also where they changed it, or took it back.

use std::collections::BTreeMap;
use std::time::Duration;

use super::super::employees::NAMES;
use super::super::story::{Story, Written};
use super::Evidence;
use crate::domain::ids::MessageId;
use crate::domain::message::{Author, Content};
use crate::testing::discord::ChannelId;

/// What asks for nothing is not for the bot where colleagues talk to each other, unless they are talking with it.
const CHATTER: [&str; 4] = ["hei", "takk", "nei", "ja"];

/// How far back the bot reads a direct conversation that it did not know of.
const READ_BACK: Duration = Duration::from_hours(24);

/// The texts that people wrote, each with the lines that say it.
pub(super) struct Kept<'e>(BTreeMap<&'e str, Vec<MessageId>>);

impl<'e> Kept<'e> {
    pub(super) fn of(evidence: &'e Evidence) -> Self {
        let mut kept: BTreeMap<&str, Vec<MessageId>> = BTreeMap::new();
        for recorded in evidence.conversations.iter().flat_map(|told| &told.lines) {
            if let (Content::Question(text) | Content::Text(text) | Content::Edited(text) | Content::Note(text), true) =
                (&recorded.line.content, recorded.line.author != Author::Bot)
            {
                kept.entry(text.as_str()).or_default().push(recorded.line.id);
            }
        }
        Self(kept)
    }

    pub(super) fn lines(&self, text: &str) -> &[MessageId] {
        self.0.get(text).map_or(&[], Vec::as_slice)
    }

    /// How many lines say what somebody wrote, in any of its wordings.
    fn of_written(&self, written: &Written) -> usize {
        written.versions().map(|text| self.lines(text).len()).sum()
    }
}

pub(super) fn check(story: &mut Story, kept: &Kept<'_>) -> Vec<String> {
    let mut broken = nothing_is_lost(story, kept);
    story.figures.lost += broken.len() as u64;
    broken.extend(nothing_is_kept_twice(story, kept));
    broken.extend(order_is_kept(story, kept));
    broken
}

/// Every message is there, in one of its wordings at least: a change that nobody heard of is not kept.
fn nothing_is_lost(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let lost = story.written.iter().filter(|written| kept.of_written(written) == 0 && !may_be_unknown(story, written, kept));
    let told = lost.map(|written| {
        let (who, place) = (NAMES[written.by], story.town.name_of(written.place));
        format!("what {who} wrote in {place} is lost: {:?}", written.text)
    });
    told.collect()
}

fn may_be_unknown(story: &Story, written: &Written, kept: &Kept<'_>) -> bool {
    // What its writer took back, or went with a thread, may have gone before it was heard.
    written.is_deleted
        || story.upheaval.is_removed(written.place)
        || may_be_overheard(story, written)
        // The platform does not tell a bot who wrote to it alone for the first time while it was away.
        || (written.is_direct && !is_acquainted(story, written, kept))
}

fn may_be_overheard(story: &Story, written: &Written) -> bool {
    let is_chatter = |text: &str| CHATTER.iter().any(|word| text.starts_with(word));
    written.place == story.town.help && written.versions().any(|text| is_chatter(text))
}

/// Whether the bot knew of a direct conversation when something was written there, or came to know of it soon after.
fn is_acquainted(story: &Story, written: &Written, kept: &Kept<'_>) -> bool {
    let soon_enough = |other: &Written| millis(other).saturating_sub(millis(written)) < READ_BACK.as_millis();
    let mut own = story.written.iter().filter(|other| other.is_direct && other.by == written.by);
    own.any(|other| kept.of_written(other) > 0 && soon_enough(other))
}

fn millis(written: &Written) -> u128 {
    u128::from(written.id.get() >> 22)
}

/// No wording of a message is kept twice.
fn nothing_is_kept_twice(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for written in &story.written {
        for text in written.versions().filter(|text| kept.lines(text).len() > 1) {
            broken.push(format!("what {} wrote is kept {} times: {text:?}", NAMES[written.by], kept.lines(text).len()));
        }
    }
    broken
}

/// What somebody wrote in a place is taken in its order. What was changed counts as said again, what was taken back is not there
/// for a later reading, and small talk is heard once there is a conversation, and may have been heard in vain before.
fn order_is_kept(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let mut last: BTreeMap<(usize, ChannelId), MessageId> = BTreeMap::new();
    let mut broken = Vec::new();
    let stands = |written: &&Written| written.changes.is_empty() && !written.is_deleted && !may_be_overheard(story, written);
    for written in story.written.iter().filter(stands) {
        let [line] = kept.lines(&written.text) else { continue };
        if last.insert((written.by, written.place), *line).is_some_and(|before| before > *line) {
            broken.push(format!("what {} wrote was taken out of its order: {:?}", NAMES[written.by], written.text));
        }
    }
    broken
}
