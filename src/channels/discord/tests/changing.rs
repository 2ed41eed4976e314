//! Questions that are changed or deleted after they were asked.

use std::time::Duration;

use super::harness::Town;
use crate::domain::message::Visibility;
use crate::ports::Conversations;
use crate::testing::discord::{ChannelId, Failure, MessageId, Person, Posted, Route};

async fn asked(town: &Town, ola: &Person, words: &str) -> (MessageId, Posted) {
    let asked = ola.says(town.help, words).await;
    let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    (asked, answer)
}

/// The bot's words in a channel once it has answered Per, whatever was to be done before.
async fn said_in_all(town: &Town, channel: ChannelId) -> Vec<Posted> {
    let last = town.employee("Per").says(town.help, "glemt passord til slutt").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(last)).await;
    let said = town.discord.bot_messages(channel).into_iter();
    said.filter(|post| post.answers != Some(last)).collect()
}

#[tokio::test]
async fn a_changed_question_is_answered_anew_in_the_same_message() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, answer) = asked(&town, &ola, "glemt passord").await;
    town.later(Duration::from_mins(2)).await;
    ola.edits(question, "skriveren virker ikke").await;
    let changed = town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    assert_eq!(changed.id, answer.id);
    assert_eq!(changed.buttons, ["Om skriver", "Om glemt-passord", "Ingen av disse", "Jeg vil snakke med en person"]);
    ola.presses(changed.id, "Om skriver").await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.starts_with("**Om skriver**")).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_change_that_nothing_answers_goes_to_a_person() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, answer) = asked(&town, &ola, "glemt passord").await;
    town.later(Duration::from_mins(2)).await;
    ola.edits(question, "stolen er ødelagt").await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("stolen er ødelagt")).await;
    let told = town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Saksnummeret ditt er **1001**")).await;
    assert_eq!((told.id, told.buttons.as_slice()), (answer.id, [].as_slice()));
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_old_answer_stays_and_a_new_one_is_said() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, answer) = asked(&town, &ola, "glemt passord").await;
    town.later(Duration::from_mins(90)).await;
    ola.edits(question, "skriveren virker ikke").await;
    let anew = town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    assert_ne!(anew.id, answer.id);
    assert_eq!(anew.answers, Some(question));
    town.discord.assert_honest();
}

#[tokio::test]
async fn of_a_question_that_is_changed_before_it_is_answered_only_the_last_is_answered() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::ServerError);
    let question = ola.says(town.help, "glemt passord").await;
    town.until_put_off().await;
    ola.edits(question, "skriveren virker ikke").await;
    town.until_said(&ola, "the employee", "skriveren virker ikke").await;
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    assert_eq!(said_in_all(&town, town.help).await.len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_answer_that_was_posted_unknown_to_us_is_found_and_changed() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::LostReply);
    let question = ola.says(town.help, "glemt passord").await;
    town.until_put_off().await;
    ola.edits(question, "skriveren virker ikke").await;
    town.until_said(&ola, "the employee", "skriveren virker ikke").await;
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    assert_eq!(said_in_all(&town, town.help).await.len(), 1);
}

#[tokio::test]
async fn a_preview_of_a_link_is_no_change_and_a_repeated_change_is_one() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, _) = asked(&town, &ola, "glemt passord").await;
    town.discord.unfurls(town.help, question).await;
    town.later(Duration::from_mins(2)).await;
    town.discord.deliver_twice();
    ola.edits(question, "skriveren virker ikke").await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    town.discord.unfurls(town.help, question).await;
    let said = said_in_all(&town, town.help).await;
    assert_eq!(said.len(), 1);
    let edits =
        town.discord.requests().into_iter().filter(|request| request.method == "PATCH" && request.path.contains("/messages/"));
    assert_eq!(edits.count(), 1);
}

#[tokio::test]
async fn talk_that_becomes_a_question_is_a_question() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let talk = ola.says(town.help, "haha").await;
    ola.edits(talk, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(talk)).await;
}

#[tokio::test]
async fn the_desk_reads_what_was_changed_and_what_was_deleted_and_the_bot_is_silent() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, _) = asked(&town, &ola, "stolen er ødelagt").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("stolen er ødelagt")).await;
    let said = said_in_all(&town, town.help).await.len();
    ola.edits(question, "stolen er ødelagt, rom 4").await;
    let lines = async || {
        let conversation = town.store.conversation_of(crate::domain::ids::TicketNumber::new(1001)).await.unwrap().unwrap();
        let lines = town.store.lines(conversation.id, None, Visibility::Desk).await.unwrap();
        lines.iter().map(|line| format!("{:?}", line.line.content)).collect::<Vec<_>>().join("\n")
    };
    town.until("the change", async |_| lines().await.contains("Edited(Redacted(\"stolen er ødelagt, rom 4\"))").then_some(()))
        .await;
    ola.deletes(question).await;
    town.until("the deletion", async |_| lines().await.contains("Deleted").then_some(())).await;
    assert!(!lines().await.contains("stolen"), "what was deleted is taken out:\n{}", lines().await);
    let shown = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("slettet")).await;
    assert_eq!((shown.id, town.tickets().await.len()), (card.id, 1));
    assert_eq!(said_in_all(&town, town.help).await.len(), said + 1, "{}", town.discord.transcript(town.help));
}

#[tokio::test]
async fn a_deleted_question_takes_its_answer_with_it() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (question, _) = asked(&town, &ola, "glemt passord").await;
    ola.deletes(question).await;
    town.until("the answer to go", async |_| town.discord.bot_messages(town.help).is_empty().then_some(())).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_was_deleted_before_it_was_answered_is_not_answered() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    for failure in [Failure::ServerError, Failure::LostReply] {
        town.discord.fail_next_on(Route::CreateMessage, 1, failure);
        let question = ola.says(town.help, "glemt passord").await;
        town.until_put_off().await;
        town.discord.purges(town.help, &[question]).await;
        town.until("the withdrawal", async |store| {
            let conversations = store.conversations_after(None, 100).await.unwrap();
            let last = conversations.iter().rfind(|one| one.employee.id.as_str().ends_with(&ola.id().to_string()));
            last.filter(|last| last.phase == crate::domain::conversation::Phase::Ended).map(drop)
        })
        .await;
        town.passes(Duration::from_secs(10));
        town.until("everything to be done", async |store| {
            let waiting = crate::ports::Outbox::waiting(store).await.unwrap();
            (waiting == 0).then_some(())
        })
        .await;
        assert_eq!(town.discord.bot_messages(town.help), [], "{failure:?}");
    }
}
