//! What the store promises about conversations.

use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, Wants, candidate, contents, hall, message, page, words};
use crate::domain::answer::{Answer, Choice};
use crate::domain::conversation::Conversation;
use crate::domain::ids::{ChannelName, ConversationId, EmployeeId, ExternalId, GroupId, Slug, TicketId, TicketNumber};
use crate::domain::message::{
    Action, Author, Content, HandOff, HandOffReason, IncomingMessage, Line, Secret, SmallTalk, Visibility,
};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::place::Readers;
use crate::domain::room::RoomNews;
use crate::domain::supported::DirectAnswer;
use crate::domain::ticket::{Priority, Status, SupportLine};
use crate::ports::Committed;

pub(super) async fn a_question_and_its_answer_are_found_again(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let question = message("Ola", "Skrivaren verkar ikkje");
    let decision = evening.hears(&question, Wants::Answer).await;
    let (id, store) = (decision.conversation.id, &evening.store);

    let at = store.conversation_at(&hall(), &question.employee.id).await.unwrap();
    assert_eq!(at.as_ref(), Some(&decision.conversation));
    assert_eq!(store.conversation(id).await.unwrap(), at);
    assert_eq!(store.seen(&question.place.channel, &question.external_id).await.unwrap(), Some(id));
    assert_eq!(store.events(id).await.unwrap(), decision.events);
    let lines: Vec<Line> = evening.all_lines(id).await.into_iter().map(|recorded| recorded.line).collect();
    assert_eq!(lines, decision.lines);
    let first = store.line(lines[0].id).await.unwrap().unwrap();
    assert_eq!((first.conversation, first.line.content), (id, Content::Question(words("Skrivaren verkar ikkje"))));
    let later = store.lines(id, Some(lines[0].id), Visibility::Everyone).await.unwrap();
    assert_eq!(contents(&later), [&lines[1].content], "only what comes after the line that was seen");

    let stranger = EmployeeId::new("chat:Kari");
    assert_eq!(store.conversation_at(&hall(), &stranger).await.unwrap(), None);
    assert_eq!(store.conversation(ConversationId::new(-1)).await.unwrap(), None);
    assert_eq!(store.seen(&ChannelName::new("web"), &question.external_id).await.unwrap(), None);
}

pub(super) async fn every_kind_of_line_reads_as_it_was_said(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut decision = evening.decide(None, &message("Ola", "Hei"), Wants::Chat);
    let mut moment = evening.moment();
    let authors = [
        Author::Employee,
        Author::Bot,
        Author::Operator { id: crate::domain::ids::OperatorId::new("desk:kari"), name: "Kari".into() },
    ];
    let said = every_content(&evening).into_iter().zip(authors.into_iter().cycle());
    decision.lines = said
        .map(|(content, author)| Line {
            id: moment.fresh.message(),
            author,
            visibility: Visibility::Everyone,
            lang: crate::domain::lang::Lang::En,
            content,
            at: evening.now(),
        })
        .collect();
    evening.keeps(&decision).await;
    let read: Vec<Line> = evening.all_lines(decision.conversation.id).await.into_iter().map(|recorded| recorded.line).collect();
    assert_eq!(read, decision.lines);
}

fn every_content(evening: &Evening) -> Vec<Content> {
    let ticket = TicketId::new(-7);
    let own = OwnTicket {
        number: TicketNumber::new(1001),
        subject: Some("Å få \"skrive\" ut; 'no'".to_owned()),
        status: Status::Resolved,
        holder: None,
        opened_at: evening.now(),
    };
    let told_to_others = own.clone().told_to(Readers::Others, false);
    let reason = HandOffReason::NoAnswer;
    let group = GroupId::new("general");
    vec![
        Content::Question(words("Kvifor?\n\u{1F5A8}")),
        Content::Text(words("")),
        Content::Note(words("Ring")),
        Content::Pressed(Action::Choose(Slug::new("skriver"))),
        Content::Chosen(Choice::from(&candidate(301))),
        Content::Answer((&candidate(1_000)).into()),
        Content::Answer(Answer { direct: Some(DirectAnswer::vouched("Slå på skrivaren.")), ..(&candidate(1_000)).into() }),
        Content::Offer(vec![Choice::from(&candidate(301)), Choice::from(&candidate(300))]),
        Content::KnownIncident(super::incidents::told(None)),
        Content::IncidentEnded { ticket: Some(ticket), incident: super::incidents::told(Some(evening.now())) },
        Content::IncidentEnded { ticket: None, incident: super::incidents::told(None) },
        Content::SmallTalk(SmallTalk::Farewell),
        Content::HandedOff(HandOff { ticket, number: None, group: group.clone(), priority: Priority::High, reason }),
        Content::SecretsRemoved(vec![Secret::Fnr, Secret::Dnr, Secret::Account, Secret::Card, Secret::Password]),
        Content::OwnTickets(vec![own, told_to_others]),
        Content::Taken,
        Content::Released,
        Content::Transferred { group },
        Content::MovedToLine { line: SupportLine::Supplier },
        Content::MergedInto { ticket, original: TicketNumber::new(1000) },
        Content::ResolvedAsk(ticket),
        Content::Confirmed,
        Content::Reopened(ticket),
        Content::GladItHelped,
        Content::Room(RoomNews::MadeAnew),
    ]
}

pub(super) async fn many_decisions_at_once_are_all_kept(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let messages: Vec<IncomingMessage> = (0..150).map(|nth| message(&format!("Ola {nth}"), &format!("{nth}"))).collect();
    let decisions = join_all(messages.iter().map(|message| evening.hears(message, Wants::Answer))).await;
    for (message, decision) in messages.iter().zip(&decisions) {
        let at = evening.store.conversation_at(&hall(), &message.employee.id).await.unwrap();
        assert_eq!(at.as_ref(), Some(&decision.conversation));
        assert_eq!(evening.all_lines(decision.conversation.id).await.len(), decision.lines.len());
    }
    assert_eq!(evening.store.conversations_after(None, 1_000).await.unwrap().len(), 150);
}

pub(super) async fn the_same_message_twice_is_one(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let same = message("Ola", "Hei");
    let decisions: Vec<_> = (0..8).map(|_| evening.decide(None, &same, Wants::Answer)).collect();
    let outcomes = join_all(decisions.iter().map(|decision| evening.store.commit(decision))).await;
    let outcomes: Vec<Committed> = outcomes.into_iter().map(Result::unwrap).collect();

    let kept = outcomes.iter().position(|outcome| *outcome == Committed::Done).unwrap();
    let id = decisions[kept].conversation.id;
    for (nth, outcome) in outcomes.iter().enumerate().filter(|(nth, _)| *nth != kept) {
        assert_eq!(*outcome, Committed::SeenBefore(id), "decision {nth}");
    }
    assert_eq!(evening.store.conversations_after(None, 10).await.unwrap().len(), 1);
}

pub(super) async fn a_stale_decision_leaves_nothing_behind(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let opened = evening.hears(&message("Ola", "Hei"), Wants::Chat).await.conversation;
    let late = message("Ola", "Kjem for seint");
    let stale = evening.decide(Some(opened.clone()), &late, Wants::Person);
    let now = evening.hears(&message("Ola", "Kjem først"), Wants::Answer).await.conversation;
    let before = (evening.all_lines(opened.id).await, evening.store.events(opened.id).await.unwrap());
    let waiting = evening.store.waiting().await.unwrap();

    assert_eq!(evening.store.commit(&stale).await.unwrap(), Committed::Stale);

    assert_eq!(evening.store.conversation(opened.id).await.unwrap(), Some(now));
    assert_eq!((evening.all_lines(opened.id).await, evening.store.events(opened.id).await.unwrap()), before);
    assert_eq!(evening.store.waiting().await.unwrap(), waiting);
    assert_eq!(evening.store.seen(&late.place.channel, &late.external_id).await.unwrap(), None, "it may come again");
    evening.hears(&late, Wants::Person).await;
    assert!(evening.store.ticket(TicketNumber::new(1001)).await.unwrap().is_some(), "the stale one took no number");
}

pub(super) async fn a_failing_decision_fails_alone(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let first = evening.hears(&message("Ola", "Hei"), Wants::Answer).await;
    let mut broken = evening.decide(None, &message("Per", "Hei igjen"), Wants::Answer);
    broken.lines[1].id = first.lines[0].id;
    let good = evening.decide(None, &message("Kari", "Og eg?"), Wants::Answer);
    let other = evening.decide(None, &message("Liv", "Enn eg?"), Wants::Answer);

    let decisions = [&good, &broken, &other];
    let outcomes = join_all(decisions.map(|decision| evening.store.commit(decision))).await;

    assert!(matches!(outcomes[..], [Ok(Committed::Done), Err(_), Ok(Committed::Done)]), "{outcomes:?}");
    assert_eq!(evening.store.conversation(broken.conversation.id).await.unwrap(), None);
    assert!(evening.store.conversation(other.conversation.id).await.unwrap().is_some());
}

pub(super) async fn two_openings_at_one_place_become_one_conversation(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let messages: Vec<IncomingMessage> = (0..6).map(|nth| message("Ola", &format!("Linje {nth}"))).collect();
    let openings: Vec<_> = messages.iter().map(|message| evening.decide(None, message, Wants::Chat)).collect();
    let outcomes = join_all(openings.iter().map(|decision| evening.store.commit(decision))).await;
    let done = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Committed::Done))).count();
    let stale = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Committed::Stale))).count();
    assert_eq!((done, stale), (1, 5));

    let joined = evening.current(&hall(), &messages[0].employee.id).await.unwrap();
    assert!(openings.iter().any(|opening| opening.conversation == joined));
    let other_employee = evening.decide(None, &message("Kari", "Hei"), Wants::Chat);
    evening.keeps(&other_employee).await;
    let own_page = IncomingMessage { place: page("1"), ..message("Ola", "På nettet") };
    let other_place = evening.decide(None, &own_page, Wants::Chat);
    evening.keeps(&other_place).await;
}

pub(super) async fn a_matter_that_is_over_makes_way_for_a_new_one(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let first = evening.hears(&message("Ola", "Skrivaren"), Wants::Answer).await.conversation.id;
    evening.hears(&message("Ola", "Ja, takk"), Wants::Yes).await;
    let second = evening.hears(&message("Ola", "Skjermen"), Wants::Answer).await.conversation.id;
    evening.pass(Duration::from_mins(31));
    let third = evening.hears(&message("Ola", "Musa"), Wants::Answer).await.conversation.id;

    assert!(first < second && second < third, "each is a conversation of its own");
    let employee = EmployeeId::new("chat:Ola");
    assert_eq!(evening.store.conversation_at(&hall(), &employee).await.unwrap().unwrap().id, third);
}

pub(super) async fn events_replayed_make_the_stored_state(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for name in ["Ola", "Kari"] {
        evening.whole_story(name).await;
    }
    evening.ticket("Per", Wants::Rescue).await;
    evening.hears(&message("Liv", "Hei"), Wants::Chat).await;

    let mut after = None;
    let mut seen = 0;
    while let Some(conversation) = evening.store.conversations_after(after, 1).await.unwrap().pop() {
        let events = evening.store.events(conversation.id).await.unwrap();
        assert_eq!(Conversation::replay(conversation.id, &events).as_ref(), Some(&conversation));
        after = Some(conversation.id);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

pub(super) async fn everybodys_events_are_read_page_by_page(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ids = [evening.whole_story("Ola").await, evening.ticket("Per", Wants::Rescue).await.conversation.id];
    let (mut read, mut after) = (vec![], None);
    loop {
        let page = evening.store.events_after(after, 3).await.unwrap();
        assert!(page.len() <= 3);
        let Some((_, last)) = page.last() else { break };
        after = Some(last.id);
        read.extend(page);
    }
    assert!(read.is_sorted_by_key(|(_, event)| event.id));
    for id in ids {
        let of_one: Vec<_> = read.iter().filter(|(of, _)| *of == id).map(|(_, event)| event.clone()).collect();
        assert_eq!(of_one, evening.store.events(id).await.unwrap());
    }
}

pub(super) async fn everything_is_there_after_a_restart(backend: &dyn Backend) {
    let mut evening = Evening::on(backend).await;
    let id = evening.whole_story("Ola").await;
    let before = (
        evening.store.conversation(id).await.unwrap(),
        evening.all_lines(id).await,
        evening.store.events(id).await.unwrap(),
        evening.store.waiting().await.unwrap(),
    );
    assert!(before.3 > 0);

    evening.store = backend.open().await;

    let after = (
        evening.store.conversation(id).await.unwrap(),
        evening.all_lines(id).await,
        evening.store.events(id).await.unwrap(),
        evening.store.waiting().await.unwrap(),
    );
    assert_eq!(after, before);
    let repeated = message("Ola", "Ola 1");
    let seen = evening.store.seen(&repeated.place.channel, &ExternalId::new("Ola 1")).await.unwrap();
    assert_eq!(seen, Some(id));
}
