//! Whatever goes wrong on the way, everything is said, and nothing twice.

use std::time::Duration;

use super::harness::Town;
use crate::testing::discord::{Failure, Person, Route};

/// What the bot has said in answer to Ola, once it has answered something asked afterwards.
async fn said_in_all(town: &Town, ola: &Person) -> Vec<String> {
    let last = ola.says(town.help, "hei").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(last)).await;
    let said = town.discord.bot_messages(town.help).into_iter().map(|post| post.content);
    said.filter(|said| !said.starts_with("Hei!")).collect()
}

#[tokio::test]
async fn a_message_that_arrives_twice_is_answered_once() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.deliver_twice();
    let asked = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(said_in_all(&town, &ola).await.len(), 1);
}

#[tokio::test]
async fn messages_that_overtake_each_other_are_handled_in_their_order() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.hold_events();
    let mut asked = Vec::new();
    for _ in 0..3 {
        asked.push(ola.says(town.help, "glemt passord").await);
    }
    town.discord.release_events();
    for asked in &asked {
        town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(*asked)).await;
    }
    let answered: Vec<_> = town.discord.bot_messages(town.help).iter().filter_map(|post| post.answers).collect();
    assert_eq!(answered, asked);
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_is_not_said_again() {
    for remembered in [Duration::from_mins(5), Duration::ZERO] {
        let town = Town::new().await;
        town.discord.remember_nonces_for(remembered);
        let ola = town.employee("Ola");
        town.discord.fail_next_on(Route::CreateMessage, 1, Failure::LostReply);
        let asked = ola.says(town.help, "glemt passord").await;
        town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
        town.until_put_off().await;
        town.passes(Duration::from_secs(10));
        assert_eq!(said_in_all(&town, &ola).await.len(), 1, "nonces are remembered for {remembered:?}");
        town.discord.assert_honest();
    }
}

#[tokio::test]
async fn a_room_whose_receipt_was_lost_is_found_again() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::CreateThread, 1, Failure::LostReply);
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    town.until_put_off().await;
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(room.id, |post| post.content.contains("> skjermen er svart")).await;
    assert_eq!(town.discord.threads(town.help).len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_busy_platform_is_asked_again_later() {
    let busy = Failure::RateLimited { retry_after: Duration::from_secs(1) };
    for failure in [busy, Failure::RateLimitedBare, Failure::ServerError, Failure::Reset] {
        let town = Town::new().await;
        let ola = town.employee("Ola");
        town.discord.fail_next_on(Route::CreateMessage, 1, failure);
        let asked = ola.says(town.help, "glemt passord").await;
        town.until_put_off().await;
        town.passes(Duration::from_secs(10));
        town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
        assert_eq!(said_in_all(&town, &ola).await.len(), 1, "{failure:?}");
    }
}

#[tokio::test]
async fn an_answer_is_said_even_where_its_question_was_deleted_unheard() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::ServerError);
    let asked = ola.says(town.help, "glemt passord").await;
    town.until_put_off().await;
    town.stop().await;
    ola.deletes(asked).await;
    town.start().await;
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(town.help, |post| post.content.starts_with("**Om glemt-passord**")).await;
}
