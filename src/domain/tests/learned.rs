//! What is learned from how questions were answered.

use super::*;
use crate::domain::conversation::Conversation;
use crate::domain::event::Happened;
use crate::domain::ids::{ConversationId, LearnedId};
use crate::domain::learned::{
    Case, Evidence, LearnedQuestion, LearnedState, LearningPolicy, Lesson, Origin, QuestionKey, Unfit, evidence, linked_articles,
};
use crate::domain::operator_side::Written;

fn learned(state: LearnedState, people: u32) -> LearnedQuestion {
    let at = Timestamp::from_micros(0);
    LearnedQuestion {
        id: LearnedId::new(1),
        article: Slug::new("vpn-feil"),
        text: words("vpn virker ikke"),
        lang: Lang::Nb,
        origin: Origin::Helped,
        state,
        people,
        first_at: at,
        last_at: at,
        settled: None,
    }
}

#[test]
fn a_question_counts_when_an_editor_says_so_or_enough_people_do() {
    let cases = [
        (LearnedState::Approved, 0, 3, true),
        (LearnedState::Approved, 0, 0, true),
        (LearnedState::Proposed, 2, 3, false),
        (LearnedState::Proposed, 3, 3, true),
        (LearnedState::Proposed, 99, 0, false),
        (LearnedState::Declined, 99, 3, false),
    ];
    for (state, people, confirmations, counts) in cases {
        let policy = LearningPolicy { enabled: true, confirmations };
        assert_eq!(learned(state, people).counts(policy), counts, "{state:?}, {people} of {confirmations}");
        assert!(!learned(state, people).counts(LearningPolicy { enabled: false, ..policy }));
    }
}

#[test]
fn capitals_punctuation_and_spaces_make_no_other_question() {
    let same = ["VPN  virker ikke!", "vpn virker ikke", "Vpn: virker\nikke…", " «vpn» virker ikke "];
    for text in same {
        assert_eq!(QuestionKey::of(text).as_str(), "vpn virker ikke");
    }
    assert_eq!(QuestionKey::of("e-post på ÅSANE").as_str(), "e post på åsane");
    assert_ne!(QuestionKey::of("vpn virker"), QuestionKey::of("vpn virker ikke"));
}

#[test]
fn nothing_is_learned_from_what_only_one_person_would_ask() {
    let case = Case { conversation: ConversationId::new(1), origin: Origin::Helped, at: Timestamp::from_micros(0) };
    let fits = |text: &str| Lesson::new(case, Slug::new("vpn-feil"), &words(text), Lang::Nb).err();
    let cases = [
        ("pc treg", None),
        ("Feilkode 691 på vpn?", None),
        ("passord", Some(Unfit::TooShort)),
        ("?? a b", Some(Unfit::TooShort)),
        ("fnr [fødselsnummer] får ikke logget inn", Some(Unfit::Redacted)),
        ("passordet mitt [passord] virker ikke", Some(Unfit::Redacted)),
        ("vpn virker ikke, skriv til ola@example.org", Some(Unfit::Personal)),
        ("vpn virker ikke, ring 99887766", Some(Unfit::Personal)),
        ("vpn virker ikke, ring 99 88 77 66", Some(Unfit::Personal)),
    ];
    for (text, unfit) in cases {
        assert_eq!(fits(text), unfit, "{text}");
    }
    assert_eq!(fits(&"vpn ".repeat(100)), Some(Unfit::TooLong));
}

#[test]
fn articles_are_recognised_by_their_addresses_and_files() {
    let cases: [(&str, &[&str]); 7] = [
        ("VPN: https://hjelp.example/kb/nb/vpn-feil.", &["vpn-feil"]),
        ("se [her](/kb/nn/vpn-feil?x=1#2) og (vpn-feil.md)", &["vpn-feil"]),
        ("Les <https://hjelp.example/kb/en/vpn-feil> og wifi-gjest.md!", &["vpn-feil", "wifi-gjest"]),
        ("kb/nb/tofaktor_ny.md", &["tofaktor_ny"]),
        ("https://hjelp.example/kb/de/vpn-feil", &[]),
        ("/kb/nb/ og /kb/nb og .md og /kb/nb/a/b", &[]),
        ("Prøv vpn en gang til", &[]),
    ];
    for (text, slugs) in cases {
        assert_eq!(linked_articles(text).iter().map(Slug::as_str).collect::<Vec<_>>(), slugs, "{text}");
    }
}

/// What each event of a story says, in order.
fn told(story: &Story) -> Vec<Evidence> {
    let id = story.conversation.as_ref().unwrap().id;
    let after = |nth: usize| Conversation::replay(id, &story.events[..=nth]).unwrap();
    story.events.iter().enumerate().filter_map(|(nth, event)| evidence(event, &after(nth))).collect()
}

#[test]
fn the_article_that_helped_goes_with_the_question_that_it_answered() {
    let mut story = Story::on_a_page();
    story.hears("hei vpn", Intent::Question, &[article("vpn-feil", 900)]);
    story.hears("nei, utskrift", Intent::Question, &[article("skriver", 400)]);
    story.presses(&Action::Choose(Slug::new("skriver")), Some(&article("skriver", 400)));
    story.presses(&Action::Helped, None);
    let second = story.events.iter().rev().find_map(|event| match event.what {
        Happened::Asked { message, .. } => Some(message),
        _ => None,
    });
    assert_eq!(told(&story), [Evidence::Helped { question: second.unwrap(), article: Slug::new("skriver") }]);
}

#[test]
fn a_reply_goes_with_the_question_of_its_ticket() {
    let mut story = Story::on_a_page();
    story.hears("noe er galt med vpn", Intent::Question, &[]);
    let question = story.conversation.as_ref().unwrap().ticket.as_ref().unwrap().question;
    story.operator("kari", Wish::Note(words("se vpn-feil.md")));
    story.operator("kari", Wish::Reply(words("se vpn-feil.md"), Written::InDesk));
    let group = GroupId::new("general");
    assert!(
        matches!(&told(&story)[..], [Evidence::Replied { question: about, group: of, .. }] if *about == question && *of == group)
    );
}
