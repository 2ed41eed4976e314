//! The employee's side: asked, answered, offered, handed off, confirmed.

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::message::{HandOffReason, SmallTalk};
use crate::domain::ticket::{Priority, Status, Ticket};

fn reason_of(said: &[Content]) -> Option<HandOffReason> {
    said.iter().find_map(|content| match content {
        Content::HandedOff(hand_off) => Some(hand_off.reason),
        _ => None,
    })
}

#[test]
fn a_sure_answer_ends_with_three_choices_and_no_ticket() {
    let mut story = Story::on_a_page();
    let said = story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    assert!(matches!(said.as_slice(), [Content::Answer(answer)] if answer.article.slug.as_str() == "skriver"));
    assert_eq!(said[0].actions(), [Action::Helped, Action::NotHelped, Action::Human]);
    assert_eq!(story.now().ticket, None);
}

#[test]
fn an_answer_that_helped_ends_the_matter() {
    let mut story = Story::on_a_page();
    story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    assert_eq!(story.presses(&Action::Helped, None), Some(vec![Content::GladItHelped]));
    assert_eq!(story.now().phase, Phase::Ended);
    assert_eq!(story.presses(&Action::Helped, None), None, "a second press changes nothing");
}

#[test]
fn an_unsure_question_gets_titles_to_choose_from() {
    let mut story = Story::on_a_page();
    let found = [article("skriver", 500), article("sikker-utskrift", 300), article("skanner", 50)];
    let said = story.hears("utskrift", Intent::Question, &found);
    let [Content::Offer(choices)] = said.as_slice() else { panic!("an offer, not {said:?}") };
    let slugs: Vec<&str> = choices.iter().map(|choice| choice.article.slug.as_str()).collect();
    assert_eq!(slugs, ["skriver", "sikker-utskrift"], "what is hardly likely is not offered");

    let chosen = Action::Choose(Slug::new("sikker-utskrift"));
    let said = story.presses(&chosen, Some(&found[1])).expect("it was offered");
    assert!(matches!(said.as_slice(), [Content::Answer(answer)] if answer.article.slug.as_str() == "sikker-utskrift"));
}

#[test]
fn only_what_was_offered_can_be_chosen() {
    let mut story = Story::on_a_page();
    story.hears("utskrift", Intent::Question, &[article("skriver", 500)]);
    let other = article("slutter", 900);
    assert_eq!(story.presses(&Action::Choose(Slug::new("slutter")), Some(&other)), None);
}

#[test]
fn a_question_that_nothing_answers_becomes_a_ticket() {
    let mut story = Story::on_a_page();
    let said = story.hears("hvor er kaffemaskinen", Intent::Question, &[article("skriver", 100)]);
    assert_eq!(reason_of(&said), Some(HandOffReason::NoAnswer));
    assert_eq!(story.now().ticket.as_ref().map(Ticket::status), Some(Status::Waiting));
}

#[test]
fn a_person_is_one_word_away_and_the_ticket_is_about_the_question() {
    let mut story = Story::on_a_page();
    story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    let question = story.now().question;
    let said = story.hears("kan jeg snakke med noen", Intent::Person, &[]);
    assert_eq!(reason_of(&said), Some(HandOffReason::Asked));
    assert_eq!(story.now().ticket.as_ref().map(|ticket| ticket.question), question);
}

#[test]
fn who_only_asks_for_a_person_goes_where_nothing_points_elsewhere() {
    for (confidence, group) in [(650, "general"), (750, "clinical")] {
        let mut clinical = article("tale-til-tekst", confidence);
        clinical.group = Some(GroupId::new("clinical"));
        let mut story = Story::on_a_page();
        story.hears("snakke med noen", Intent::Person, &[clinical]);
        let ticket = story.now().ticket.clone().expect("a ticket");
        assert_eq!(ticket.group, GroupId::new(group), "{confidence}");
    }
}

#[test]
fn an_answer_that_did_not_help_fetches_a_person() {
    let mut story = Story::on_a_page();
    story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    let said = story.presses(&Action::NotHelped, None).expect("it can be pressed");
    assert_eq!(reason_of(&said), Some(HandOffReason::DidNotHelp));
}

#[test]
fn no_to_an_answer_is_the_same_as_the_button() {
    let mut story = Story::on_a_page();
    story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    let said = story.hears("nei, det virker fortsatt ikke", Intent::No, &[]);
    assert_eq!(reason_of(&said), Some(HandOffReason::DidNotHelp));
}

#[test]
fn a_critical_report_is_never_answered_with_an_article() {
    let mut story = Story::on_a_page();
    let said = story.hears("hele avdelingen er nede", Intent::Critical, &[article("journal-nede", 990)]);
    assert_eq!(reason_of(&said), Some(HandOffReason::Critical));
    assert!(!said.iter().any(|content| matches!(content, Content::Answer(_))));
    assert_eq!(story.now().ticket.as_ref().map(|ticket| ticket.priority), Some(Priority::Critical));
}

#[test]
fn chatter_gets_no_article_and_no_ticket() {
    let mut story = Story::on_a_page();
    let said = story.hears("hei", Intent::SmallTalk(SmallTalk::Greeting), &[article("skriver", 900)]);
    assert_eq!(said, [Content::SmallTalk(SmallTalk::Greeting)]);
    assert_eq!(story.now().ticket, None);
}

#[test]
fn the_bot_is_silent_while_the_desk_has_the_matter() {
    let mut story = Story::on_a_page();
    story.hears("kan jeg snakke med noen", Intent::Person, &[]);
    assert_eq!(story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 990)]), []);
    assert_eq!(story.hears("takk", Intent::SmallTalk(SmallTalk::Thanks), &[]), []);
    assert_eq!(story.presses(&Action::Human, None), None);
}

#[test]
fn who_waits_in_the_queue_may_ask_where_it_stands_until_somebody_answers() {
    let mut story = Story::on_a_page();
    story.hears("kan jeg snakke med noen", Intent::Person, &[]);
    assert_eq!(story.hears("hva skjer med saken min", Intent::OwnTickets, &[]), [Content::OwnTickets(vec![])]);
    story.operator("kari", Wish::Take);
    assert_eq!(story.hears("hva skjer med saken min", Intent::OwnTickets, &[]), [], "Kari answers that");
}

#[test]
fn where_others_read_along_a_ticket_that_was_asked_elsewhere_is_a_number_and_its_state() {
    let ticket = OwnTicket {
        number: TicketNumber::new(1_001),
        subject: Some("lønna mi er feil".to_owned()),
        status: Status::Taken,
        holder: Some("Kari".to_owned()),
        opened_at: Timestamp::from_micros(1),
    };
    let bare = OwnTicket { subject: None, holder: None, ..ticket.clone() };
    for (readers, asked_there, told) in [
        (Readers::Others, false, &bare),
        (Readers::Others, true, &ticket),
        (Readers::Alone, false, &ticket),
        (Readers::Alone, true, &ticket),
    ] {
        assert_eq!(&ticket.clone().told_to(readers, asked_there), told, "{readers:?}, {asked_there}");
    }
}

#[test]
fn who_wrote_a_secret_is_told_kindly_and_once() {
    let mut story = Story::on_a_page();
    let secrets = [Secret::Password, Secret::Fnr, Secret::Password];
    let said = story.hears_with_secrets("[passord] …", Intent::Question, &[article("skriver", 900)], &secrets);
    assert_eq!(said[0], Content::SecretsRemoved(vec![Secret::Fnr, Secret::Password]));
    assert!(matches!(said[1], Content::Answer(_)));
}

#[test]
fn on_a_platform_what_the_bot_says_is_sent_and_a_hand_off_makes_a_room() {
    let mut story = Story::on_a_platform();
    story.hears("får ikke åpnet journalen", Intent::Person, &[]);
    let kinds: Vec<&str> = story
        .errands
        .iter()
        .map(|errand| match errand {
            Errand::Say { .. } => "say",
            Errand::Amend { .. } => "amend",
            Errand::Retract { .. } => "retract",
            Errand::OpenRoom { .. } => "room",
            Errand::ShowCard { .. } => "card",
            Errand::RefreshCard { .. } => "refresh",
            Errand::PostNote { .. } => "note",
            Errand::Admit { .. } => "admit",
        })
        .collect();
    assert_eq!(kinds, ["say", "room", "card"]);
    assert!(Story::on_a_page().errands.is_empty());
}

/// A story in which Kari has resolved the employee's ticket.
fn resolved() -> Story {
    let mut story = Story::on_a_page();
    story.hears("skriveren virker ikke", Intent::Question, &[article("skriver", 900)]);
    story.presses(&Action::Human, None);
    story.operator("kari", Wish::Resolve(None));
    story
}

#[test]
fn not_solved_reopens_the_ticket_also_after_another_question() {
    let mut story = resolved();
    story.hears("hvordan bytter jeg passord", Intent::Question, &[article("bytte-passord", 900)]);
    let ticket = story.now().ticket.as_ref().map(|ticket| ticket.id).unwrap();
    assert_eq!(story.presses(&Action::ResolvedNo, None), Some(vec![Content::Reopened(ticket)]));
    assert_eq!(story.now().open_ticket().map(|ticket| ticket.id), Some(ticket));
}

#[test]
fn no_after_all_reopens_the_ticket_that_was_confirmed() {
    let mut story = resolved();
    story.presses(&Action::ResolvedYes, None);
    let said = story.hears("nei, det virker fortsatt ikke", Intent::No, &[]);
    assert!(matches!(said.as_slice(), [Content::Reopened(_)]), "{said:?}");
}

#[test]
fn no_to_a_later_answer_is_about_that_answer() {
    let mut story = resolved();
    story.hears("hvordan bytter jeg passord", Intent::Question, &[article("bytte-passord", 900)]);
    story.presses(&Action::Helped, None);
    let said = story.hears("nei, det hjalp ikke", Intent::No, &[]);
    assert_eq!(reason_of(&said), Some(HandOffReason::DidNotHelp));
}
