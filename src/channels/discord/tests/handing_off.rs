//! A person takes over, talks with the employee, and resolves.

use std::time::Duration;

use super::harness::Town;
use crate::domain::ticket::Status;
use crate::testing::discord::{ChannelId, Failure, Person, Posted, Route};

/// Ola asks for a person; gives back the room and the card.
pub(super) async fn handed_off(town: &Town, ola: &Person) -> (ChannelId, Posted) {
    let asked = ola.says(town.help, "glemt passord").await;
    let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    ola.presses(answer.id, "Jeg vil snakke med en person").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    // The card is on the platform a moment before it is kept that it is.
    town.until_nothing_waits().await;
    (room.id, card)
}

#[tokio::test]
async fn asking_for_a_person_makes_a_room_and_a_card() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (room, card) = handed_off(&town, &ola).await;
    let thread = town.discord.wait_for_thread(town.help, |thread| thread.id == room).await;
    assert!(thread.is_private && thread.members.contains(&ola.id()));
    let welcome = town.discord.wait_for_bot_message(room, |post| post.content.contains("> glemt passord")).await;
    assert_eq!(welcome.mentions, [ola.id()], "Ola finds the room because it pings them, and nobody else");
    town.discord.wait_for_bot_message(town.help, |post| post.content == format!("Samtalen fortsetter i <#{room}>.")).await;
    assert!(card.content.contains("**Venter**") && card.content.contains("Fra Ola"), "{}", card.content);
    assert!(card.content.contains("https://hjelp.example.no/desk/tickets/1001"));
    assert_eq!(card.buttons, ["Ta saken", "Overfør", "Prioritet", "Hendelse"]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn one_operator_takes_it_and_the_other_is_told_who_has_it() {
    let town = Town::new().await;
    let (ola, kari, nils) = (town.employee("Ola"), town.consultant("Kari"), town.consultant("Nils"));
    let (room, card) = handed_off(&town, &ola).await;
    town.discord.fail_next_on(Route::EditMessage, 1, Failure::Held);
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let told = format!("Kari har tatt sak **1001** og svarer deg i <#{room}>.");
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content == told).await;
    let late = nils.presses(card.id, "Ta saken").await;
    let told = late.wait_for_message(|post| post.content == "Kari har sak 1001.").await;
    assert_eq!(told.only_for, Some(nils.id()));
    town.discord.release_held();
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Kari har den**")).await;
    assert_eq!(held.id, card.id);
    assert_eq!(held.buttons, ["Legg tilbake", "Overfør", "Prioritet", "Hendelse", "Løst"]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn they_talk_it_is_resolved_and_no_opens_the_same_ticket_again() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    kari.says(room, "Hei, jeg ser på det.").await;
    town.until_said(&ola, "Kari", "Hei, jeg ser på det.").await;
    ola.says(room, "Tusen takk!").await;
    town.until_said(&ola, "the employee", "Tusen takk!").await;
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.buttons.contains(&"Løst".to_owned())).await;
    kari.presses(held.id, "Løst").await.submits(&[]).await;
    let direct = ola.direct_channel();
    let ask = town.discord.wait_for_bot_message(direct, |post| post.content.contains("Er den løst for deg også?")).await;
    ola.presses(ask.id, "Nei, det er ikke løst").await;
    town.discord.wait_for_bot_message(direct, |post| post.content.contains("Sak **1001** er åpnet igjen")).await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Venter**")).await;
    let tickets = town.tickets().await;
    assert_eq!(tickets.iter().map(|ticket| (ticket.number.get(), ticket.status)).collect::<Vec<_>>(), [(1001, Status::Waiting)]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn without_a_role_whoever_sees_the_groups_channel_is_its_operator() {
    let town = Town::new().await;
    let (ola, eva) = (town.employee("Ola"), town.employee("Eva"));
    ola.says(town.help, "journalen henger").await;
    let card = town.discord.wait_for_bot_message(town.clinic, |post| post.content.contains("journalen henger")).await;
    eva.presses(card.id, "Ta saken").await;
    town.discord.wait_for_bot_message(town.clinic, |post| post.content.contains("**Eva har den**")).await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    town.discord.wait_for_thread_member(room, eva.id()).await;
    eva.says(room, "Start den på nytt.").await;
    town.until_said(&ola, "Eva", "Start den på nytt.").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_direct_conversation_is_its_own_room() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    ola.says_privately("skjermen er svart").await;
    let direct = ola.direct_channel();
    town.discord.wait_for_bot_message(direct, |post| post.content.contains("Saksnummeret ditt er **1001**")).await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("skjermen er svart")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_bot_message(direct, |post| post.content.starts_with("Kari har tatt saken din")).await;
    ola.says_privately("fortsatt svart").await;
    town.until_said(&ola, "the employee", "fortsatt svart").await;
    assert_eq!(town.tickets().await.len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_room_that_was_put_away_is_written_in_all_the_same() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    town.discord.archive(room);
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.starts_with("Kari har tatt sak **1001**")).await;
    ola.says(room, "er noen her?").await;
    town.until_said(&ola, "the employee", "er noen her?").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn without_the_groups_role_a_ticket_cannot_be_taken() {
    let town = Town::new().await;
    let (ola, per) = (town.employee("Ola"), town.employee("Per"));
    let (room, card) = handed_off(&town, &ola).await;
    let refused = per.presses(card.id, "Ta saken").await;
    let told = refused.wait_for_message(|post| post.content.contains("en gruppe som du ikke er med i")).await;
    assert_eq!(told.only_for, Some(per.id()));
    assert!(!per.sees(room));
    assert!(town.tickets().await.iter().all(|ticket| ticket.holder.is_none()));
}

#[tokio::test]
async fn an_old_card_is_left_and_a_new_one_is_shown() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    town.passes(Duration::from_hours(2));
    kari.presses(card.id, "Ta saken").await;
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Kari har den**")).await;
    assert_ne!(held.id, card.id);
    town.discord.assert_honest();
}
