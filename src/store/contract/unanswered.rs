//! What the store promises about questions that no article answered.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, message};
use crate::domain::ids::EmployeeId;
use crate::domain::message::{Action, HandOffReason};

pub(super) async fn questions_that_no_article_answered_are_listed_with_the_reason(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for (name, wants, pressed) in [
        ("Ola", Wants::Person, None),
        ("Per", Wants::Answer, Some(Action::NotHelped)),
        ("Liv", Wants::Titles, Some(Action::Human)),
        ("Ida", Wants::Answer, Some(Action::Helped)),
        ("Jon", Wants::Rescue, None),
        ("Eva", Wants::Answer, None),
        ("Siv", Wants::Chat, Some(Action::Human)),
    ] {
        evening.pass(Duration::from_mins(1));
        let id = evening.hears(&message(name, &format!("{name} spør")), wants).await.conversation.id;
        if let Some(action) = pressed {
            evening.presses(id, &action).await;
        }
    }
    let begun = evening.now().before(Duration::from_hours(1));
    let listed = evening.store.unanswered(begun, None, 100).await.unwrap();
    let told: Vec<_> = listed.iter().map(|one| (one.question.as_str(), one.employee.clone(), one.reason)).collect();
    let of = |name: &str| EmployeeId::new(format!("chat:{name}"));
    let expected = [
        ("Liv spør", of("Liv"), HandOffReason::Asked),
        ("Per spør", of("Per"), HandOffReason::DidNotHelp),
        ("Ola spør", of("Ola"), HandOffReason::NoAnswer),
    ];
    assert_eq!(told, expected, "an emergency, an answered question and a call for a person are no gap in the articles");
    let since_per = evening.store.unanswered(listed[1].at, None, 100).await.unwrap();
    assert_eq!(since_per, listed[..2]);
}

pub(super) async fn unanswered_questions_are_read_page_by_page(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for nth in 0..5 {
        evening.ticket(&format!("Ola {nth}"), Wants::Person).await;
    }
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = evening.store.unanswered(evening.now(), before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.ticket);
        seen.extend(page.into_iter().map(|one| one.employee));
    }
    let newest_first: Vec<_> = (0..5).rev().map(|nth| EmployeeId::new(format!("chat:Ola {nth}"))).collect();
    assert_eq!(seen, newest_first);
}

pub(super) async fn what_was_asked_lately_is_listed_without_what_was_said_besides(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let mut asked_at = Vec::new();
    for (name, wants) in [("Ola", Wants::Answer), ("Per", Wants::Titles), ("Liv", Wants::Person)] {
        evening.pass(Duration::from_mins(1));
        asked_at.push(evening.now());
        evening.hears(&message(name, &format!("{name} spør")), wants).await;
    }
    let listed = async |since, limit| {
        let questions = evening.store.recent_questions(since, limit).await.unwrap();
        questions.into_iter().map(|(text, _)| text.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed(asked_at[0], 10).await, ["Liv spør", "Per spør", "Ola spør"]);
    assert_eq!(listed(asked_at[1], 10).await, ["Liv spør", "Per spør"]);
    assert_eq!(listed(asked_at[0], 1).await, ["Liv spør"]);
}
