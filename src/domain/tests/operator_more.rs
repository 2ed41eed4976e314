//! What operators do beside answering: judge, hand on, put aside, merge, register a call.

use std::time::Duration;

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::course::courses;
use crate::domain::employee_side;
use crate::domain::history::{Stage, history};
use crate::domain::message::{HandOffReason, Visibility};
use crate::domain::operator_side::{Destination, LONGEST_SNOOZE, Unmergeable, Written};
use crate::domain::phone::{self, Call, Left};
use crate::domain::ticket::{Assessment, Impact, Priority, SupportLine, Ticket, Turn, Urgency, WaitsFor};

fn handed_off() -> Story {
    let mut story = Story::on_a_page();
    story.hears("får ikke åpnet journalen, kan jeg snakke med noen", Intent::Person, &[]);
    story
}

fn ticket(story: &Story) -> &Ticket {
    story.now().ticket.as_ref().expect("there is a ticket")
}

#[test]
fn priority_grows_with_how_many_and_how_soon() {
    use Priority::{Critical, High, Low, Normal};
    let table = [
        (Impact::Person, [Low, Normal, High]),
        (Impact::Unit, [Normal, High, Critical]),
        (Impact::Organisation, [High, Critical, Critical]),
    ];
    for (impact, expected) in table {
        let judged: Vec<Priority> = Urgency::ALL.iter().map(|&urgency| Assessment { impact, urgency }.priority()).collect();
        assert_eq!(judged, expected, "{impact:?}");
    }
}

#[test]
fn a_judged_ticket_keeps_what_it_was_judged_by_and_its_card_is_shown_again() {
    let mut story = handed_off();
    let cards = |story: &Story| story.errands.iter().filter(|errand| matches!(errand, Errand::ShowCard { .. })).count();
    let before = cards(&story);
    let assessment = Assessment { impact: Impact::Unit, urgency: Urgency::High };
    assert!(matches!(story.operator("kari", Wish::Prioritise(assessment)), Handled::Done(_)));
    assert_eq!((ticket(&story).priority, ticket(&story).assessment), (Priority::Critical, Some(assessment)));
    assert_eq!(cards(&story), before + 1);
    assert_eq!(story.operator("kari", Wish::Prioritise(assessment)), Handled::Already);
}

#[test]
fn a_ticket_goes_to_another_line_with_a_reason_and_waits_there() {
    let mut story = handed_off();
    story.operator("kari", Wish::Take);
    let to = |line, reason| Wish::Transfer { to: Destination::Line(line), reason: words(reason) };
    for nothing in ["", "  ", "[fødselsnummer]"] {
        assert_eq!(story.operator("kari", to(SupportLine::Second, nothing)), Handled::NoReason);
    }
    assert_eq!(story.operator("kari", to(SupportLine::First, "feil linje")), Handled::Already);
    assert!(matches!(story.operator("kari", to(SupportLine::Supplier, "feil i selve systemet")), Handled::Done(_)));
    assert_eq!((ticket(&story).line, ticket(&story).holder()), (SupportLine::Supplier, None));
    let reason = story.lines.iter().find(|line| line.content == Content::Note(words("feil i selve systemet")));
    assert_eq!(reason.map(|line| line.visibility), Some(Visibility::Desk));
    assert!(story.lines.iter().any(|line| line.content == Content::MovedToLine { line: SupportLine::Supplier }));
}

#[test]
fn a_ticket_is_put_aside_until_a_moment_that_is_to_come() {
    let mut story = handed_off();
    let next = Timestamp::from_micros((story.told + 1) * 1_000_000);
    for unfit in [next, next.before(Duration::from_secs(1)), next.after(LONGEST_SNOOZE + Duration::from_hours(1))] {
        assert_eq!(story.operator("kari", Wish::Snooze { until: unfit }), Handled::UnfitMoment, "{unfit:?}");
    }
    let until = next.after(Duration::from_hours(3));
    assert!(matches!(story.operator("kari", Wish::Snooze { until }), Handled::Done(_)));
    assert!(ticket(&story).is_asleep(next) && !ticket(&story).is_asleep(until));
    assert_eq!(story.operator("kari", Wish::Snooze { until }), Handled::Already);
    assert!(matches!(story.operator("kari", Wish::Wake), Handled::Done(_)));
    assert_eq!(story.operator("kari", Wish::Wake), Handled::Already);
}

#[test]
fn whoever_writes_wakes_a_ticket_and_a_note_does_not() {
    let until = Timestamp::from_micros(1_000_000_000);
    let asleep = || {
        let mut story = handed_off();
        story.operator("kari", Wish::Snooze { until });
        story
    };
    let mut noted = asleep();
    noted.operator("kari", Wish::Note(words("venter på deler")));
    assert_eq!(ticket(&noted).snoozed_until, Some(until));

    let mut written = asleep();
    written.hears("hallo?", Intent::Question, &[]);
    let mut replied = asleep();
    replied.operator("kari", Wish::Reply(words("delene er her"), Written::InDesk));
    let mut resolved = asleep();
    resolved.operator("kari", Wish::Resolve(None));
    for story in [written, replied, resolved] {
        assert_eq!(ticket(&story).snoozed_until, None);
    }
}

#[test]
fn who_is_waited_for_follows_from_who_wrote_last_and_the_wait_from_the_first_unanswered_word() {
    let mut story = handed_off();
    let opened = ticket(&story).opened_at;
    story.hears("er det noen der?", Intent::Question, &[]);
    assert_eq!(ticket(&story).turn, Turn { of: WaitsFor::Desk, since: opened });
    story.operator("kari", Wish::Reply(words("hvilken pc?"), Written::InDesk));
    let asked = Turn { of: WaitsFor::Employee, since: story.now().changed_at };
    story.operator("kari", Wish::Reply(words("hallo?"), Written::InDesk));
    story.operator("kari", Wish::Note(words("svarer ikke")));
    assert_eq!(ticket(&story).turn, asked);
    story.hears("den på kontoret", Intent::Question, &[]);
    assert_eq!(ticket(&story).turn, Turn { of: WaitsFor::Desk, since: story.now().changed_at });
}

#[test]
fn a_duplicate_is_over_and_its_employee_may_say_that_it_is_none() {
    let mut story = handed_off();
    assert!(matches!(story.merges("kari", 2, false), Handled::Done(_)));
    let (id, original) = (ticket(&story).id, TicketNumber::new(2));
    assert_eq!((ticket(&story).status(), ticket(&story).duplicate_of), (Status::Resolved, Some(original)));
    let told = story.lines.last().map(|line| line.content.clone());
    assert_eq!(told, Some(Content::MergedInto { ticket: id, original }));
    assert_eq!(told.map(|content| content.actions()), Some(vec![Action::ResolvedNo]));
    assert_eq!(courses(&story.events)[0].resolved, None, "nothing is learned from a duplicate");

    assert_eq!(story.presses(&Action::ResolvedNo, None), Some(vec![Content::Reopened(id)]));
    assert_eq!((ticket(&story).status(), ticket(&story).duplicate_of), (Status::Waiting, None));
}

#[test]
fn a_ticket_is_merged_into_an_open_one_that_is_no_duplicate_itself() {
    let number = TicketNumber::new(1);
    let original = |number, status, duplicate_of: Option<i64>| Original {
        number: TicketNumber::new(number),
        status,
        duplicate_of: duplicate_of.map(TicketNumber::new),
    };
    let cases = [
        (None, false, Unmergeable::NoSuchTicket),
        (Some(original(1, Status::Waiting, None)), false, Unmergeable::Itself),
        (Some(original(2, Status::Resolved, None)), false, Unmergeable::OriginalNotOpen),
        (Some(original(2, Status::Resolved, Some(3))), false, Unmergeable::IsDuplicateOf(TicketNumber::new(3))),
        (Some(original(2, Status::Taken, None)), true, Unmergeable::HasDuplicates),
    ];
    for (original, has_duplicates, why) in cases {
        let handled = handed_off().merges_with("kari", Merge { number, original, has_duplicates });
        assert_eq!(handled, Handled::Unmergeable(why));
    }
    assert_eq!(handed_off().operator("kari", Wish::MergeInto(number)), Handled::Unmergeable(Unmergeable::NoSuchTicket));
}

fn call(left: Left) -> Call {
    Call {
        place: Place { channel: ChannelName::new("phone"), address: "call-1".to_owned(), delivery: Delivery::Read },
        employee: employee(),
        text: words("Får ikkje opna journalen"),
        aside: Some(words("Telefon 73 55 00 00")),
        lang: Lang::Nn,
        group: None,
        assessment: None,
        left,
        receipt: crate::domain::decision::Receipt { channel: ChannelName::new("phone"), external_id: ExternalId::new("1") },
    }
}

/// The story of a call, registered by Kari.
fn called(left: Left) -> Story {
    let mut story = Story::on_a_page();
    let call = call(left);
    let group = phone::group_of(&call, &[], &story.policy);
    let allowed = operator("kari").may_register(&group, call.left.is_kept()).expect("may register");
    let mut moment = story.moment();
    let decision = phone::register(call, group, &allowed, &story.policy, &mut moment);
    story.keep(decision);
    assert_eq!(Conversation::replay(story.now().id, &story.events).as_ref(), Some(story.now()));
    story
}

#[test]
fn a_call_becomes_a_ticket_that_waits_or_that_the_operator_has() {
    let waiting = called(Left::Waiting);
    assert_eq!((ticket(&waiting).group.as_str(), ticket(&waiting).status()), ("clinical", Status::Waiting));
    assert!(waiting.errands.iter().any(|errand| matches!(errand, Errand::ShowCard { .. })));
    let told = waiting.lines.iter().find_map(|line| match &line.content {
        Content::HandedOff(hand_off) => Some(hand_off.reason),
        _ => None,
    });
    assert_eq!((told, waiting.now().lang), (Some(HandOffReason::Called), Lang::Nn));
    let aside =
        waiting.lines.iter().find(|line| matches!(&line.content, Content::Note(text) if text.as_str().starts_with("Telefon")));
    assert_eq!(aside.map(|line| line.visibility), Some(Visibility::Desk), "how to reach the caller is the desk's own");
    let held = called(Left::Held);
    assert_eq!(ticket(&held).holder().map(|holder| holder.name.as_str()), Some("kari"));
}

#[test]
fn a_call_that_was_solved_at_once_is_remembered_like_any_solved_ticket() {
    let story = called(Left::Solved(words("Logg ut og inn: /kb/nn/journal")));
    assert_eq!((ticket(&story).status(), story.now().phase), (Status::Resolved, Phase::Ended));
    let course = courses(&story.events).remove(0);
    assert_eq!((course.replies.len(), course.resolved.map(|(by, _)| by.name)), (1, Some("kari".to_owned())));
}

#[test]
fn a_call_is_registered_by_those_who_work_on_tickets_and_kept_by_those_of_the_group() {
    let hr = GroupId::new("hr");
    let mut kari = operator("kari");
    kari.groups = Membership::Some(vec![GroupId::new("general")]);
    assert!(kari.may_register(&hr, false).is_ok());
    assert!(kari.may_register(&hr, true).is_err());
    kari.roles = Roles::from([crate::domain::permission::Role::Auditor]);
    assert!(kari.may_register(&hr, false).is_err());
}

#[test]
fn an_employee_adds_to_an_open_ticket_and_reads_what_became_of_it() {
    let mut story = handed_off();
    let mut moment = story.moment();
    let added = employee_side::add(story.now(), words("det haster"), None, &mut moment).expect("it is open");
    story.keep(added);
    story.operator("kari", Wish::Take);
    story.operator("kari", Wish::Note(words("rart")));
    story.operator("kari", Wish::Snooze { until: Timestamp::from_micros(1_000_000_000) });
    story.operator("kari", Wish::Resolve(Some(words("prøv nå"))));
    let mut moment = story.moment();
    assert_eq!(employee_side::add(story.now(), words("takk"), None, &mut moment), None);
    story.presses(&Action::ResolvedNo, None);

    let kari = || "kari".to_owned();
    let stages: Vec<Stage> = history(ticket(&story).id, &story.events).into_iter().map(|step| step.what).collect();
    let expected = [
        Stage::Received,
        Stage::Added,
        Stage::TakenBy(kari()),
        Stage::AnsweredBy(kari()),
        Stage::ResolvedBy(kari()),
        Stage::Reopened,
    ];
    assert_eq!(stages, expected);
}
