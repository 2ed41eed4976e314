//! What the store promises about duplicates.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, operator};
use crate::domain::decision::Decision;
use crate::domain::ids::{ConversationId, TicketNumber};
use crate::domain::message::Action;
use crate::domain::operator_side::{Merge, Wish};
use crate::domain::ticket::{Original, Status};
use crate::ports::Committed;

/// Three tickets: 1001, 1002 and 1003.
async fn three(evening: &Evening) -> Vec<ConversationId> {
    let mut ids = vec![];
    for name in ["Ola", "Kari", "Per"] {
        evening.pass(Duration::from_mins(1));
        ids.push(evening.ticket(name, Wants::Person).await.conversation.id);
    }
    ids
}

/// What merging one ticket into another leads to for somebody who saw both open and without duplicates.
async fn merging(evening: &Evening, ids: &[ConversationId], from: i64, into: i64) -> Decision {
    let [number, original] = [from, into].map(TicketNumber::new);
    let original = Original { number: original, status: Status::Waiting, duplicate_of: None };
    let id = ids[usize::try_from(from - 1001).unwrap()];
    evening.merges(id, &operator("Nils"), Merge { number, original: Some(original), has_duplicates: false }).await
}

async fn duplicates(evening: &Evening, of: i64) -> Vec<i64> {
    let found = evening.store.duplicates_of(TicketNumber::new(of)).await.unwrap();
    assert!(found.iter().all(|duplicate| duplicate.duplicate_of == Some(TicketNumber::new(of))));
    found.iter().map(|duplicate| duplicate.number.get()).collect()
}

pub(super) async fn duplicates_are_listed_until_they_are_opened_again(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ids = three(&evening).await;
    for from in [1003, 1002] {
        let merge = merging(&evening, &ids, from, 1001).await;
        evening.keeps(&merge).await;
    }
    assert_eq!(duplicates(&evening, 1001).await, [1002, 1003]);
    let merged = evening.store.ticket(TicketNumber::new(1002)).await.unwrap().unwrap();
    assert_eq!((merged.status, merged.holder.map(|holder| holder.name)), (Status::Resolved, Some("Nils".to_owned())));
    let stored = evening.store.conversation(ids[1]).await.unwrap().unwrap();
    let events = evening.store.events(ids[1]).await.unwrap();
    assert_eq!(crate::domain::conversation::Conversation::replay(ids[1], &events), Some(stored));

    evening.presses(ids[1], &Action::ResolvedNo).await;
    assert_eq!(duplicates(&evening, 1001).await, [1003]);
}

pub(super) async fn of_two_tickets_merged_into_each_other_one_stays_open(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ids = three(&evening).await;
    let there = merging(&evening, &ids, 1001, 1002).await;
    let back = merging(&evening, &ids, 1002, 1001).await;
    let (one, other) = futures_util::join!(evening.store.commit(&there), evening.store.commit(&back));
    let mut outcomes = [one.unwrap(), other.unwrap()];
    outcomes.sort_by_key(|outcome| *outcome == Committed::Stale);
    assert_eq!(outcomes, [Committed::Done, Committed::Stale]);
}

pub(super) async fn a_merge_that_would_make_a_chain_leaves_nothing_behind(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ids = three(&evening).await;
    let onward = merging(&evening, &ids, 1002, 1003).await;
    let late = merging(&evening, &ids, 1003, 1002).await;
    let first = merging(&evening, &ids, 1001, 1002).await;
    evening.keeps(&first).await;
    assert_eq!(evening.store.commit(&onward).await.unwrap(), Committed::Stale, "1002 has a duplicate by now");
    evening.handles(ids[1], &operator("Nils"), Wish::Resolve(None)).await;
    assert_eq!(evening.store.commit(&late).await.unwrap(), Committed::Stale, "1002 is resolved by now");
    let third = evening.store.ticket(TicketNumber::new(1003)).await.unwrap().unwrap();
    assert_eq!((third.status, third.duplicate_of), (Status::Waiting, None));
}
