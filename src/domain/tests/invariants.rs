//! What must hold in every story, shown on many that nobody thought of.

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::event::Happened;
use crate::domain::message::SmallTalk;
use crate::domain::operator_side::{Destination, Written};
use crate::domain::ticket::{Assessment, Impact, SupportLine, Urgency, WaitsFor};
use crate::testing::Chance;

fn employee_does(story: &mut Story, dice: &mut Chance) {
    let sure = [article("a", 900), article("b", 200)];
    let unsure = [article("a", 500), article("b", 400)];
    match dice.below(12) {
        0 => drop(story.hears("?", Intent::Question, &sure)),
        1 => drop(story.hears("?", Intent::Question, &unsure)),
        2 => drop(story.hears("?", Intent::Question, &[])),
        3 => drop(story.hears("menneske", Intent::Person, &[])),
        4 => drop(story.hears("takk", Intent::SmallTalk(SmallTalk::Thanks), &[])),
        5 => drop(story.hears("nei", Intent::No, &[])),
        6 => drop(story.presses(&Action::Helped, None)),
        7 => drop(story.presses(&Action::NotHelped, None)),
        8 => drop(story.presses(&Action::Choose(Slug::new("b")), Some(&sure[1]))),
        9 => drop(story.presses(&Action::ResolvedYes, None)),
        10 => drop(story.presses(&Action::ResolvedNo, None)),
        _ => drop(story.presses(&Action::Human, None)),
    }
}

fn operator_does(story: &mut Story, dice: &mut Chance) {
    if story.conversation.as_ref().is_none_or(|conversation| conversation.ticket.is_none()) {
        return;
    }
    let name = ["kari", "per"][dice.below(2)];
    let until = Timestamp::from_micros((story.told + [0, 3, 400][dice.below(3)]) * 1_000_000);
    let wish = match dice.below(11) {
        0 => Wish::Take,
        1 => Wish::Release,
        2 => Wish::Reply(words("hei"), Written::InDesk),
        3 => Wish::Note(words("husk")),
        4 => {
            Wish::Transfer { to: Destination::Group(GroupId::new(["general", "clinical"][dice.below(2)])), reason: words("dit") }
        }
        5 => {
            Wish::Transfer { to: Destination::Line(SupportLine::ALL[dice.below(4)]), reason: words(["dit", " "][dice.below(2)]) }
        }
        6 => {
            let (impact, urgency) = (Impact::ALL[dice.below(3)], Urgency::ALL[dice.below(3)]);
            Wish::Prioritise(Assessment { impact, urgency })
        }
        7 => Wish::Snooze { until },
        8 => Wish::Wake,
        9 => return drop(story.merges(name, [1, 2][dice.below(2)], dice.below(2) == 0)),
        _ => Wish::Resolve(None),
    };
    story.operator(name, wish);
}

/// The bot may speak when a matter comes to the desk and when it leaves it, not in between.
fn assert_silence(before: Option<Phase>, story: &Story, from: usize) {
    let said: Vec<&Content> =
        story.lines[from..].iter().filter(|line| line.author == Author::Bot).map(|line| &line.content).collect();
    if before == Some(Phase::WithDesk) && story.now().phase == Phase::WithDesk {
        assert!(said.is_empty(), "the bot spoke while a person had the matter: {said:?}");
    }
}

/// Whoever did not write last to the other is waited for, and nothing that somebody has written into is put aside.
fn assert_follows_from_who_spoke(story: &Story, seed: u64) {
    let Some(ticket) = &story.now().ticket else { return };
    let said = |event: &Event| match event.what {
        Happened::Added { .. } | Happened::HandedOff { .. } | Happened::Reopened => Some(WaitsFor::Desk),
        Happened::Replied { .. } => Some(WaitsFor::Employee),
        _ => None,
    };
    assert_eq!(story.events.iter().rev().find_map(said), Some(ticket.turn.of), "seed {seed}");
    let last = story.events.last().expect("something happened");
    if said(last).is_some() || matches!(story.now().phase, Phase::Resolved | Phase::Ended) {
        assert!(!ticket.is_asleep(last.at), "seed {seed}: a ticket stays put aside though somebody wrote");
    }
}

#[test]
fn in_a_thousand_stories_state_follows_from_events_and_the_bot_never_talks_over_a_person() {
    for seed in 1..=1_000_u64 {
        let mut dice = Chance::new(seed);
        let mut story = if seed % 2 == 0 { Story::on_a_page() } else { Story::on_a_platform() };
        for _ in 0..40 {
            let before = story.conversation.as_ref().map(|conversation| conversation.phase);
            let (lines, holder) = (story.lines.len(), held(&story));
            if dice.below(2) == 0 {
                employee_does(&mut story, &mut dice);
            } else {
                operator_does(&mut story, &mut dice);
            }
            let Some(conversation) = &story.conversation else { continue };
            assert_eq!(Conversation::replay(conversation.id, &story.events).as_ref(), Some(conversation), "seed {seed}");
            assert_silence(before, &story, lines);
            assert_follows_from_who_spoke(&story, seed);
            let (Some(before), Some(after)) = (holder, held(&story)) else { continue };
            assert_eq!(before, after, "seed {seed}: a ticket went from hand to hand without being put down");
        }
    }
}

fn held(story: &Story) -> Option<OperatorId> {
    let ticket = story.conversation.as_ref()?.open_ticket()?;
    ticket.holder().map(|holder| holder.id.clone())
}
