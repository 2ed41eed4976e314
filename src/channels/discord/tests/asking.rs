//! An employee asks by command, menu, panel or form, and the answer is theirs alone.

use std::time::Duration;

use serde_json::{Value, json};

use super::harness::Town;
use crate::domain::obstacle::Obstacle;
use crate::ports::Outbox;
use crate::testing::discord::{AnswerKind, ChannelId, Failure, Outcome, Person, Posted, Press, Route};

/// What a command that asks is given.
pub(super) fn question(words: &str) -> Value {
    json!([{ "name": "question", "type": 3, "value": words }])
}

pub(super) async fn ask(person: &Person, place: ChannelId, words: &str) -> Press {
    person.runs(place, "spør", question(words)).await
}

/// The one message that an interaction brought once it says this.
pub(super) async fn told(press: &Press, words: &str) -> Posted {
    let told = press.wait_for_message(|post| post.content.contains(words)).await;
    assert_eq!(press.messages().len(), 1, "a turn is one message: {:?}", press.messages());
    told
}

fn names(choices: &Value) -> Vec<&str> {
    choices["choices"].as_array().unwrap().iter().map(|choice| choice["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_question_by_command_is_answered_to_its_asker_alone() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    for command in ["spør", "spor", "ask"] {
        let press = ola.runs(town.help, command, question("jeg har glemt passordet")).await;
        let answered = press.answered().await;
        assert_eq!((answered.kind, answered.is_ephemeral), (AnswerKind::Deferred, true));
        let answer = told(&press, "**Om glemt-passord**").await;
        assert_eq!(answer.only_for, Some(ola.id()));
        assert_eq!(answer.buttons, ["Det hjalp", "Det hjalp ikke", "Jeg vil snakke med en person"]);
    }
    town.until_said(&ola, "the employee", "jeg har glemt passordet").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_choice_under_a_private_answer_is_followed_privately_and_the_answer_stays() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let offered = ask(&ola, town.help, "skriveren virker ikke").await;
    let offer = told(&offered, "Er det noe av dette?").await;
    let chosen = ola.presses(offer.id, "Om skriver").await;
    let answer = told(&chosen, "**Om skriver**").await;
    assert_eq!(answer.only_for, Some(ola.id()));
    let late = ola.presses(offer.id, "Om glemt-passord").await;
    told(&late, "gjelder ikke lenger").await;
    let helped = ola.presses(answer.id, "Det hjalp").await;
    told(&helped, "Så bra at det hjalp!").await;
    told(&offered, "Er det noe av dette?").await;
    assert!(town.discord.bot_messages(town.help).iter().all(|post| post.only_for == Some(ola.id())));
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_private_question_that_needs_a_person_leads_to_a_room_and_only_its_asker_sees_that() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let press = ask(&ola, town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    let answer = told(&press, &format!("Samtalen fortsetter i <#{room}>.")).await;
    assert!(answer.content.contains("Saksnummeret ditt er **1001**"), "{}", answer.content);
    town.discord.wait_for_bot_message(room, |post| post.content.contains("> skjermen er svart")).await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    kari.says(room, "Er skjermen på?").await;
    town.until_said(&ola, "Kari", "Er skjermen på?").await;
    ola.says(room, "Nei!").await;
    town.until_said(&ola, "the employee", "Nei!").await;
    assert!(town.discord.bot_messages(town.help).iter().all(|post| post.only_for == Some(ola.id())));
    let next = ask(&ola, town.help, "glemt passord").await;
    told(&next, "**Om glemt-passord**").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_private_question_in_a_direct_conversation_goes_on_there() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let press = ask(&ola, ola.direct_channel(), "skjermen er svart").await;
    told(&press, "Saksnummeret ditt er **1001**").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.starts_with("Kari har tatt saken din")).await;
    ola.says_privately("fortsatt svart").await;
    town.until_said(&ola, "the employee", "fortsatt svart").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn titles_are_offered_while_typing_and_the_picked_one_is_the_answer() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let typing = json!([{ "name": "question", "type": 3, "value": "om", "focused": true }]);
    let choices = ola.types(town.help, "spør", typing).await.answered().await;
    assert_eq!((choices.kind, names(&choices.data)), (AnswerKind::Choices, vec!["Om glemt-passord", "Om skriver"]));
    let picked = choices.data["choices"][1]["value"].as_str().unwrap().to_owned();
    let press = ask(&ola, town.help, &picked).await;
    told(&press, "**Om skriver**").await;
    town.until_said(&ola, "the employee", "Om skriver").await;
    let nothing = json!([{ "name": "question", "type": 3, "value": "kantina", "focused": true }]);
    let none = ola.types(town.help, "ask", nothing).await.answered().await;
    assert!(names(&none.data).is_empty());
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_colleagues_message_can_be_asked_for_oneself() {
    let town = Town::new().await;
    let (ola, per, canteen) = (town.employee("Ola"), town.employee("Per"), town.discord.text_channel("kantina"));
    let said = per.says(canteen, "jeg har glemt passordet, noen som vet?").await;
    let press = ola.chooses_on(said, "Ask Firstline").await;
    let answer = told(&press, "**Om glemt-passord**").await;
    assert_eq!(answer.only_for, Some(ola.id()));
    town.until_said(&ola, "the employee", "jeg har glemt passordet, noen som vet?").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn the_commands_are_told_in_every_language_and_once_more_changes_nothing() {
    let mut town = Town::new().await;
    assert_eq!(town.discord.commands()[..5], ["spør", "spor", "ask", "Ask Firstline", "sak"]);
    let sent = |town: &Town| {
        let all = town.discord.requests();
        all.into_iter().filter(|request| request.method == "PUT" && request.path.ends_with("/commands")).map(|one| one.body)
    };
    let first = sent(&town).next_back().unwrap();
    assert_eq!(first[3]["name_localizations"]["no"], "Spør Firstline");
    assert_eq!(first[4]["options"][2]["name_localizations"], json!({ "no": "legg-til", "en-GB": "add", "en-US": "add" }));
    town.stop().await;
    town.start().await;
    assert_eq!(sent(&town).collect::<Vec<_>>(), [first.clone(), first]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_command_or_form_that_comes_twice_is_one() {
    let mut town = Town::asleep().await;
    town.panels = vec![town.help];
    town.start().await;
    let ola = town.employee("Ola");
    let panel = town.discord.wait_for_bot_message(town.help, |post| post.buttons.contains(&"Spør".to_owned())).await;
    town.discord.deliver_twice();
    let press = ask(&ola, town.help, "skjermen er svart").await;
    told(&press, "Samtalen fortsetter i").await;
    let form = ola.presses(panel.id, "Spør").await.submits(&[("question", "glemt passord")]).await;
    told(&form, "**Om glemt-passord**").await;
    let last = ask(&ola, town.help, "hei").await;
    told(&last, "Hei!").await;
    assert_eq!(town.tickets().await.len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn while_the_database_is_slow_discord_is_told_in_time_and_the_question_is_not_lost() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let held = town.store.hold_writes().await;
    let press = ask(&ola, town.help, "glemt passord").await;
    assert_eq!(press.answered().await.kind, AnswerKind::Deferred);
    assert!(press.messages().is_empty());
    drop(held);
    told(&press, "**Om glemt-passord**").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_is_there_once() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::EditAnswer, 1, Failure::LostReply);
    let press = ask(&ola, town.help, "glemt passord").await;
    told(&press, "**Om glemt-passord**").await;
    town.until_put_off().await;
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_requests("PATCH", "/webhooks", 2).await;
    told(&press, "**Om glemt-passord**").await;
    assert!(town.discord.bot_messages(ola.direct_channel()).is_empty());
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_answer_that_is_decided_finds_its_way_after_a_restart() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::EditAnswer, 1, Failure::ServerError);
    let press = ask(&ola, town.help, "glemt passord").await;
    town.until_put_off().await;
    town.stop().await;
    town.passes(Duration::from_mins(2));
    town.start().await;
    told(&press, "**Om glemt-passord**").await;
    assert!(town.discord.bot_messages(ola.direct_channel()).is_empty());
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_was_kept_and_never_acknowledged_is_answered_directly() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::AnswerInteraction, 1, Failure::Held);
    let press = ask(&ola, town.help, "glemt passord").await;
    town.until_said(&ola, "the employee", "glemt passord").await;
    town.stop().await;
    town.passes(Duration::from_secs(30));
    town.discord.release_held();
    assert!(matches!(press.outcome(), Outcome::Failed));
    town.start().await;
    let direct = ola.direct_channel();
    let answer = town.discord.wait_for_bot_message(direct, |post| post.content.starts_with("**Om glemt-passord**")).await;
    ola.presses(answer.id, "Det hjalp").await;
    town.discord.wait_for_bot_message(direct, |post| post.content.starts_with("Så bra at det hjalp!")).await;
}

#[tokio::test]
async fn when_discord_takes_no_more_answers_they_come_directly() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::EditAnswer, 1, Failure::ServerError);
    let press = ask(&ola, town.help, "glemt passord").await;
    town.until_put_off().await;
    town.stop().await;
    town.passes(Duration::from_mins(20));
    town.start().await;
    let direct = ola.direct_channel();
    town.discord.wait_for_bot_message(direct, |post| post.content.starts_with("**Om glemt-passord**")).await;
    assert!(press.messages().is_empty());
    assert_eq!(town.discord.bot_messages(direct).len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_answer_that_reaches_nobody_is_stuck_with_its_reason() {
    for why in [Obstacle::PersonClosed, Obstacle::PersonLeft] {
        let mut town = Town::new().await;
        let ola = town.employee("Ola");
        town.discord.fail_next_on(Route::EditAnswer, 1, Failure::ServerError);
        ask(&ola, town.help, "glemt passord").await;
        town.until_put_off().await;
        town.stop().await;
        match why {
            Obstacle::PersonLeft => ola.leaves_the_guild().await,
            _ => ola.closes_direct_messages(),
        }
        town.passes(Duration::from_mins(20));
        town.start().await;
        let stuck = town.until("an errand to be given up", async |store| store.stuck(1).await.unwrap().pop()).await;
        assert_eq!(stuck.why, why);
        assert!(stuck.reason.contains("takes no direct messages"), "{}", stuck.reason);
    }
}

#[tokio::test]
async fn words_without_a_question_and_open_matters_are_told_at_once() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    told(&ask(&ola, town.help, "   ").await, "ingen tekst å svare på").await;
    town.discord.fail_next_on(Route::CreateThread, 1, Failure::ServerError);
    told(&ask(&ola, town.help, "skjermen er svart").await, "**1001**").await;
    town.until_put_off().await;
    told(&ask(&ola, town.help, "og varm").await, "Du har en åpen sak hos oss.").await;
    town.until_said(&ola, "the employee", "og varm").await;
}
