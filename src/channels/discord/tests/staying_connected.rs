//! The connection: starting, stopping, losing it, coming back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::super::{GatewayState, Weight};
use super::harness::Town;
use crate::domain::message::{Content, Redacted, Visibility};
use crate::domain::room::RoomNews;
use crate::ports::Conversations;
use crate::testing::discord::{Disconnect, intent, permission};

#[tokio::test]
async fn what_stood_there_before_the_very_first_start_is_left_alone() {
    let mut town = Town::asleep().await;
    let ola = town.employee("Ola");
    ola.says(town.help, "glemt passord").await;
    town.start().await;
    let asked = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1);
    assert_eq!(town.running().state(), GatewayState::Connected { hears_everything: true });
}

#[tokio::test]
async fn what_was_asked_while_away_is_answered_after_the_restart_and_nothing_twice() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    let before = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(before)).await;
    town.stop().await;
    let missed = ola.says(town.help, "glemt passord igjen").await;
    town.start().await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(missed)).await;
    let answered: Vec<_> = town.discord.bot_messages(town.help).iter().filter_map(|post| post.answers).collect();
    assert_eq!(answered, [before, missed]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn words_in_a_room_while_away_reach_the_desk() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("fortsetter i")).await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Sak 1001")).await;
    town.stop().await;
    ola.says(room, "den er fortsatt svart").await;
    town.start().await;
    town.until_said(&ola, "the employee", "den er fortsatt svart").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn after_an_invalid_session_what_was_missed_is_read() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.open_gateway(false);
    town.discord.disconnect(Disconnect::InvalidSession { resumable: false });
    let missed = ola.says(town.help, "glemt passord").await;
    town.discord.open_gateway(true);
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(missed)).await;
    assert_eq!(town.discord.identifies(), 2);
}

#[tokio::test]
async fn a_lost_connection_is_resumed_without_another_sign_in() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.disconnect(4000);
    town.discord.wait_for_resumes(1).await;
    let asked = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(town.discord.identifies(), 1);
}

#[tokio::test]
async fn without_the_intent_it_says_so_and_hears_what_is_said_to_it() {
    let mut town = Town::asleep().await;
    town.discord.allow_message_content(false);
    town.start().await;
    assert_eq!(town.discord.intents().map(|intents| intents & intent::MESSAGE_CONTENT), Some(0));
    assert!(town.running().state().to_string().contains("Message Content Intent"), "{}", town.running().state());
    let ola = town.employee("Ola");
    ola.says(town.help, "glemt passord").await;
    let asked = ola.says(town.help, &format!("<@{}> glemt passord", town.discord.bot())).await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1);
}

#[tokio::test]
async fn without_the_intent_a_tickets_room_says_how_to_be_heard_and_the_desk_learns_of_what_was_not() {
    let mut town = Town::asleep().await;
    town.discord.allow_message_content(false);
    town.start().await;
    let (ola, me) = (town.employee("Ola"), format!("<@{}>", town.discord.bot()));
    ola.says(town.help, &format!("{me} skjermen er svart")).await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    let says_how = format!("Start hver melding med {me}");
    town.discord.wait_for_bot_message(room, |post| post.content.contains(&says_how)).await;
    ola.says(room, "Den ble svart i går.").await;
    ola.says(room, "Er du der?").await;
    ola.says(room, &format!("{me} Den står på kontoret.")).await;
    town.until_said(&ola, "the employee", "Den står på kontoret.").await;
    let conversation = town.store.conversations_after(None, 10).await.unwrap().remove(0);
    let lines = town.store.lines(conversation.id, None, Visibility::Desk).await.unwrap();
    let told = lines.iter().filter(|recorded| recorded.line.content == Content::Room(RoomNews::Unreadable)).count();
    assert_eq!(told, 1, "the desk is told once that there is more to read there: {lines:?}");
    assert!(lines.iter().all(|recorded| recorded.line.content != Content::Text(Redacted::vouched(""))));
}

#[tokio::test]
async fn stopping_takes_no_longer_than_three_seconds() {
    let mut town = Town::new().await;
    let began = Instant::now();
    town.stop().await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_doctor_names_what_is_missing() {
    let town = Town::asleep().await;
    let all: Vec<_> = town.channel().check().await.into_iter().filter(|finding| finding.weight != Weight::Fine).collect();
    assert!(
        matches!(all.as_slice(), [one] if one.weight == Weight::Doubtful && one.text.contains("everybody sees #klinisk-skranke")),
        "{all:?}"
    );
    town.discord.deny(town.help, permission::MANAGE_THREADS | permission::CREATE_PRIVATE_THREADS);
    town.discord.hide(town.desk);
    let bad: Vec<_> = town
        .channel()
        .check()
        .await
        .into_iter()
        .filter(|finding| finding.weight == Weight::Wrong)
        .map(|finding| finding.text)
        .collect();
    assert_eq!(bad.len(), 2, "{bad:?}");
    assert!(bad[0].contains("#hjelp") && bad[0].ends_with("lacks: Create Private Threads, Manage Threads"), "{}", bad[0]);
    assert!(bad[1].contains("for the operators of general"), "{}", bad[1]);
}

#[tokio::test]
async fn a_token_that_is_not_known_is_said_so_without_a_sign_in() {
    let town = Town::asleep().await;
    let discord = town.with_a_wrong_token();
    let findings: Vec<_> = discord.check().await.into_iter().map(|finding| (finding.weight, finding.text)).collect();
    assert!(matches!(findings.as_slice(), [(Weight::Wrong, text)] if text.contains("FIRSTLINE_DISCORD_TOKEN")), "{findings:?}");
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let (discord, stop) = (Arc::clone(&discord), stop.clone());
        async move { discord.run(stop).await }
    });
    town.until("the refusal", async |_| matches!(discord.state(), GatewayState::Refused(_)).then_some(())).await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!((town.discord.identifies(), discord.state()), (0, GatewayState::Stopped));
}
