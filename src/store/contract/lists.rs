//! What the store promises about lists of tickets: what passes a filter, in which order, page by page.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, message, operator, reply, words};
use crate::domain::ids::ConversationId;
use crate::domain::lang::Lang;
use crate::domain::operator_side::{Destination, Wish};
use crate::domain::ticket::{Assessment, Impact, Priority, Status, SupportLine, TicketOrder, Urgency, WaitsFor};
use crate::ports::{Asleep, HeldBy, TicketCursor, TicketFilter};

async fn numbers(evening: &Evening, filter: &TicketFilter) -> Vec<i64> {
    let tickets = evening.store.tickets(filter).await.unwrap();
    let counted = evening.store.count_tickets(filter).await.unwrap();
    if filter.after.is_none() && filter.limit == 0 {
        assert_eq!(counted, tickets.len() as u64, "{filter:?}");
    }
    tickets.iter().map(|ticket| ticket.number.get()).collect()
}

/// A ticket that somebody opened with these words, a minute after the one before: 1001, 1002 …
async fn opened(evening: &Evening, name: &str, text: &str) -> ConversationId {
    evening.pass(Duration::from_mins(1));
    evening.hears(&message(name, text), Wants::Person).await.conversation.id
}

fn all() -> TicketFilter {
    TicketFilter::default()
}

pub(super) async fn a_list_is_narrowed_by_who_has_tickets_and_how_they_stand(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut ids = vec![];
    for name in ["Ola", "Kari", "Per", "Liv"] {
        ids.push(opened(&evening, name, &format!("{name} spør")).await);
    }
    let nils = operator("Nils");
    evening.handles(ids[0], &nils, reply("Hva står det?")).await;
    let assessment = Assessment { impact: Impact::Organisation, urgency: Urgency::High };
    evening.handles(ids[1], &nils, Wish::Prioritise(assessment)).await;
    let to = Destination::Line(SupportLine::Second);
    evening.handles(ids[2], &nils, Wish::Transfer { to, reason: words("Trenger innsikt") }).await;
    let until = evening.now().after(Duration::from_hours(2));
    evening.handles(ids[3], &nils, Wish::Snooze { until }).await;

    let now = evening.now();
    let cases: [(TicketFilter, &[i64]); 12] = [
        (TicketFilter { holder: HeldBy::Operator(nils.id.clone()), ..all() }, &[1001]),
        (TicketFilter { holder: HeldBy::Operator(operator("Eva").id), ..all() }, &[]),
        (TicketFilter { holder: HeldBy::Nobody, ..all() }, &[1002, 1003, 1004]),
        (TicketFilter { priorities: vec![Priority::Critical, Priority::High], ..all() }, &[1002]),
        (TicketFilter { lines: vec![SupportLine::Second], ..all() }, &[1003]),
        (TicketFilter { waits_for: Some(WaitsFor::Employee), ..all() }, &[1001]),
        (TicketFilter { waits_for: Some(WaitsFor::Desk), ..all() }, &[1002, 1003, 1004]),
        (TicketFilter { asleep: Asleep::No(now), ..all() }, &[1002, 1001, 1003]),
        (TicketFilter { asleep: Asleep::Yes(now), ..all() }, &[1004]),
        (TicketFilter { asleep: Asleep::No(until), ..all() }, &[1002, 1001, 1003, 1004]),
        (TicketFilter { langs: vec![Lang::Nn], statuses: vec![Status::Taken], ..all() }, &[1001]),
        (TicketFilter { langs: vec![Lang::Nb, Lang::En], ..all() }, &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(numbers(&evening, &filter).await, expected, "{filter:?}");
    }
    let judged = evening.store.tickets(&TicketFilter { priorities: vec![Priority::Critical], ..all() }).await.unwrap().remove(0);
    assert_eq!(judged.assessment, Some(assessment));
    let asked = evening.store.tickets(&TicketFilter { waits_for: Some(WaitsFor::Employee), ..all() }).await.unwrap().remove(0);
    assert_eq!((asked.turn.since, asked.changed_at), (now, now));
}

pub(super) async fn a_search_finds_parts_of_words_in_what_was_asked_and_said(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ola = opened(&evening, "Ola Ås", "Laserskriveren på SØRFLØYA svarer ikke, 100% død").await;
    opened(&evening, "Kari", "Får ikke åpnet journalen").await;
    evening.handles(ola, &operator("Nils"), Wish::Note(words("Trommelen må byttes"))).await;
    let cases: [(&str, &[i64]); 12] = [
        ("skriver", &[1001]),
        ("SKRIVER sørfløya", &[1001]),
        ("Sørfløyå", &[]),
        ("ÅPNET", &[1002]),
        ("trommel", &[1001]),
        ("ola ås", &[1001]),
        ("1002", &[1002]),
        ("#1002", &[1002]),
        ("ikke", &[1001, 1002]),
        ("ikke journalen skriver", &[]),
        ("%", &[1001, 1002]),
        ("død!", &[1001]),
    ];
    for (text, expected) in cases {
        assert_eq!(numbers(&evening, &TicketFilter { text: text.to_owned(), ..all() }).await, expected, "{text}");
    }
}

pub(super) async fn a_list_is_read_page_by_page_in_every_order(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut ids = vec![];
    for nth in 0..7 {
        let name = format!("Ola {nth}");
        // Some at the same moment: then the ticket's own number decides.
        if nth % 3 != 0 {
            evening.pass(Duration::from_mins(1));
        }
        let wants = if nth % 2 == 0 { Wants::Person } else { Wants::Rescue };
        ids.push(evening.hears(&message(&name, &name), wants).await.conversation.id);
    }
    evening.pass(Duration::from_mins(1));
    evening.handles(ids[2], &operator("Nils"), Wish::Take).await;
    let orders = [
        (TicketOrder::Urgency, [1002, 1004, 1006, 1001, 1003, 1005, 1007]),
        (TicketOrder::Age, [1001, 1002, 1003, 1004, 1005, 1006, 1007]),
        (TicketOrder::Change, [1003, 1007, 1006, 1005, 1004, 1002, 1001]),
    ];
    for (order, expected) in orders {
        let (mut seen, mut after) = (vec![], None);
        loop {
            let filter = TicketFilter { order, after, limit: 2, ..all() };
            assert_eq!(evening.store.count_tickets(&filter).await.unwrap(), 7, "the count is of all pages");
            let page = evening.store.tickets(&filter).await.unwrap();
            let Some(last) = page.last() else { break };
            let cursor = TicketCursor::at(last, order);
            assert_eq!(TicketCursor::from_name(&cursor.to_string()), Some(cursor));
            after = Some(cursor);
            seen.extend(page.iter().map(|ticket| ticket.number.get()));
        }
        assert_eq!(seen, expected, "{order:?}");
    }
}

pub(super) async fn what_is_put_aside_is_known_to_come_back(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (first, second) = (opened(&evening, "Ola", "Ola spør").await, opened(&evening, "Per", "Per spør").await);
    assert_eq!(evening.store.next_wake(evening.now()).await.unwrap(), None);
    let (soon, later) = (evening.now().after(Duration::from_hours(1)), evening.now().after(Duration::from_hours(2)));
    evening.handles(first, &operator("Nils"), Wish::Snooze { until: soon }).await;
    evening.handles(second, &operator("Nils"), Wish::Snooze { until: later }).await;
    assert_eq!(evening.store.next_wake(evening.now()).await.unwrap(), Some(soon));
    assert_eq!(evening.store.next_wake(soon).await.unwrap(), Some(later), "what came back is not waited for");
    evening.handles(second, &operator("Nils"), Wish::Resolve(None)).await;
    assert_eq!(evening.store.next_wake(soon).await.unwrap(), None, "nor is what is resolved");
}
