//! What became of a ticket is told its employee directly, or in the thread; once, and in one of the two.

use std::time::Duration;

use serde_json::json;

use super::harness::Town;
use crate::ports::Outbox;
use crate::testing::discord::{ChannelId, Failure, Person, Posted, Route};

/// Ola's ticket 1001 in its room, with its card.
async fn with_ticket(town: &Town, ola: &Person) -> (ChannelId, Posted) {
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    (room, card)
}

fn that_say(town: &Town, place: ChannelId, words: &str) -> usize {
    town.discord.bot_messages(place).iter().filter(|post| post.content.contains(words)).count()
}

#[tokio::test]
async fn taken_and_resolved_are_told_directly_with_the_way_to_the_thread() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = with_ticket(&town, &ola).await;
    let direct = ola.direct_channel();
    kari.presses(card.id, "Ta saken").await;
    let taken = format!("Kari har tatt sak **1001** og svarer deg i <#{room}>.");
    town.discord.wait_for_bot_message(direct, |post| post.content == taken).await;
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.buttons.contains(&"Løst".to_owned())).await;
    kari.presses(held.id, "Løst").await.submits(&[]).await;
    let ask = town.discord.wait_for_bot_message(direct, |post| post.content.contains("Er den løst for deg også?")).await;
    assert!(ask.content.contains(&format!("<#{room}>")), "{}", ask.content);
    ola.presses(ask.id, "Nei, det er ikke løst").await;
    let reopened = format!("Sak **1001** er åpnet igjen. En person svarer deg i <#{room}>.");
    town.discord.wait_for_bot_message(direct, |post| post.content == reopened).await;
    for words in ["har tatt", "løst for deg", "igjen"] {
        assert_eq!(that_say(&town, room, words), 0, "{words} is told in one place");
    }
    town.discord.assert_honest();
}

#[tokio::test]
async fn who_takes_no_direct_messages_is_called_in_the_thread() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    ola.closes_direct_messages();
    let (room, card) = with_ticket(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    let words = "Kari har tatt saken din og svarer deg her.";
    let told = town.discord.wait_for_bot_message(room, |post| post.content.ends_with(words)).await;
    assert_eq!(told.mentions, [ola.id()]);
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.buttons.contains(&"Løst".to_owned())).await;
    kari.presses(held.id, "Løst").await.submits(&[]).await;
    let ask = town.discord.wait_for_bot_message(room, |post| post.content.contains("Er den løst for deg også?")).await;
    ola.presses(ask.id, "Ja, det er løst").await;
    town.discord.wait_for_bot_message(room, |post| post.content.contains("Da er saken lukket")).await;
    assert!(town.discord.bot_messages(ola.direct_channel()).is_empty());
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_notice_whose_receipt_was_lost_is_told_once_wherever_it_went() {
    for takes_direct_messages in [true, false] {
        let town = Town::new().await;
        town.discord.remember_nonces_for(Duration::ZERO);
        let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
        if !takes_direct_messages {
            ola.closes_direct_messages();
        }
        let (room, card) = with_ticket(&town, &ola).await;
        town.discord.wait_for_bot_message(room, |post| post.content.contains("> skjermen er svart")).await;
        town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Samtalen fortsetter")).await;
        town.discord.fail_next_on(Route::CreateMessage, usize::from(takes_direct_messages), Failure::LostReply);
        kari.presses(card.id, "Ta saken").await;
        let place = if takes_direct_messages { ola.direct_channel() } else { room };
        town.discord.wait_for_bot_message(place, |post| post.content.contains("Kari har tatt sak")).await;
        if takes_direct_messages {
            town.until_put_off().await;
            ola.closes_direct_messages();
            town.passes(Duration::from_secs(10));
        }
        town.discord.wait_for_thread_member(room, kari.id()).await;
        let said = that_say(&town, room, "Kari har tatt sak") + that_say(&town, ola.direct_channel(), "Kari har tatt sak");
        assert_eq!(said, 1);
    }
}

#[tokio::test]
async fn a_notice_that_was_tried_is_told_directly_where_the_thread_is_gone_since() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = with_ticket(&town, &ola).await;
    town.until_nothing_waits().await;
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::ServerError);
    kari.presses(card.id, "Ta saken").await;
    town.until_put_off().await;
    town.discord.remove_channel(room);
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.contains("Kari har tatt sak")).await;
    town.until_nothing_waits().await;
    let number = json!({ "name": "number", "type": 4, "value": 1001 });
    let text = json!({ "name": "text", "type": 3, "value": "og varm" });
    ola.runs(town.help, "sak", json!([{ "name": "add", "type": 1, "options": [number, text] }])).await;
    town.until_said(&ola, "the employee", "og varm").await;
    town.until_nothing_waits().await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0, "the desk has what was added, where nobody can read in the room");
}

#[tokio::test]
async fn what_people_say_to_each_other_stays_in_the_thread() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = with_ticket(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    ola.says(room, "hei").await;
    kari.says(room, "Hei, jeg ser på det.").await;
    town.until_said(&ola, "Kari", "Hei, jeg ser på det.").await;
    assert_eq!(that_say(&town, ola.direct_channel(), ""), 1, "only that it was taken");
    town.discord.assert_honest();
}
