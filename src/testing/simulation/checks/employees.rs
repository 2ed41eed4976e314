//! What employees wrote is kept, once and in its order, and nobody reads what is not for them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::employees::NAMES;
use super::super::story::Story;
use super::super::web::{State, Wanted};
use super::Evidence;
use crate::domain::ids::MessageId;
use crate::domain::message::{Author, Content};
use crate::domain::operator_side::Wish;
use crate::testing::discord::{ChannelId, Logged};

/// What asks for nothing is not for the bot where colleagues talk to each other, unless they are talking with it.
const CHATTER: [&str; 4] = ["hei", "takk", "nei", "ja"];

pub(super) fn check(story: &mut Story, evidence: &Evidence) -> Vec<String> {
    let kept = Kept::of(evidence);
    let mut broken = everything_is_kept(story, &kept);
    broken.extend(requests_are_carried_out_once(story, &kept));
    broken.extend(what_is_asked_alone_is_kept_once_at_most(story, &kept));
    broken.extend(notes_stay_inside(story, evidence));
    broken.extend(nobody_reads_anothers(story, evidence));
    broken
}

/// The texts that people wrote, each with the lines that say it.
struct Kept<'e>(BTreeMap<&'e str, Vec<MessageId>>);

impl<'e> Kept<'e> {
    fn of(evidence: &'e Evidence) -> Self {
        let mut kept: BTreeMap<&str, Vec<MessageId>> = BTreeMap::new();
        for recorded in evidence.conversations.iter().flat_map(|told| &told.lines) {
            if let (Content::Question(text) | Content::Text(text) | Content::Note(text), true) =
                (&recorded.line.content, recorded.line.author != Author::Bot)
            {
                kept.entry(text.as_str()).or_default().push(recorded.line.id);
            }
        }
        Self(kept)
    }

    fn lines(&self, text: &str) -> &[MessageId] {
        self.0.get(text).map_or(&[], Vec::as_slice)
    }
}

fn everything_is_kept(story: &mut Story, kept: &Kept<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    let mut last: BTreeMap<(usize, ChannelId), MessageId> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for written in story.written.clone() {
        let who = NAMES[written.by];
        let may_be_overheard = written.place == story.town.help && CHATTER.iter().any(|word| written.text.starts_with(word));
        match kept.lines(&written.text) {
            [line] => {
                met.insert((written.by, written.is_direct));
                // Small talk is heard once there is a conversation, and may have been heard in vain before.
                if !may_be_overheard && last.insert((written.by, written.place), *line).is_some_and(|before| before > *line) {
                    broken.push(format!("what {who} wrote was taken out of its order: {:?}", written.text));
                }
            }
            [] if may_be_overheard => {}
            // The platform does not tell a bot who wrote to it alone for the first time while it was away.
            [] if written.is_direct && !met.contains(&(written.by, true)) => {}
            [] => {
                story.figures.lost += 1;
                broken.push(format!("what {who} wrote in {} is lost: {:?}", story.town.name_of(written.place), written.text));
            }
            lines => broken.push(format!("what {who} wrote is kept {} times: {:?}", lines.len(), written.text)),
        }
    }
    broken
}

/// A request that was carried out left its words once, and one that was not left none.
fn requests_are_carried_out_once(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let mut broken = Vec::new();
    for request in story.requests.list() {
        let text = match &request.wish {
            Wanted::Ask(message) => message.text.as_str(),
            Wanted::Add(_, _, text, _) => text.as_str(),
            _ => continue,
        };
        let times = kept.lines(text).len();
        let expected = usize::from(request.state == State::Done);
        if times != expected {
            broken.push(format!("a request with the words {text:?} is {:?}, and they are kept {times} times", request.state));
        }
    }
    broken.extend(replies_of_the_desk(story, kept));
    broken
}

/// Words of the desk are kept once for each request that was carried out: two colleagues may have sent the same.
fn replies_of_the_desk(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let mut sent: BTreeMap<String, usize> = BTreeMap::new();
    for request in story.requests.list() {
        let Wanted::Handle(_, _, wish, _) = &request.wish else { continue };
        let (Wish::Reply(text, _) | Wish::Resolve(Some(text)) | Wish::Note(text)) = &**wish else { continue };
        *sent.entry(text.as_str().to_owned()).or_default() += 1;
    }
    let too_often = sent.into_iter().filter(|(text, times)| kept.lines(text).len() > *times);
    too_often.map(|(text, _)| format!("words of the desk were kept too often: {text:?}")).collect()
}

/// What colleagues wrote for each other reaches no employee.
fn notes_stay_inside(story: &Story, evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    for note in &story.notes {
        let outside = evidence.posted.iter().find(|logged| {
            let is_inside = story.town.desks.contains(&logged.posted.channel);
            !is_inside && logged.posted.content.contains(note.as_str())
        });
        if let Some(logged) = outside {
            broken.push(format!("a note was posted where employees read: {:?}", logged.posted.content));
        }
        let shown = evidence.conversations.iter().flat_map(|told| &told.shown);
        let says = |content: &Content| matches!(content, Content::Text(text) | Content::Note(text) if text.as_str() == note);
        if shown.into_iter().any(|recorded| says(&recorded.line.content)) {
            broken.push(format!("an employee may read the note {note:?}"));
        }
    }
    broken
}

/// Whoever asks by a command sees whether it was heard, and asks again where it was not.
fn what_is_asked_alone_is_kept_once_at_most(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let too_often = story.alone.iter().filter(|(_, text)| kept.lines(text).len() > 1);
    too_often.map(|(_, text)| format!("a question asked alone is kept too often: {text:?}")).collect()
}

/// What was asked alone is nowhere for all to see, and what is for one employee alone is about their own words.
fn nobody_reads_anothers(story: &Story, evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    let for_all = [story.town.help, story.town.start];
    for (who, text) in &story.alone {
        let public = |logged: &&Logged| for_all.contains(&logged.posted.channel) && logged.posted.only_for.is_none();
        if evidence.posted.iter().filter(public).any(|logged| logged.posted.content.contains(text)) {
            broken.push(format!("everybody can read what {} asked alone: {text:?}", NAMES[*who]));
        }
    }
    let written = story.written.iter().map(|written| (written.by, &written.text));
    for (who, text) in story.alone.iter().map(|(who, text)| (*who, text)).chain(written) {
        let others = evidence.direct.iter().enumerate().filter(|(other, _)| *other != who);
        for (other, (_, user, direct)) in others {
            let alone = evidence.alone.iter().filter(|posted| posted.only_for == Some(*user));
            let directly = evidence.posted.iter().map(|logged| &logged.posted).filter(|posted| posted.channel == *direct);
            if alone.chain(directly).any(|posted| posted.content.contains(text)) {
                broken.push(format!("{} was told what {} wrote: {text:?}", NAMES[other], NAMES[who]));
            }
        }
    }
    broken
}
