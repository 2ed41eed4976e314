//! The operator's side: exactly one has a ticket, and what they do reaches whom it should.

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::message::{SmallTalk, Visibility};
use crate::domain::operator_side::{Destination, Written};
use crate::domain::ticket::Status;

fn handed_off() -> Story {
    let mut story = Story::on_a_page();
    story.hears("får ikke åpnet journalen, kan jeg snakke med noen", Intent::Person, &[]);
    story
}

fn reply(text: &str) -> Wish {
    Wish::Reply(words(text), Written::InDesk)
}

fn held_by(handled: &Handled) -> Option<&str> {
    match handled {
        Handled::HeldBy(holder) => Some(&holder.name),
        _ => None,
    }
}

#[test]
fn the_second_to_take_a_ticket_is_told_who_has_it() {
    let mut story = handed_off();
    assert!(matches!(story.operator("kari", Wish::Take), Handled::Done(_)));
    assert_eq!(held_by(&story.operator("per", Wish::Take)), Some("kari"));
    assert_eq!(story.operator("kari", Wish::Take), Handled::Already);
}

#[test]
fn nobody_talks_past_the_one_who_has_it() {
    let mut story = handed_off();
    story.operator("kari", Wish::Take);
    for wish in [reply("hei"), Wish::Release, Wish::Resolve(None)] {
        assert_eq!(held_by(&story.operator("per", wish)), Some("kari"));
    }
}

#[test]
fn whoever_answers_a_waiting_ticket_has_it() {
    let mut story = handed_off();
    story.operator("per", reply("Hei, jeg ser på det"));
    assert_eq!(story.now().open_ticket().and_then(|ticket| ticket.holder()).map(|holder| holder.name.as_str()), Some("per"));
}

#[test]
fn a_note_is_for_the_desk_alone_and_anybody_there_may_write_one() {
    let mut story = handed_off();
    story.operator("kari", Wish::Take);
    story.operator("per", Wish::Note(words("samme feil i går")));
    let note = story.lines.iter().find(|line| matches!(line.content, Content::Note(_))).expect("the note is kept");
    assert_eq!(note.visibility, Visibility::Desk);
}

#[test]
fn a_transferred_ticket_waits_in_the_other_group_and_the_reason_stays_inside() {
    let mut story = handed_off();
    story.operator("kari", Wish::Take);
    let wish = Wish::Transfer { to: Destination::Group(GroupId::new("general")), reason: words("gjelder ikke journalen") };
    assert!(matches!(story.operator("kari", wish), Handled::Done(_)));
    let ticket = story.now().open_ticket().expect("it is still open");
    assert_eq!((ticket.group.as_str(), ticket.status()), ("general", Status::Waiting));
    let seen: Vec<&Line> = story.lines.iter().filter(|line| line.visibility == Visibility::Everyone).collect();
    assert!(!seen.iter().any(|line| matches!(&line.content, Content::Text(text) if text.as_str() == "gjelder ikke journalen")));
}

#[test]
fn a_ticket_cannot_go_to_a_group_that_does_not_exist() {
    let mut story = handed_off();
    let group = GroupId::new("nowhere");
    let wish = Wish::Transfer { to: Destination::Group(group.clone()), reason: words("…") };
    assert_eq!(story.operator("kari", wish), Handled::NoSuchGroup(group));
}

#[test]
fn after_resolution_the_bot_asks_and_no_reopens_the_same_ticket() {
    let mut story = handed_off();
    story.operator("kari", Wish::Resolve(Some(words("Prøv nå"))));
    let ticket = story.now().ticket.as_ref().expect("there is a ticket").id;
    assert!(story.lines.iter().any(|line| line.content == Content::ResolvedAsk(ticket)));
    assert_eq!(story.presses(&Action::ResolvedNo, None), Some(vec![Content::Reopened(ticket)]));
    assert_eq!(story.now().open_ticket().map(|open| (open.id, open.status())), Some((ticket, Status::Waiting)));
}

#[test]
fn after_resolution_thanks_confirm_it_and_a_late_no_still_reopens() {
    let mut story = handed_off();
    story.operator("kari", Wish::Resolve(None));
    assert_eq!(story.hears("tusen takk", Intent::SmallTalk(SmallTalk::Thanks), &[]), [Content::Confirmed]);
    assert_eq!(story.now().phase, Phase::Ended);
    assert!(story.presses(&Action::ResolvedNo, None).is_some());
    assert_eq!(story.now().phase, Phase::WithDesk);
}

#[test]
fn after_resolution_a_new_question_is_answered_by_the_bot() {
    let mut story = handed_off();
    story.operator("kari", Wish::Resolve(None));
    let said = story.hears("hvordan fører jeg reiseregning", Intent::Question, &[article("reiseregning", 900)]);
    assert!(matches!(said.as_slice(), [Content::Answer(_)]));
}

#[test]
fn nothing_but_a_note_can_be_done_to_a_resolved_ticket() {
    let mut story = handed_off();
    story.operator("kari", Wish::Resolve(None));
    for wish in [Wish::Take, Wish::Release, reply("hei"), Wish::Resolve(None)] {
        assert_eq!(story.operator("kari", wish), Handled::NotOpen);
    }
    assert!(matches!(story.operator("kari", Wish::Note(words("ringte etterpå"))), Handled::Done(_)));
}

#[test]
fn an_operator_of_another_group_gets_no_proof() {
    let story = handed_off();
    let mut stranger = operator("nils");
    stranger.groups = Membership::Some(vec![GroupId::new("hr")]);
    assert!(stranger.may_work_on(story.now().ticket.as_ref().expect("there is a ticket")).is_err());
}
