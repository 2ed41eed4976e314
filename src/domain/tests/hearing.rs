//! What is heeded of what is overheard, and what becomes of words that came too late.

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::hearing::{Hearing, Manner, is_heeded, receive_missed};
use crate::domain::message::{HandOffReason, SmallTalk};

const GREETING: Intent = Intent::SmallTalk(SmallTalk::Greeting);
const THANKS: Intent = Intent::SmallTalk(SmallTalk::Thanks);
const TALK: Intent = Intent::SmallTalk(SmallTalk::Other);

fn heeded(hearing: Hearing, phase: Option<Phase>, intent: Intent, seeks_help: bool) -> bool {
    let mut story = Story::on_a_platform();
    story.hears("Skriveren", Intent::Question, &[article("skriver", 900)]);
    let current = phase.map(|phase| Conversation { phase, ..story.now().clone() });
    is_heeded(hearing, current.as_ref(), Manner { intent, seeks_help, written_at: Timestamp::from_micros(9_000_000) })
}

#[test]
fn of_what_is_overheard_only_questions_and_problems_count() {
    let cases = [
        (Hearing::Overheard, None, Intent::Question, true, true),
        (Hearing::Overheard, None, Intent::Question, false, false),
        (Hearing::Overheard, None, GREETING, false, false),
        (Hearing::Overheard, None, Intent::Yes, false, false),
        (Hearing::Overheard, None, Intent::Critical, true, true),
        (Hearing::Overheard, Some(Phase::WithBot), Intent::Question, false, true),
        (Hearing::Overheard, Some(Phase::WithBot), THANKS, false, true),
        (Hearing::Overheard, Some(Phase::WithBot), Intent::No, false, true),
        (Hearing::Overheard, Some(Phase::WithBot), TALK, false, false),
        (Hearing::Overheard, Some(Phase::WithDesk), TALK, false, true),
        (Hearing::FollowingUp, None, Intent::Question, true, false),
        (Hearing::FollowingUp, Some(Phase::WithBot), Intent::Question, true, true),
        (Hearing::Addressed, None, GREETING, false, true),
        (Hearing::Addressed, None, TALK, false, true),
    ];
    for (hearing, phase, intent, seeks_help, expected) in cases {
        assert_eq!(heeded(hearing, phase, intent, seeks_help), expected, "{hearing:?} {phase:?} {intent:?} {seeks_help}");
    }
}

#[test]
fn thanks_from_before_the_conversation_began_are_not_for_the_bot() {
    let mut story = Story::on_a_platform();
    story.hears("Skriveren", Intent::Question, &[article("skriver", 900)]);
    let manner = |intent| Manner { intent, seeks_help: false, written_at: Timestamp::from_micros(1) };
    assert!(!is_heeded(Hearing::Overheard, Some(story.now()), manner(THANKS)));
    assert!(is_heeded(Hearing::Overheard, Some(story.now()), manner(Intent::Question)), "more of the matter is");
}

#[test]
fn a_missed_question_goes_to_a_person_though_an_article_answers_it() {
    let mut story = Story::on_a_platform();
    let (mut moment, understood) =
        (story.moment(), Understanding { lang: None, intent: Intent::Question, candidates: vec![article("skriver", 900)] });
    let message = story.message("Skriveren virker ikke");
    let heard =
        Heard { message: &message, understood: &understood, own: &[], about: None, advice: None, known: Known::default() };
    let said = story.keep(receive_missed(None, heard, &policy(), &mut moment));
    assert!(matches!(said.as_slice(), [Content::HandedOff(told)] if told.reason == HandOffReason::Missed), "{said:?}");
    assert_eq!(story.now().phase, Phase::WithDesk);
}
