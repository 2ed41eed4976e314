//! What the bot overhears, and to whom it keeps quiet.

use std::time::Duration;

use super::harness::Town;
use crate::testing::discord::{ChannelId, MessageId, Person};

/// Asks something that is answered; whatever was to be said before has been said then.
async fn answered(town: &Town, channel: ChannelId, asker: &Person, words: &str) -> MessageId {
    let question = asker.says(channel, words).await;
    town.discord.wait_for_bot_message(channel, |post| post.answers == Some(question)).await.id
}

#[tokio::test]
async fn colleagues_chatter_gets_no_reaction_and_leaves_nothing_behind() {
    let town = Town::new().await;
    let (ola, kari, per) = (town.employee("Ola"), town.employee("Kari"), town.employee("Per"));
    let joke = ola.says(town.help, "haha, den skriveren").await;
    kari.replies(joke, "glemt passord sa du?").await;
    kari.says(town.help, "hei").await;
    ola.says(town.help, &format!("{} glemt passordet ditt igjen?", kari.mention())).await;
    answered(&town, town.help, &per, "glemt passord").await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1, "{}", town.discord.transcript(town.help));
    let conversations = crate::ports::Conversations::conversations_after(&town.store, None, 10).await.unwrap();
    assert_eq!(conversations.len(), 1, "only Per's is kept");
    town.discord.assert_honest();
}

#[tokio::test]
async fn who_talks_with_the_bot_is_thanked_in_return_but_may_joke_with_colleagues() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    answered(&town, town.help, &ola, "glemt passord").await;
    ola.says(town.help, "haha, endelig").await;
    answered(&town, town.help, &ola, "takk").await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 2);
}

#[tokio::test]
async fn where_only_mentions_count_the_same_persons_next_words_do_too_for_a_while() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.employee("Kari"));
    ola.says(town.mentions, "skriveren virker ikke").await;
    answered(&town, town.mentions, &ola, &format!("<@{}> glemt passord", town.discord.bot())).await;
    kari.says(town.mentions, "skriveren virker ikke").await;
    answered(&town, town.mentions, &ola, "skriveren virker ikke").await;
    town.later(Duration::from_mins(31)).await;
    ola.says(town.mentions, "glemt passord").await;
    answered(&town, town.mentions, &kari, &format!("<@{}> glemt passord", town.discord.bot())).await;
    assert_eq!(town.discord.bot_messages(town.mentions).len(), 3, "{}", town.discord.transcript(town.mentions));
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_reply_to_an_old_answer_goes_on_with_its_conversation() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let first = answered(&town, town.help, &ola, "glemt passord").await;
    town.later(Duration::from_hours(5)).await;
    answered(&town, town.help, &ola, "skriveren virker ikke").await;
    ola.replies(first, "nei").await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Leit at det ikke hjalp")).await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    assert!(card.content.contains("glemt passord"), "{}", card.content);
    town.discord.assert_honest();
}

#[tokio::test]
async fn who_replies_to_what_was_said_to_another_asks_a_question_of_their_own() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.employee("Kari"));
    let first = answered(&town, town.help, &ola, "glemt passord").await;
    let asked = kari.replies(first, "skriveren virker ikke").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    let conversations = crate::ports::Conversations::conversations_after(&town.store, None, 10).await.unwrap();
    assert_eq!(conversations.len(), 2);
}
