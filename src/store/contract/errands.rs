//! What the store promises about the outbox.

use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, Wants, message};
use crate::domain::decision::{Decision, Errand};
use crate::domain::ids::{ChannelName, ExternalId, GroupId, TicketNumber};
use crate::domain::obstacle::Obstacle;
use crate::ports::{Leased, Receipted};

const HOLD: Duration = Duration::from_secs(30);

async fn lease(evening: &Evening, limit: u32) -> Vec<Leased> {
    evening.store.lease(evening.now(), evening.now().after(HOLD), limit).await.unwrap()
}

async fn done(evening: &Evening, errand: &Leased, left: Receipted) {
    evening.store.done(errand, &left, evening.now()).await.unwrap();
}

pub(super) async fn a_conversation_gives_out_one_errand_at_a_time(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ola = evening.ticket("Ola", Wants::Person).await;
    let kari = evening.ticket("Kari", Wants::Answer).await;
    assert_eq!(evening.store.waiting().await.unwrap(), 4, "what is said, the room and the card; what is said");

    let mut order = vec![];
    let first = lease(&evening, 10).await;
    assert_eq!(first.iter().map(|errand| errand.conversation).collect::<Vec<_>>(), [ola.conversation.id, kari.conversation.id]);
    assert!(lease(&evening, 10).await.is_empty(), "both are held");
    let mut held = first;
    while let Some(errand) = held.pop() {
        done(&evening, &errand, Receipted::default()).await;
        order.push((errand.id, errand.errand));
        held.extend(lease(&evening, 10).await);
    }
    let of_ola: Vec<_> = order.iter().filter(|one| ola.errands.contains(one)).cloned().collect();
    assert_eq!(of_ola, ola.errands, "in the order in which they were decided");
    assert_eq!(order.len(), 4);
    assert_eq!(evening.store.waiting().await.unwrap(), 0);
    assert_eq!(evening.store.next_due().await.unwrap(), None);
}

pub(super) async fn an_errand_is_given_to_one_of_many(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for nth in 0..20 {
        evening.ticket(&format!("Ola {nth}"), Wants::Answer).await;
    }
    let leased = join_all((0..8).map(|_| lease(&evening, 5))).await.concat();
    let mut ids: Vec<_> = leased.iter().map(|errand| errand.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), leased.len(), "no errand twice");
    let rest = lease(&evening, 50).await;
    assert_eq!(leased.len() + rest.len(), 20, "and none forgotten");
}

pub(super) async fn a_hold_that_runs_out_is_given_out_again(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 10).await;
    assert_eq!((first.len(), first[0].attempts), (1, 0));
    assert_eq!(first[0].created_at, evening.now());
    assert_eq!(evening.store.next_due().await.unwrap(), Some(evening.now().after(HOLD)));

    evening.pass(HOLD);
    let again = lease(&evening, 10).await;
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].id, again[0].attempts), (first[0].id, 1));
}

pub(super) async fn a_postponed_errand_holds_back_the_later_ones(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 10).await.remove(0);
    let due = evening.now().after(Duration::from_mins(5));
    evening.store.postpone(first.id, due, "the platform is busy").await.unwrap();

    evening.pass(Duration::from_mins(4));
    assert!(lease(&evening, 10).await.is_empty());
    assert_eq!(evening.store.next_due().await.unwrap(), Some(due));
    evening.pass(Duration::from_mins(1));
    assert_eq!(lease(&evening, 10).await.iter().map(|errand| errand.id).collect::<Vec<_>>(), [first.id]);
}

pub(super) async fn a_given_up_errand_is_shown_and_makes_way(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let decision = evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 10).await.remove(0);
    evening.store.give_up(first.id, Obstacle::Forbidden, "Firstline may not write there", evening.now()).await.unwrap();

    let stuck = evening.store.stuck(10).await.unwrap();
    assert_eq!(stuck.len(), 1);
    assert_eq!((stuck[0].id, stuck[0].conversation), (first.id, decision.conversation.id));
    assert_eq!((stuck[0].why, stuck[0].reason.as_str()), (Obstacle::Forbidden, "Firstline may not write there"));
    assert_eq!(stuck[0].errand.as_ref(), Some(&decision.errands[0].1));
    assert_eq!((stuck[0].number, stuck[0].group.as_ref()), (Some(TicketNumber::new(1001)), Some(&GroupId::new("general"))));
    assert_eq!((stuck[0].created_at, stuck[0].given_up_at), (evening.now(), evening.now()));
    assert_eq!(evening.store.stuck_in(decision.conversation.id).await.unwrap(), stuck);
    assert_eq!(evening.store.stuck_one(first.id).await.unwrap().as_ref(), stuck.first());
    assert_eq!(evening.store.count_stuck().await.unwrap(), 1);
    assert_eq!(lease(&evening, 10).await[0].id, decision.errands[1].0, "the next one goes on without it");
    evening.pass(HOLD * 2);
    assert!(lease(&evening, 10).await.iter().all(|errand| errand.id != first.id), "nobody tries it again");
}

pub(super) async fn a_given_up_errand_is_tried_again_once_for_each_wish(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 10).await.remove(0);
    let store = &evening.store;
    assert!(!store.retry(first.id, evening.now()).await.unwrap(), "what is under way is not stuck");
    store.give_up(first.id, Obstacle::PlaceGone, "the channel is gone", evening.now()).await.unwrap();
    evening.pass(Duration::from_mins(1));
    let wishes = join_all((0..4).map(|_| store.retry(first.id, evening.now()))).await;
    assert_eq!(wishes.into_iter().filter(|retried| *retried.as_ref().unwrap()).count(), 1, "of many wishes one counts");

    assert_eq!((store.count_stuck().await.unwrap(), store.stuck_one(first.id).await.unwrap()), (0, None));
    let again = lease(&evening, 10).await.remove(0);
    assert_eq!((again.id, again.attempts, again.created_at), (first.id, 1, first.created_at), "it may have been done before");
    store.give_up(first.id, Obstacle::PlaceGone, "the channel is gone", evening.now()).await.unwrap();
    assert_eq!(store.count_stuck().await.unwrap(), 1);
}

pub(super) async fn a_dismissed_errand_is_not_done_and_forgotten_in_time(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let (first, store) = (lease(&evening, 10).await.remove(0), &evening.store);
    store.give_up(first.id, Obstacle::PersonLeft, "nobody is there", evening.now()).await.unwrap();
    assert!(store.dismiss(first.id, evening.now()).await.unwrap());
    assert!(!store.dismiss(first.id, evening.now()).await.unwrap() && !store.retry(first.id, evening.now()).await.unwrap());
    assert_eq!(store.count_stuck().await.unwrap(), 0);
    evening.pass(HOLD * 2);
    assert!(lease(&evening, 10).await.iter().all(|errand| errand.id != first.id));
    assert_eq!(store.forget_done(evening.now()).await.unwrap(), 1);
}

pub(super) async fn an_errand_that_is_put_back_was_not_tried(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 10).await.remove(0);
    let due = evening.now().after(Duration::from_secs(2));
    evening.store.put_back(first.id, due).await.unwrap();
    assert!(lease(&evening, 10).await.is_empty());
    assert_eq!(evening.store.next_due().await.unwrap(), Some(due));
    evening.pass(Duration::from_secs(2));
    let again = lease(&evening, 10).await.remove(0);
    assert_eq!((again.id, again.attempts), (first.id, 0));
}

pub(super) async fn receipts_of_what_is_over_are_forgotten_in_time(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (over, open) = (evening.ticket("Ola", Wants::Answer).await, evening.ticket("Kari", Wants::Person).await);
    let began = evening.now();
    evening.pass(Duration::from_hours(1));
    let seen = async |decision: &Decision| {
        let receipt = decision.receipt.clone().unwrap();
        evening.store.seen(&receipt.channel, &receipt.external_id).await.unwrap().is_some()
    };
    assert_eq!(evening.store.forget_receipts(began, began).await.unwrap(), 0, "nothing is older");
    assert!(evening.store.forget_receipts(began, evening.now()).await.unwrap() >= 1);
    assert!(!seen(&over).await, "nobody sends it again after all that time");
    assert!(seen(&open).await, "the desk has it in hand");
}

pub(super) async fn a_room_is_found_while_it_is_being_made(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.ticket("Ola", Wants::Person).await.conversation.id;
    let (chat, store) = (ChannelName::new("chat"), &evening.store);
    let errand = lease(&evening, 1).await.remove(0);
    for _ in 0..2 {
        store.keep_room(&errand, "thread").await.unwrap();
    }
    let in_room = store.conversation_in_room(&chat, "thread").await.unwrap();
    assert_eq!(in_room.map(|conversation| conversation.id), Some(id));
    evening.pass(HOLD);
    let again = lease(&evening, 1).await.remove(0);
    assert_eq!((again.id, again.room.as_deref()), (errand.id, Some("thread")), "the errand itself is not done");
}

pub(super) async fn what_is_left_on_the_platform_is_remembered(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.ticket("Ola", Wants::Person).await.conversation.id;
    let (chat, store) = (ChannelName::new("chat"), &evening.store);
    let posted = evening.now();
    let left = |errand: &Errand| Receipted {
        external_id: Some(ExternalId::new(if matches!(errand, Errand::ShowCard { .. }) { "card" } else { "post" })),
        room: matches!(errand, Errand::OpenRoom { .. }).then(|| "thread".to_owned()),
        card_at: matches!(errand, Errand::ShowCard { .. }).then(|| "operators".to_owned()),
        ..Receipted::default()
    };
    for _ in 0..3 {
        let errand = lease(&evening, 1).await.remove(0);
        done(&evening, &errand, left(&errand.errand)).await;
    }
    let in_room = store.conversation_in_room(&chat, "thread").await.unwrap();
    assert_eq!(in_room.map(|conversation| conversation.id), Some(id));
    let of_post = store.conversation_of_post(&chat, &ExternalId::new("post")).await.unwrap();
    assert_eq!(of_post.map(|conversation| conversation.id), Some(id));
    assert_eq!(store.conversation_of_post(&chat, &ExternalId::new("other")).await.unwrap(), None);

    evening.pass(Duration::from_mins(1));
    evening.hears(&message("Ola", "Hei?"), Wants::OwnTickets).await;
    let said = lease(&evening, 1).await.remove(0);
    assert_eq!((said.room.as_deref(), said.card.as_ref()), (Some("thread"), None));
    done(&evening, &said, Receipted::default()).await;
    evening.handles(id, &super::evening::operator("Kari"), crate::domain::operator_side::Wish::Resolve(None)).await;
    let card = loop {
        let errand = lease(&evening, 1).await.remove(0);
        done(&evening, &errand, left(&errand.errand)).await;
        if matches!(errand.errand, Errand::ShowCard { .. }) {
            break errand;
        }
    };
    let shown = card.card.map(|card| (card.address, card.external_id, card.posted_at));
    assert_eq!(shown, Some(("operators".to_owned(), ExternalId::new("card"), posted)));
}

pub(super) async fn done_errands_are_forgotten_in_time(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.ticket("Ola", Wants::Person).await;
    let first = lease(&evening, 1).await.remove(0);
    done(&evening, &first, Receipted { external_id: Some(ExternalId::new("post")), ..Receipted::default() }).await;
    assert_eq!(evening.store.forget_done(evening.now()).await.unwrap(), 0, "it was done no earlier");

    evening.pass(Duration::from_mins(1));
    assert_eq!(evening.store.forget_done(evening.now()).await.unwrap(), 1);
    assert_eq!(evening.store.waiting().await.unwrap(), 2, "what waits stays");
    let of_post = evening.store.conversation_of_post(&ChannelName::new("chat"), &ExternalId::new("post")).await.unwrap();
    assert_eq!(of_post.map(|conversation| conversation.id), Some(first.conversation), "what it posted stays known");
}
