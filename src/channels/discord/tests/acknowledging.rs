//! What somebody presses or commands is done first, and Discord is told afterwards: what is acknowledged is kept.

use std::time::Duration;

use serde_json::json;

use super::handing_off::handed_off;
use super::harness::Town;
use crate::domain::ids::TicketNumber;
use crate::domain::message::{Content, Visibility};
use crate::domain::ticket::Status;
use crate::ports::{Conversations, Incidents};
use crate::testing::discord::{AnswerKind, Failure, Outcome, Press, Route};

async fn status(town: &Town) -> Status {
    town.store.ticket(TicketNumber::new(1001)).await.unwrap().expect("there is a ticket").status
}

async fn until_status(town: &Town, wanted: Status) {
    let what = format!("the ticket to be {wanted:?}");
    town.until(&what, async |_| (status(town).await == wanted).then_some(())).await;
}

fn is_waiting(press: &Press) -> bool {
    matches!(press.outcome(), Outcome::Waiting)
}

#[tokio::test]
async fn nothing_is_acknowledged_before_it_is_kept() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let asked = ola.says(town.help, "glemt passord").await;
    let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    town.until_nothing_waits().await;

    let held = town.store.hold_writes().await;
    let human = ola.presses(answer.id, "Jeg vil snakke med en person").await;
    tokio::task::yield_now().await;
    assert!(is_waiting(&human));
    drop(held);
    assert_eq!(human.answered().await.kind, AnswerKind::DeferredUpdate);
    assert_eq!(status(&town).await, Status::Waiting, "there is a ticket as soon as the press is acknowledged");
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    town.until_nothing_waits().await;

    assert_eq!(kari.presses(card.id, "Ta saken").await.answered().await.kind, AnswerKind::DeferredUpdate);
    assert_eq!(status(&town).await, Status::Taken);
    let ticket = json!({ "name": "ticket", "type": 4, "value": 1001 });
    let resolved = kari.runs(town.desk, "resolve", json!([ticket])).await.answered().await;
    assert_eq!((resolved.kind, resolved.is_ephemeral), (AnswerKind::Message, true));
    assert_eq!(status(&town).await, Status::Resolved);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_could_not_be_acknowledged_in_time_counts_and_the_card_tells() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    town.discord.fail_next_on(Route::AnswerInteraction, 1, Failure::Held);
    let press = kari.presses(card.id, "Ta saken").await;
    until_status(&town, Status::Taken).await;
    assert!(is_waiting(&press), "it is kept, and Discord does not know yet");
    town.passes(Duration::from_secs(4));
    town.discord.release_held();
    town.discord.wait_for_thread_member(room, kari.id()).await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Kari har den**")).await;
    assert!(matches!(press.outcome(), Outcome::Failed));

    let again = kari.presses(card.id, "Legg tilbake").await;
    assert_eq!(again.answered().await.kind, AnswerKind::DeferredUpdate);
    assert_eq!(status(&town).await, Status::Waiting);
}

#[tokio::test]
async fn what_comes_twice_is_done_and_told_once() {
    let town = Town::new().await;
    let (ola, lise) = (town.employee("Ola"), town.discord.member("Lise", &[town.operator, town.coordinator]));
    let (_, card) = handed_off(&town, &ola).await;
    town.discord.deliver_twice();
    lise.presses(card.id, "Ta saken").await.answered().await;
    let ticket = json!({ "name": "ticket", "type": 4, "value": 1001 });
    let note = json!([{ "name": "text", "type": 3, "value": "Prøvde å ringe" }, ticket.clone()]);
    let noted = lise.runs(town.desk, "note", note).await;
    noted.wait_for_message(|post| post.content.starts_with("Notatet er lagret på sak 1001.")).await;
    let menu = lise.presses(card.id, "Hendelse").await;
    let choices = menu.wait_for_message(|post| post.content.starts_with("Det er ingen åpne hendelser")).await;
    let form = lise.presses(choices.id, "Meld ny hendelse").await;
    form.submits(&[("title", "DIPS er nede"), ("text", "Bruk nødrutinen.")]).await;
    menu.wait_for_message(|post| post.content.starts_with("Hendelse 1 er meldt, og sak 1001 gjelder den.")).await;
    let again = lise.runs(town.desk, "take", json!([ticket])).await;
    again.wait_for_message(|post| post.content == "Du har sak 1001 allerede.").await;
    for press in [noted, menu, again] {
        assert_eq!(press.messages().len(), 1, "{:?}", press.messages());
    }
    let ticket = town.tickets().await.remove(0);
    let lines = town.store.lines(ticket.conversation, None, Visibility::Desk).await.unwrap();
    let kept = lines.iter().filter(|recorded| matches!(recorded.line.content, Content::Note(_)));
    assert_eq!(kept.count(), 1);
    assert_eq!(town.store.open_incidents(10).await.unwrap().len(), 1);
    town.discord.assert_honest();
}
