//! A room is gone before it is finished, or before it is known what was said there.

use std::time::Duration;

use super::harness::Town;
use crate::ports::Outbox;
use crate::testing::discord::{Failure, Route};

#[tokio::test]
async fn a_room_that_is_deleted_before_it_is_finished_is_made_anew() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::AddThreadMember, 1, Failure::ServerError);
    ola.says(town.help, "skjermen er svart").await;
    town.until_put_off().await;
    let begun = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    town.discord.remove_channel(begun);
    town.passes(Duration::from_secs(10));
    let anew = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001" && thread.id != begun).await.id;
    town.discord.wait_for_bot_message(anew, |post| post.content.contains("> skjermen er svart")).await;
    ola.says(anew, "Hallo?").await;
    town.until_said(&ola, "the employee", "Hallo?").await;
    town.until_nothing_waits().await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
}

#[tokio::test]
async fn what_the_platform_still_remembers_from_a_deleted_room_is_said_in_the_next_one() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::AddThreadMember, 1, Failure::ServerError);
    ola.says(town.help, "skjermen er svart").await;
    town.until_put_off().await;
    let begun = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    // The first words are said, and their receipt is lost: after the hand-off itself, they are what is posted next.
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::LostReply);
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(begun, |post| post.content.contains("> skjermen er svart")).await;
    town.until_put_off().await;
    town.discord.remove_channel(begun);
    town.passes(Duration::from_secs(20));
    let anew = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001" && thread.id != begun).await.id;
    town.discord.wait_for_bot_message(anew, |post| post.content.contains("> skjermen er svart")).await;
    town.until_nothing_waits().await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
}
