//! An employee looks after their own tickets by `/sak`, and nobody else's.

use serde_json::{Value, json};

use super::asking::{ask, told};
use super::harness::Town;
use crate::domain::ticket::Status;
use crate::testing::discord::{ChannelId, Person, Posted, Press};

fn verb(name: &str, options: &Value) -> Value {
    json!([{ "name": name, "type": 1, "options": options }])
}

fn number(of: i64) -> Value {
    json!({ "name": "number", "type": 4, "value": of })
}

async fn sak(person: &Person, place: ChannelId, name: &str, options: Value) -> Press {
    person.runs(place, "sak", verb(name, &options)).await
}

/// Ola's screen is black: ticket 1001, with its room.
async fn with_ticket() -> (Town, Person, ChannelId) {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    ola.says(town.help, "skjermen er *svart*").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    (town, ola, room)
}

#[tokio::test]
async fn an_employee_sees_their_own_tickets_and_nobody_elses() {
    let (town, ola, _) = with_ticket().await;
    let per = town.employee("Per");
    let list = told(&sak(&ola, town.help, "list", json!([])).await, r"**1001** skjermen er \*svart\*").await;
    assert_eq!(list.only_for, Some(ola.id()));
    told(&sak(&per, town.help, "list", json!([])).await, "Du har ingen saker").await;
    for name in ["status", "reopen", "close"] {
        told(&sak(&per, town.help, name, json!([number(1001)])).await, "Du har ingen sak 1001").await;
    }
    let text = json!({ "name": "text", "type": 3, "value": "hei" });
    told(&sak(&per, town.help, "add", json!([number(1001), text])).await, "Du har ingen sak 1001").await;
    assert_eq!(town.tickets().await[0].status, Status::Waiting);
    town.discord.assert_honest();
}

#[tokio::test]
async fn the_status_tells_who_has_it_and_what_happened() {
    let (town, ola, room) = with_ticket().await;
    let kari = town.consultant("Kari");
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let status = told(&sak(&ola, town.help, "status", json!([number(1001)])).await, "Kari har saken").await;
    assert!(status.content.contains("Generell støtte") && status.content.contains("Kari tok saken"), "{}", status.content);
    assert_eq!(status.buttons, ["Legg til noe", "Det er løst"]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_is_added_stands_in_the_room_once() {
    let (town, ola, room) = with_ticket().await;
    town.discord.deliver_twice();
    let text = json!({ "name": "text", "type": 3, "value": "og varm" });
    told(&sak(&ola, town.help, "add", json!([number(1001), text])).await, "Det er lagt til i sak **1001**").await;
    town.discord.wait_for_bot_message(room, |post| post.content == "**Ola** la til: og varm").await;
    let status = told(&sak(&ola, town.help, "status", json!([number(1001)])).await, "Du skrev mer").await;
    let form = ola.presses(status.id, "Legg til noe").await;
    told(&form.submits(&[("text", "og tung")]).await, "Det er lagt til").await;
    town.discord.wait_for_bot_message(room, |post| post.content == "**Ola** la til: og tung").await;
    let added = town.discord.bot_messages(room).into_iter().filter(|post| post.content.contains("la til:")).count();
    assert_eq!(added, 2);
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_employee_closes_and_reopens_a_ticket() {
    let (town, ola, room) = with_ticket().await;
    told(&sak(&ola, town.help, "close", json!([number(1001)])).await, "Da er saken lukket").await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Løst** av Ola")).await;
    assert_eq!(town.tickets().await[0].status, Status::Resolved);
    told(&sak(&ola, town.help, "close", json!([number(1001)])).await, "Sak **1001** er lukket").await;
    let text = json!({ "name": "text", "type": 3, "value": "hei" });
    told(&sak(&ola, town.help, "add", json!([number(1001), text])).await, "Det går ikke slik sak 1001 står nå").await;
    let reopened = told(&sak(&ola, town.help, "reopen", json!([number(1001)])).await, "Da åpner jeg sak **1001** igjen").await;
    assert!(reopened.content.contains(&format!("<#{room}>")), "{}", reopened.content);
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Venter**")).await;
    assert_eq!(town.tickets().await[0].status, Status::Waiting);
    town.discord.assert_honest();
}

#[tokio::test]
async fn in_a_channel_that_others_read_nothing_is_told_of_what_was_asked_elsewhere() {
    let (town, ola, room) = with_ticket().await;
    ola.says_privately("journalen med lønna mi henger").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.contains("**1002**")).await;
    told(&ask(&ola, town.mentions, "jeg fant ikke skjermen min").await, "**1003**").await;
    let lists = |post: &Posted| post.content.starts_with("Dette er sakene dine:");

    town.discord.wait_for_bot_message(room, |post| post.content.contains("> skjermen er")).await;
    ola.says(town.help, &format!("<@{}> hvor er saken min?", town.discord.bot())).await;
    let open = town.discord.wait_for_bot_message(town.help, lists).await.content;
    assert!(open.contains(r"**1001** skjermen er \*svart\*: venter"), "it was asked here: {open}");
    assert!(open.contains("**1002**: venter") && open.contains("**1003**: venter"), "{open}");
    assert!(open.ends_with("Skriv `/sak liste`, så får du se det, og bare du."), "{open}");

    let in_room = "hvor er saken min nå?";
    ola.says(room, in_room).await;
    let seen_by_operators = town.discord.wait_for_bot_message(room, lists).await.content;
    assert!(seen_by_operators.contains(r"skjermen er \*svart\*") && seen_by_operators.contains("**1002**: venter"));
    let alone = ask(&ola, town.help, in_room).await.wait_for_message(lists).await.content;
    assert!(alone.contains("**1002** journalen med lønna mi henger: venter"), "{alone}");
    ola.says_privately(in_room).await;
    let directly = town.discord.wait_for_bot_message(ola.direct_channel(), lists).await.content;
    assert_eq!(directly, alone);
    for place in [town.help, room] {
        assert!(!town.discord.bot_messages(place).iter().any(|post| post.only_for.is_none() && post.content.contains("lønna")));
    }
    town.discord.assert_honest();
}

#[tokio::test]
async fn own_tickets_are_offered_while_typing() {
    let (town, ola, _) = with_ticket().await;
    let per = town.employee("Per");
    let typing = |typed: &str| verb("status", &json!([{ "name": "number", "type": 4, "value": typed, "focused": true }]));
    let choices = ola.types(town.help, "sak", typing("svart")).await.answered().await;
    assert_eq!(choices.data["choices"], json!([{ "name": "1001 skjermen er *svart* (venter)", "value": 1001 }]));
    for (person, typed) in [(&ola, "99"), (&per, "1")] {
        let choices = person.types(town.help, "sak", typing(typed)).await.answered().await;
        assert_eq!(choices.data["choices"], json!([]));
    }
    town.discord.assert_honest();
}
