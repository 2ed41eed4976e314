//! Words that are changed or deleted.

use super::*;
use crate::domain::amending::{Earlier, amend, withdraw};
use crate::domain::conversation::Phase;
use crate::domain::decision::Receipt;
use crate::domain::event::Happened;
use crate::domain::message::Visibility;

impl Story {
    /// The employee's last line, and what came after it.
    fn last_words(&self) -> (Line, Vec<Line>) {
        let at = self.lines.iter().rposition(|line| line.author == Author::Employee).expect("they wrote something");
        (self.lines[at].clone(), self.lines[at + 1..].to_vec())
    }

    fn revision(&self) -> Receipt {
        Receipt { channel: self.place.channel.clone(), external_id: ExternalId::new(format!("m1@{}", self.told)) }
    }

    /// The employee changes their last words; `None` where nothing follows.
    fn changes_it_to(&mut self, text: &str, intent: Intent, candidates: &[Candidate]) -> Option<Vec<Content>> {
        let (mut moment, message) = (self.moment(), self.message(text));
        let (line, after) = self.last_words();
        let understood = Understanding { lang: None, intent, candidates: candidates.to_vec() };
        let heard =
            Heard { message: &message, understood: &understood, own: &[], about: None, advice: None, known: Known::default() };
        let earlier = Earlier { line: &line, after: &after };
        let decision = amend(self.now().clone(), earlier, heard, self.revision(), &policy(), &mut moment)?;
        Some(self.keep(decision))
    }

    /// The employee deletes their last words; what the bot says then.
    fn deletes_it(&mut self) -> Vec<Content> {
        let mut moment = self.moment();
        let (line, after) = self.last_words();
        let earlier = Earlier { line: &line, after: &after };
        let decision = withdraw(self.now().clone(), earlier, self.revision(), &policy(), &mut moment).expect("theirs");
        self.keep(decision)
    }

    fn assert_replays(&self) {
        assert_eq!(Conversation::replay(self.now().id, &self.events).as_ref(), self.conversation.as_ref());
    }
}

#[test]
fn a_changed_question_is_decided_anew_and_its_answer_takes_the_first_ones_place() {
    let mut story = Story::on_a_platform();
    story.hears("Skrivern", Intent::Question, &[article("skriver", 900)]);
    let first = story.lines[1].id;
    let said = story.changes_it_to("Passordet", Intent::Question, &[article("passord", 900)]).expect("it is decided");
    assert!(matches!(said.as_slice(), [Content::Answer(answer)] if answer.title == "passord"), "{said:?}");
    let last = story.errands.last();
    assert!(matches!(last, Some(Errand::Amend { earlier, reply_to: Some(_), .. }) if *earlier == first), "{last:?}");
    assert_eq!(story.lines[0].content, Content::Question(words("Skrivern")), "what it was is history");
    assert_eq!(story.now().question, Some(story.lines[2].id));
    story.assert_replays();
}

#[test]
fn what_nothing_takes_the_place_of_is_taken_back() {
    let mut story = Story::on_a_platform();
    story.hears_with_secrets("Passordet er hemmelig", Intent::Question, &[article("passord", 900)], &[Secret::Password]);
    let note = story.lines[1].id;
    story.changes_it_to("Passordet", Intent::Question, &[article("passord", 900)]).expect("it is decided");
    assert!(story.errands.contains(&Errand::Retract { message: note }), "{:?}", story.errands);
}

#[test]
fn a_change_that_no_article_answers_is_handed_off() {
    let mut story = Story::on_a_platform();
    story.hears("Skrivern", Intent::Question, &[article("skriver", 900)]);
    let said = story.changes_it_to("Stolen", Intent::Question, &[]).expect("it is decided");
    assert!(matches!(said.as_slice(), [Content::HandedOff(_)]), "{said:?}");
    assert!(matches!(story.errands.last(), Some(Errand::OpenRoom { .. })), "{:?}", story.errands);
    story.assert_replays();
}

#[test]
fn nothing_follows_where_the_words_are_the_same_or_the_matter_has_gone_on() {
    let mut story = Story::on_a_platform();
    story.hears("Skriveren", Intent::Question, &[article("skriver", 900)]);
    assert_eq!(story.changes_it_to("Skriveren", Intent::Question, &[]), None);
    story.presses(&Action::Helped, None);
    assert_eq!(story.changes_it_to("Skrivaren", Intent::Question, &[]), None);
}

#[test]
fn the_desk_reads_a_change_and_the_bot_is_silent() {
    let mut story = Story::on_a_platform();
    story.hears("Stolen", Intent::Question, &[]);
    let errands = story.errands.len();
    let said = story.changes_it_to("Stolen på rom 4", Intent::Question, &[]).expect("it is kept");
    assert_eq!((said, story.errands.len()), (vec![], errands));
    assert_eq!(story.lines.last().map(|line| &line.content), Some(&Content::Edited(words("Stolen på rom 4"))));
    story.assert_replays();
}

#[test]
fn a_deleted_question_ends_the_matter_and_its_answer_goes() {
    let mut story = Story::on_a_platform();
    story.hears("Skriveren", Intent::Question, &[article("skriver", 900)]);
    let (question, answer) = (story.lines[0].id, story.lines[1].id);
    assert_eq!(story.deletes_it(), []);
    assert_eq!(story.now().phase, Phase::Ended);
    assert_eq!(story.errands.last(), Some(&Errand::Retract { message: answer }));
    let last = story.events.last().map(|event| &event.what);
    assert_eq!(last, Some(&Happened::Withdrawn { message: question, replaced: vec![answer] }));
    story.assert_replays();
}

#[test]
fn a_ticket_stays_when_its_question_is_deleted_and_only_the_desk_is_told() {
    let mut story = Story::on_a_platform();
    story.hears("Journalen henger", Intent::Question, &[]);
    let told = story.errands.len();
    assert_eq!(story.deletes_it(), []);
    let note = story.lines.last().expect("a line");
    assert_eq!((&note.content, note.visibility), (&Content::Deleted, Visibility::Desk));
    assert!(matches!(story.errands[told..], [Errand::ShowCard { .. }]), "the card does not show it any more");
    assert_eq!(story.now().phase, Phase::WithDesk);
    story.assert_replays();
}
