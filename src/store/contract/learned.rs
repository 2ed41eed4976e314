//! What the store promises about questions that articles were seen to answer.

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, Wants, message, operator, reply, words};
use crate::domain::event::Happened;
use crate::domain::ids::{ConversationId, LearnedId, Slug};
use crate::domain::lang::Lang;
use crate::domain::learned::{Case, LearnedQuestion, LearnedState, Lesson, MOST_KEPT, Origin};
use crate::domain::message::Action;
use crate::domain::operator_side::Wish;
use crate::domain::ticket::Holder;
use crate::ports::{Learnt, Settling};

const STATES: [LearnedState; 3] = LearnedState::ALL;

/// A conversation of this employee's, one of several.
async fn conversation(evening: &Evening, name: &str, nth: u32) -> ConversationId {
    evening.pass(std::time::Duration::from_hours(1));
    evening.hears(&message(name, &format!("{name} {nth}")), Wants::Answer).await.conversation.id
}

fn lesson(evening: &Evening, conversation: ConversationId, origin: Origin, text: &str) -> Lesson {
    let case = Case { conversation, origin, at: evening.now() };
    Lesson::new(case, Slug::new("skriver"), &words(text), Lang::Nn).unwrap()
}

async fn learn(evening: &Evening, lesson: &Lesson) -> Learnt {
    evening.store.learn(evening.moment().fresh.learned(), lesson, MOST_KEPT).await.unwrap()
}

/// Somebody says in a conversation of their own that the article helped.
async fn helped(evening: &Evening, name: &str, nth: u32, text: &str) -> Learnt {
    let id = conversation(evening, name, nth).await;
    learn(evening, &lesson(evening, id, Origin::Helped, text)).await
}

async fn listed(evening: &Evening, state: LearnedState) -> Vec<LearnedQuestion> {
    evening.store.learned_questions(state, None, 100).await.unwrap()
}

async fn only(evening: &Evening) -> LearnedQuestion {
    let mut all = Vec::new();
    for state in STATES {
        all.extend(listed(evening, state).await);
    }
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn settling(evening: &Evening, state: LearnedState) -> Settling {
    let kari = operator("Kari");
    Settling { state, by: Holder { id: kari.id, name: kari.name }, at: evening.now() }
}

pub(super) async fn a_question_that_was_answered_is_proposed_for_its_article(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = conversation(&evening, "Ola", 1).await;
    let first_at = evening.now();
    assert_eq!(learn(&evening, &lesson(&evening, id, Origin::Helped, "Får ikkje  skrive ut!")).await, Learnt::Kept);
    assert_eq!(helped(&evening, "Per", 1, "får ikkje skrive ut").await, Learnt::Kept);

    let found = only(&evening).await;
    assert_eq!((found.article.as_str(), found.text.as_str(), found.lang), ("skriver", "Får ikkje skrive ut!", Lang::Nn));
    assert_eq!((found.origin, found.state, found.people, found.settled.clone()), (Origin::Helped, STATES[0], 2, None));
    assert_eq!((found.first_at, found.last_at), (first_at, evening.now()));
    assert_eq!(evening.store.proposals().await.unwrap(), [(Slug::new("skriver"), 1)]);

    let after_a_restart = backend.open().await;
    assert_eq!(after_a_restart.learned_question(found.id).await.unwrap(), Some(found));
    assert_eq!(after_a_restart.learned_question(LearnedId::new(7)).await.unwrap(), None);
}

pub(super) async fn the_same_conversation_and_the_same_person_count_once(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = conversation(&evening, "Ola", 1).await;
    let first = lesson(&evening, id, Origin::Helped, "får ikkje skrive ut");
    assert_eq!(learn(&evening, &first).await, Learnt::Kept);
    for again in [
        first,
        lesson(&evening, id, Origin::Helped, "skrivaren er sur"),
        lesson(&evening, id, Origin::Replied, "får ikkje skrive ut"),
    ] {
        assert_eq!(learn(&evening, &again).await, Learnt::SeenBefore, "{}", again.text.as_str());
    }
    assert_eq!(helped(&evening, "Ola", 2, "får ikkje skrive ut").await, Learnt::Kept);
    assert_eq!(only(&evening).await.people, 1, "the same person in two conversations is one person");
}

pub(super) async fn a_reply_is_no_confirmation_until_it_helped(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = conversation(&evening, "Ola", 1).await;
    let answered = |origin| lesson(&evening, id, origin, "får ikkje skrive ut");
    assert_eq!(learn(&evening, &answered(Origin::Replied)).await, Learnt::Kept);
    assert_eq!(only(&evening).await.people, 0);
    assert_eq!(learn(&evening, &answered(Origin::Replied)).await, Learnt::SeenBefore);
    assert_eq!(learn(&evening, &answered(Origin::Helped)).await, Learnt::Kept);
    assert_eq!(learn(&evening, &answered(Origin::Helped)).await, Learnt::SeenBefore);
    let found = only(&evening).await;
    assert_eq!((found.people, found.origin), (1, Origin::Replied));
}

pub(super) async fn what_an_editor_decided_stays_decided(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    helped(&evening, "Ola", 1, "får ikkje skrive ut").await;
    let id = only(&evening).await.id;
    for state in [LearnedState::Approved, LearnedState::Declined] {
        let settling = settling(&evening, state);
        let settled = evening.store.settle_learned(id, &settling).await.unwrap().unwrap();
        assert_eq!((settled.state, settled.settled), (state, Some((settling.by, settling.at))));
        assert_eq!(listed(&evening, state).await.len(), 1);
    }
    helped(&evening, "Per", 1, "får ikkje skrive ut").await;
    let found = only(&evening).await;
    assert_eq!((found.state, found.people), (LearnedState::Declined, 2), "it is not proposed again");
    assert!(evening.store.proposals().await.unwrap().is_empty());
    let nothing = evening.store.settle_learned(LearnedId::new(7), &settling(&evening, LearnedState::Approved)).await.unwrap();
    assert_eq!(nothing, None);
}

pub(super) async fn what_may_count_is_approved_or_confirmed_by_enough(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for name in ["Ola", "Per", "Liv"] {
        helped(&evening, name, 1, "får ikkje skrive ut").await;
        if name != "Liv" {
            helped(&evening, name, 2, "skrivaren er sur").await;
        }
    }
    helped(&evening, "Ola", 3, "ingen papir i maskina").await;
    helped(&evening, "Ola", 4, "alt står stille").await;
    let id_of = |text: &str, all: &[LearnedQuestion]| all.iter().find(|one| one.text.as_str() == text).unwrap().id;
    let all = listed(&evening, LearnedState::Proposed).await;
    for (text, state) in [("ingen papir i maskina", LearnedState::Approved), ("alt står stille", LearnedState::Declined)] {
        evening.store.settle_learned(id_of(text, &all), &settling(&evening, state)).await.unwrap();
    }
    let cases: [(u32, &[&str]); 3] = [
        (3, &["får ikkje skrive ut", "ingen papir i maskina"]),
        (2, &["får ikkje skrive ut", "skrivaren er sur", "ingen papir i maskina"]),
        (4, &["ingen papir i maskina"]),
    ];
    for (confirmations, texts) in cases {
        let counting = evening.store.learned_that_may_count(confirmations).await.unwrap();
        assert_eq!(counting.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), texts, "{confirmations}");
    }
}

pub(super) async fn an_article_takes_only_so_many(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    helped(&evening, "Ola", 1, "får ikkje skrive ut").await;
    helped(&evening, "Ola", 2, "skrivaren er sur").await;
    let most = |lesson: Lesson| {
        let id = evening.moment().fresh.learned();
        let store = evening.store.clone();
        async move { store.learn(id, &lesson, 2).await.unwrap() }
    };
    let id = conversation(&evening, "Per", 1).await;
    assert_eq!(most(lesson(&evening, id, Origin::Helped, "alt står stille")).await, Learnt::Full);
    let known = listed(&evening, LearnedState::Proposed).await;
    assert_eq!(known.len(), 2);
    assert_eq!(most(lesson(&evening, id, Origin::Helped, "skrivaren er sur")).await, Learnt::Kept, "what is known is confirmed");

    evening.store.settle_learned(known[0].id, &settling(&evening, LearnedState::Declined)).await.unwrap();
    let id = conversation(&evening, "Liv", 1).await;
    assert_eq!(most(lesson(&evening, id, Origin::Helped, "alt står stille")).await, Learnt::Kept, "a declined one makes room");
}

pub(super) async fn a_list_is_read_page_by_page(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for nth in 0..5 {
        helped(&evening, "Ola", nth, &format!("spørsmål nummer {nth}")).await;
    }
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = evening.store.learned_questions(LearnedState::Proposed, before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        seen.extend(page.iter().map(|question| question.text.as_str().to_owned()));
    }
    assert_eq!(seen, (0..5).rev().map(|nth| format!("spørsmål nummer {nth}")).collect::<Vec<_>>(), "newest first");
}

pub(super) async fn lessons_at_the_same_moment_are_all_counted(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut lessons = Vec::new();
    for nth in 0..10 {
        let id = conversation(&evening, &format!("Ola {}", nth / 2), nth).await;
        lessons.push(lesson(&evening, id, Origin::Helped, "får ikkje skrive ut"));
    }
    let twice = lessons.iter().chain(&lessons);
    let kept = join_all(twice.map(|lesson| learn(&evening, lesson))).await;
    assert_eq!(kept.iter().filter(|kept| **kept == Learnt::Kept).count(), 10, "{kept:?}");
    assert_eq!(only(&evening).await.people, 5);
}

pub(super) async fn telling_events_come_in_order_and_no_others(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let asked = conversation(&evening, "Ola", 1).await;
    evening.presses(asked, &Action::Helped).await;
    let ticket = evening.ticket("Per", Wants::Person).await.conversation.id;
    let kari = operator("Kari");
    evening.handles(ticket, &kari, reply("Prøv /kb/nb/skriver")).await;
    evening.handles(ticket, &kari, Wish::Note(words("Ring ham"))).await;
    evening.handles(ticket, &kari, Wish::Resolve(Some(words("skriver.md")))).await;

    let all = evening.store.telling_events(None, 100).await.unwrap();
    let told: Vec<_> = all.iter().map(|(id, event)| (*id, matches!(event.what, Happened::Helped))).collect();
    assert_eq!(told, [(asked, true), (ticket, false), (ticket, false)]);
    assert!(all.windows(2).all(|pair| pair[0].1.id < pair[1].1.id));
    let rest = evening.store.telling_events(Some(all[0].1.id), 1).await.unwrap();
    assert_eq!(rest, all[1..2]);
}
