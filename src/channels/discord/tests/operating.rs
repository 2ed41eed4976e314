//! Operators do all of their work from the card, or by commands, and are told alone what came of it.

use serde_json::{Value, json};

use super::handing_off::handed_off;
use super::harness::Town;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::message::{Content, Visibility};
use crate::domain::ticket::{Priority, Status};
use crate::ports::{Conversations, TicketSummary};
use crate::testing::discord::{ChannelId, Person, Press};

async fn ticket(town: &Town) -> TicketSummary {
    town.store.ticket(TicketNumber::new(1001)).await.unwrap().expect("there is a ticket")
}

fn option(name: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    json!({ "name": name, "type": if value.is_string() { 3 } else { 4 }, "value": value })
}

/// What is offered while somebody types in an option.
async fn offered(person: &Person, place: ChannelId, command: &str, name: &str, typed: &str) -> Vec<(String, Value)> {
    let mut typing = option(name, typed);
    typing["focused"] = json!(true);
    if matches!(name, "ticket" | "into") {
        typing["type"] = json!(4);
    }
    let answer = person.types(place, command, json!([typing])).await.answered().await;
    let choices = answer.data["choices"].as_array().cloned().unwrap_or_default();
    choices.iter().map(|choice| (choice["name"].as_str().unwrap_or_default().to_owned(), choice["value"].clone())).collect()
}

async fn told(press: &Press, words: &str) {
    press.wait_for_message(|post| post.content.contains(words) && post.only_for.is_some()).await;
}

#[tokio::test]
async fn a_ticket_is_transferred_from_its_card() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    let asked = kari.presses(card.id, "Overfør").await;
    let menu = asked.wait_for_message(|post| post.content.starts_with("Hvem skal ha sak 1001?")).await;
    assert_eq!(menu.only_for, Some(kari.id()));
    let form = kari.chooses(menu.id, "Velg gruppe", &["clinical"]).await;
    form.submits(&[("text", "Gjelder kurven")]).await;
    town.discord.wait_for_bot_message(town.clinic, |post| post.content.contains("**Sak 1001**")).await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Gitt videre til Klinisk støtte <t:")).await;
    let moved = ticket(&town).await;
    assert_eq!(moved.group, GroupId::new("clinical"));
    let lines = town.store.lines(moved.conversation, None, Visibility::Desk).await.unwrap();
    assert!(lines.iter().any(|line| matches!(&line.line.content, Content::Note(why) if why.as_str() == "Gjelder kurven")));
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_ticket_is_transferred_by_command_to_one_of_326_groups() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    handed_off(&town, &ola).await;
    assert_eq!(offered(&kari, town.desk, "transfer", "group", "").await.len(), 25);
    let found = offered(&kari, town.desk, "transfer", "group", "labratoriet").await;
    assert_eq!(found.first(), Some(&("Laboratoriet (laboratory)".to_owned(), json!("laboratory"))));
    let tickets = offered(&kari, town.desk, "transfer", "ticket", "passord").await;
    assert_eq!(tickets, [("1001 · glemt passord".to_owned(), json!(1001))]);

    let options = json!([option("group", "laboratory"), option("reason", "Deres system"), option("ticket", 1001)]);
    told(&kari.runs(town.desk, "transfer", options.clone()).await, "Sak 1001 er overført.").await;
    assert_eq!(ticket(&town).await.group, GroupId::new("laboratory"));
    told(&kari.runs(town.desk, "transfer", options).await, "Det kan du ikke gjøre med sak 1001.").await;
    let nowhere = json!([option("group", "mars"), option("reason", "x"), option("ticket", 1002)]);
    told(&kari.runs(town.desk, "transfer", nowhere).await, "Sak 1002 finnes ikke.").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn how_urgent_a_ticket_is_follows_from_two_choices() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    let asked = kari.presses(card.id, "Prioritet").await;
    let menu = asked.wait_for_message(|post| post.content == "Hvor mange gjelder sak 1001?").await;
    kari.chooses(menu.id, "Velg hvor mange", &["unit"]).await;
    let menu = asked.wait_for_message(|post| post.content == "Hvor mye haster sak 1001?").await;
    kari.chooses(menu.id, "Velg hvor mye det haster", &["high"]).await;
    asked.wait_for_message(|post| post.content == "Prioriteten til sak 1001 er endret.").await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Prioritet: **kritisk**")).await;
    assert_eq!(ticket(&town).await.priority, Priority::Critical);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_ticket_is_resolved_with_a_last_word() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.buttons.contains(&"Løst".to_owned())).await;
    let done = kari.presses(held.id, "Løst").await.submits(&[("text", "Passordet er nytt nå.")]).await;
    told(&done, "Sak 1001 er løst, og den ansatte får vite det.").await;
    town.discord.wait_for_bot_message(room, |post| post.content == "**Kari:** Passordet er nytt nå.").await;
    let direct = ola.direct_channel();
    town.discord.wait_for_bot_message(direct, |post| post.content.contains("Er den løst for deg også?")).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn commands_in_the_room_are_about_its_ticket() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    told(&kari.runs(room, "take", json!([])).await, "Du har sak 1001 allerede.").await;
    told(&kari.runs(room, "note", json!([option("text", "Prøvde å ringe")])).await, "Notatet er lagret på sak 1001.").await;
    told(&kari.runs(room, "release", json!([])).await, "Sak 1001 er lagt tilbake i køen.").await;
    told(&kari.runs(room, "resolve", json!([])).await, "Sak 1001 er løst").await;
    told(&kari.runs(town.desk, "take", json!([])).await, "Hvilken sak?").await;
    assert_eq!(ticket(&town).await.status, Status::Resolved);
    let seen = town.discord.transcript(room);
    assert!(!seen.contains("Prøvde å ringe"), "{seen}");
    town.discord.assert_honest();
}

#[tokio::test]
async fn without_the_role_nothing_can_be_done_whatever_is_pressed() {
    let town = Town::new().await;
    let (ola, per) = (town.employee("Ola"), town.employee("Per"));
    let (_, card) = handed_off(&town, &ola).await;
    let refused = "Det kan du ikke gjøre med sak 1001.";
    for button in ["Ta saken", "Overfør", "Prioritet", "Hendelse"] {
        told(&per.presses(card.id, button).await, refused).await;
    }
    for (command, options) in [
        ("resolve", json!([option("ticket", 1001)])),
        ("transfer", json!([option("group", "clinical"), option("reason", "x"), option("ticket", 1001)])),
        ("reply", json!([option("reply", "nb/vi-kommer"), option("ticket", 1001)])),
        ("article", json!([option("ticket", 1001)])),
    ] {
        told(&per.runs(town.desk, command, options).await, refused).await;
    }
    assert!(offered(&per, town.desk, "take", "ticket", "").await.is_empty());
    assert_eq!(ticket(&town).await.status, Status::Waiting);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_standard_reply_is_shown_to_the_operator_alone_and_said_once() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let found = offered(&kari, room, "reply", "reply", "kommer til deg").await;
    assert_eq!(found, [("Vi kommer til deg".to_owned(), json!("nb/vi-kommer"))]);
    let shown = kari.runs(room, "reply", json!([option("reply", "nb/vi-kommer")])).await;
    let preview = shown.wait_for_message(|post| post.content.contains("Hei Ola. Vi kommer til deg om sak 1001.")).await;
    assert_eq!(preview.only_for, Some(kari.id()));
    let (one, other) =
        tokio::join!(kari.presses(preview.id, "Send til den ansatte"), kari.presses(preview.id, "Send til den ansatte"));
    drop((one, other));
    town.discord.wait_for_bot_message(room, |post| post.content.starts_with("**Kari:** Hei Ola.")).await;
    shown.wait_for_message(|post| post.content.starts_with("Dette er sendt allerede")).await;
    town.until_nothing_waits().await;
    let said = town.discord.bot_messages(room).into_iter().filter(|post| post.content.starts_with("**Kari:** Hei Ola.")).count();
    assert_eq!(said, 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_is_still_to_be_filled_in_is_asked_for_before_it_is_sent() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let shown = kari.runs(room, "reply", json!([option("reply", "nb/hvor")])).await;
    let preview = shown.wait_for_message(|post| post.content.contains("Fyll ut før du sender")).await;
    assert_eq!(preview.buttons, ["Endre først"]);
    let filled = kari.presses(preview.id, "Endre først").await.submits(&[("text", "Hei Ola. Vi kommer til {sted?}.")]).await;
    drop(filled);
    shown.wait_for_message(|post| post.content.contains("ingenting er sendt")).await;
    assert!(!town.discord.transcript(room).contains("Vi kommer til"));
    town.discord.assert_honest();
}

#[tokio::test]
async fn articles_that_fit_are_offered_and_one_is_sent() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    let shown = kari.runs(town.desk, "article", json!([option("ticket", 1001)])).await;
    let list = shown.wait_for_message(|post| post.content.contains("Artikler som kan passe til sak 1001.")).await;
    assert!(list.content.contains("Om glemt-passord") && list.content.contains("(90 %)"), "{}", list.content);
    kari.chooses(list.id, &list.custom_ids[0], &["glemt-passord"]).await;
    let preview = shown.wait_for_message(|post| post.content.contains("> 1. Gjør det ene.")).await;
    kari.presses(preview.id, "Send til den ansatte").await;
    let said = town.discord.wait_for_bot_message(room, |post| post.content.starts_with("**Kari:** Om glemt-passord")).await;
    assert!(said.content.contains("Gjør det andre."), "{}", said.content);
    let titles = offered(&kari, town.desk, "article", "article", "skriver").await;
    assert_eq!(titles, [("Om skriver".to_owned(), json!("skriver"))]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_coordinator_announces_an_incident_from_the_card() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let lise = town.discord.member("Lise", &[town.operator, town.coordinator]);
    let (_, card) = handed_off(&town, &ola).await;
    let none = kari.presses(card.id, "Hendelse").await;
    let menu = none.wait_for_message(|post| post.content.starts_with("Det er ingen åpne hendelser")).await;
    assert!(menu.buttons.is_empty(), "only coordinators announce");
    let asked = lise.presses(card.id, "Hendelse").await;
    let menu = asked.wait_for_message(|post| post.content.starts_with("Det er ingen åpne hendelser")).await;
    let form = lise.presses(menu.id, "Meld ny hendelse").await;
    form.submits(&[("title", "DIPS er nede"), ("text", "Bruk nødrutinen.")]).await;
    asked.wait_for_message(|post| post.content.starts_with("Hendelse 1 er meldt, og sak 1001 gjelder den.")).await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Gjelder hendelse 1")).await;
    let known = kari.presses(card.id, "Hendelse").await;
    let menu = known.wait_for_message(|post| post.content == "Hvilken hendelse gjelder sak 1001?").await;
    kari.chooses(menu.id, "Velg hendelse", &["1"]).await;
    known.wait_for_message(|post| post.content == "Det er allerede gjort.").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn operators_commands_are_not_shown_to_everybody_and_have_names_in_three_languages() {
    let town = Town::new().await;
    let registered = town.discord.requests().into_iter().rev().find(|request| request.path.ends_with("/commands"));
    let commands = registered.and_then(|request| request.body.as_array().cloned()).expect("the commands are registered");
    let names = [("transfer", "overfør"), ("reply", "svar"), ("article", "artikkel"), ("take", "ta"), ("resolve", "løst")];
    for (name, norwegian) in names {
        let command = commands.iter().find(|command| command["name"] == name).expect("it is listed");
        assert_eq!(command["name_localizations"]["no"], norwegian);
        assert_eq!(command["name_localizations"]["en-GB"], name);
        assert_eq!(command["default_member_permissions"], "8192", "those who may manage messages");
        assert_eq!(command["contexts"], json!([0]));
    }
    town.discord.assert_honest();
}
