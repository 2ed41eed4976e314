//! What the store promises about tickets.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, Wants, contents, message, operator, reply, words};
use crate::domain::decision::Decision;
use crate::domain::ids::{EmployeeId, GroupId, TicketNumber};
use crate::domain::message::{Action, Content, Visibility};
use crate::domain::operator_side::{Destination, Wish};
use crate::domain::ticket::{Priority, Status};
use crate::ports::{Committed, TicketFilter, TicketSummary};

fn number_in(decision: &Decision, lines: &[crate::ports::Recorded]) -> Option<i64> {
    let ticket = decision.conversation.ticket.as_ref()?.id;
    lines.iter().find_map(|recorded| match &recorded.line.content {
        Content::HandedOff(hand_off) if hand_off.ticket == ticket => hand_off.number.map(TicketNumber::get),
        _ => None,
    })
}

pub(super) async fn of_many_who_take_a_ticket_one_wins(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.ticket("Ola", Wants::Person).await.conversation.id;
    let operators: Vec<_> = (0..12).map(|nth| operator(&format!("Kari {nth}"))).collect();
    let takes = join_all(operators.iter().map(|operator| evening.wishes(id, operator, Wish::Take))).await;

    let outcomes = join_all(takes.iter().map(|take| evening.store.commit(take))).await;

    let won: Vec<usize> = (0..12).filter(|nth| matches!(outcomes[*nth], Ok(Committed::Done))).collect();
    assert_eq!(won.len(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(Committed::Stale))).count(), 11);
    let ticket = evening.store.ticket(TicketNumber::new(1001)).await.unwrap().unwrap();
    assert_eq!(ticket.status, Status::Taken);
    assert_eq!(ticket.holder.map(|holder| holder.id), Some(operators[won[0]].id.clone()));
}

pub(super) async fn numbers_count_up_without_gaps_or_doubles(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    // Every third is a repeat of the one before it and must not use a number up.
    let messages: Vec<_> =
        (0_u32..60).map(|nth| message(&format!("Ola {}", nth - nth % 3 / 2), &format!("{}", nth - nth % 3 / 2))).collect();
    let decisions: Vec<_> = messages.iter().map(|message| evening.decide(None, message, Wants::Person)).collect();
    let outcomes = join_all(decisions.iter().map(|decision| evening.store.commit(decision))).await;

    let mut numbers = BTreeSet::new();
    for (decision, outcome) in decisions.iter().zip(outcomes) {
        if outcome.unwrap() == Committed::Done {
            let lines = evening.all_lines(decision.conversation.id).await;
            numbers.insert(number_in(decision, &lines).unwrap());
        }
    }
    assert_eq!(numbers.into_iter().collect::<Vec<_>>(), (1001..=1040).collect::<Vec<_>>());
}

async fn list(evening: &Evening, filter: TicketFilter) -> Vec<i64> {
    let tickets = evening.store.tickets(&filter).await.unwrap();
    tickets.into_iter().map(|ticket: TicketSummary| ticket.number.get()).collect()
}

pub(super) async fn the_most_urgent_comes_first_and_then_the_oldest(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for (name, wants) in [("Ola", Wants::Person), ("Kari", Wants::Rescue), ("Per", Wants::Person), ("Liv", Wants::Rescue)] {
        evening.ticket(name, wants).await;
        evening.pass(Duration::from_secs(1));
    }
    assert_eq!(list(&evening, TicketFilter::default()).await, [1002, 1004, 1001, 1003]);
}

pub(super) async fn a_list_is_narrowed_by_status_group_and_limit(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut ids = vec![];
    for name in ["Ola", "Kari", "Per", "Liv"] {
        ids.push(evening.ticket(name, Wants::Person).await.conversation.id);
        evening.pass(Duration::from_secs(1));
    }
    let (general, clinical) = (GroupId::new("general"), GroupId::new("clinical"));
    let nils = operator("Nils");
    evening.handles(ids[1], &nils, Wish::Take).await;
    evening.handles(ids[2], &nils, Wish::Transfer { to: Destination::Group(clinical.clone()), reason: words("Journal") }).await;
    evening.handles(ids[3], &nils, Wish::Resolve(None)).await;

    let filter = |statuses: &[Status], groups: &[&GroupId], limit| TicketFilter {
        statuses: statuses.to_vec(),
        groups: groups.iter().map(|group| (*group).clone()).collect(),
        limit,
        ..TicketFilter::default()
    };
    let cases: [(TicketFilter, &[i64]); 6] = [
        (filter(&[], &[], 0), &[1001, 1002, 1003, 1004]),
        (filter(&[Status::Waiting], &[], 0), &[1001, 1003]),
        (filter(&[Status::Taken, Status::Resolved], &[], 0), &[1002, 1004]),
        (filter(&[], &[&clinical], 0), &[1003]),
        (filter(&[Status::Waiting], &[&general, &clinical], 1), &[1001]),
        (filter(&[Status::Resolved], &[&clinical], 9), &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(list(&evening, filter.clone()).await, expected, "{filter:?}");
    }
}

pub(super) async fn employees_find_their_own_tickets_alone(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ola = EmployeeId::new("chat:Ola");
    for _ in 0..22 {
        evening.pass(Duration::from_hours(24));
        let id = evening.ticket("Ola", Wants::Person).await.conversation.id;
        evening.handles(id, &operator("Kari"), Wish::Resolve(None)).await;
        evening.presses(id, &Action::ResolvedYes).await;
    }
    evening.ticket("Per", Wants::Person).await;

    let own = evening.store.tickets_of(&ola).await.unwrap();
    let numbers: Vec<i64> = own.iter().map(|ticket| ticket.number.get()).collect();
    assert_eq!(numbers, (1003..=1022).rev().collect::<Vec<_>>(), "the newest twenty");
    assert!(own.iter().all(|ticket| ticket.employee == ola && ticket.subject.starts_with("ticket of Ola")));
    assert_eq!(evening.store.tickets_of(&EmployeeId::new("chat:nobody")).await.unwrap(), []);
}

pub(super) async fn lines_tell_the_number_and_keep_notes_from_the_employee(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Per", Wants::Person).await;
    let id = evening.whole_story("Ola").await;
    let number = Some(TicketNumber::new(1002));

    let desk = evening.all_lines(id).await;
    for recorded in &desk {
        let speaks = matches!(recorded.line.content, Content::HandedOff(_) | Content::ResolvedAsk(_) | Content::Reopened(_));
        assert_eq!(recorded.number, number.filter(|_| speaks), "{:?}", recorded.line.content);
        if let Content::HandedOff(hand_off) = &recorded.line.content {
            assert_eq!(hand_off.number, number);
        }
        assert_eq!(evening.store.line(recorded.line.id).await.unwrap().as_ref(), Some(recorded));
    }
    let employee = evening.store.lines(id, None, Visibility::Everyone).await.unwrap();
    assert!(desk.len() > employee.len());
    assert!(!contents(&employee).iter().any(|content| matches!(content, Content::Note(_))));
}

pub(super) async fn a_resolved_ticket_names_who_resolved_it(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let opened = evening.ticket("Ola", Wants::Rescue).await;
    let id = opened.conversation.id;
    evening.handles(id, &operator("Kari"), reply("Hei")).await;
    evening.pass(Duration::from_secs(90));
    evening.handles(id, &operator("Kari"), Wish::Resolve(None)).await;

    let number = TicketNumber::new(1001);
    let ticket = evening.store.ticket(number).await.unwrap().unwrap();
    assert_eq!((ticket.status, ticket.priority), (Status::Resolved, Priority::Critical));
    assert_eq!(ticket.holder.as_ref().map(|holder| holder.name.as_str()), Some("Kari"));
    assert_eq!(ticket.changed_at, ticket.opened_at.after(Duration::from_secs(90)));
    assert_eq!(ticket.organisation.as_deref(), Some("Sjukehuset"));
    assert_eq!(evening.store.ticket_by_id(ticket.id).await.unwrap(), Some(ticket));
    assert_eq!(evening.store.conversation_of(number).await.unwrap().map(|conversation| conversation.id), Some(id));
    assert_eq!(evening.store.ticket(TicketNumber::new(1)).await.unwrap(), None);
}
