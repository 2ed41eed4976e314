//! What people asked for was done once, and nobody reads what is not for them.

use std::collections::BTreeMap;

use super::super::employees::NAMES;
use super::super::story::Story;
use super::super::web::{State, Wanted};
use super::Evidence;
use super::written::{self, Kept};
use crate::domain::message::Content;
use crate::domain::operator_side::Wish;
use crate::testing::discord::{ChannelId, Logged};

pub(super) fn check(story: &mut Story, evidence: &Evidence) -> Vec<String> {
    let kept = Kept::of(evidence);
    let mut broken = written::check(story, &kept);
    broken.extend(requests_are_carried_out_once(story, &kept));
    broken.extend(what_is_asked_alone_is_kept_once_at_most(story, &kept));
    broken.extend(words_of_operators_are_kept_once_at_most(story, &kept));
    broken.extend(notes_stay_inside(story, evidence));
    broken.extend(nobody_reads_anothers(story, evidence));
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
    for text in story.requests.list().iter().filter_map(|request| words_of_wish(&request.wish)) {
        *sent.entry(text).or_default() += 1;
    }
    let too_often = sent.into_iter().filter(|(text, times)| kept.lines(text).len() > *times);
    too_often.map(|(text, _)| format!("words of the desk were kept too often: {text:?}")).collect()
}

fn words_of_wish(wish: &Wanted) -> Option<String> {
    let Wanted::Handle(_, _, wish, _) = wish else { return None };
    match &**wish {
        Wish::Reply(text, _) | Wish::Resolve(Some(text)) | Wish::Note(text) | Wish::Transfer { reason: text, .. } => {
            Some(text.as_str().to_owned())
        }
        _ => None,
    }
}

/// What colleagues wrote for each other reaches no employee.
fn notes_stay_inside(story: &Story, evidence: &Evidence) -> Vec<String> {
    let mut broken = Vec::new();
    for note in &story.notes {
        let outside = evidence.posted.iter().find(|logged| {
            let is_inside = is_inside(story, logged.posted.channel);
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

/// Whether only operators read in a channel: a desk's own, or the thread of a card in it.
fn is_inside(story: &Story, channel: ChannelId) -> bool {
    let town = &story.town;
    town.desks.iter().any(|desk| *desk == channel || town.fake.threads(*desk).iter().any(|thread| thread.id == channel))
}

/// What an operator wrote in a room, beside a card or with a command is theirs to say or not; if it is, it is said once.
fn words_of_operators_are_kept_once_at_most(story: &Story, kept: &Kept<'_>) -> Vec<String> {
    let words = story.replies.iter().chain(&story.notes);
    let wished: Vec<String> = story.requests.list().into_iter().filter_map(|request| words_of_wish(&request.wish)).collect();
    let too_often = words.filter(|text| !wished.contains(text) && kept.lines(text).len() > 1);
    too_often.map(|text| format!("words of an operator were kept too often: {text:?}")).collect()
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
    let written = story.written.iter().flat_map(|written| written.versions().map(|text| (written.by, text)));
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
