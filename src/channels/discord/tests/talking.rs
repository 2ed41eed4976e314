//! An employee asks and is answered.

use super::harness::Town;
use crate::testing::discord::AnswerKind;

#[tokio::test]
async fn the_answer_comes_in_the_language_of_the_question_with_choices_under_it() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let cases = [
        ("Jeg har glemt passordet", ["Det hjalp", "Det hjalp ikke", "Jeg vil snakke med en person"]),
        ("Eg har ikkje passord", ["Det hjelpte", "Det hjelpte ikkje", "Eg vil snakke med ein person"]),
        ("I forgot my password", ["It helped", "It did not help", "I want to talk to a person"]),
    ];
    for (question, choices) in cases {
        let asked = ola.says(town.help, question).await;
        let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
        assert!(answer.content.starts_with("**Om glemt-passord**\n\n1. Gjør det ene."), "{}", answer.content);
        assert_eq!(answer.buttons, choices);
    }
    town.discord.assert_honest();
}

#[tokio::test]
async fn titles_are_offered_and_the_chosen_one_is_shown() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    ola.says(town.help, "skriveren virker ikke").await;
    let offer = town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Er det noe av dette?")).await;
    assert_eq!(offer.buttons, ["Om skriver", "Om glemt-passord", "Ingen av disse", "Jeg vil snakke med en person"]);
    ola.presses(offer.id, "Om skriver").await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.starts_with("**Om skriver**")).await;
    let late = ola.presses(offer.id, "Om glemt-passord").await;
    let told = late.wait_for_message(|post| post.content.contains("gjelder ikke lenger")).await;
    assert_eq!(told.only_for, Some(ola.id()));
    town.discord.assert_honest();
}

#[tokio::test]
async fn nobody_presses_anothers_buttons() {
    let town = Town::new().await;
    let (ola, per) = (town.employee("Ola"), town.employee("Per"));
    let asked = ola.says(town.help, "glemt passord").await;
    let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    let press = per.presses(answer.id, "Det hjalp").await;
    assert_eq!(press.answered().await.kind, AnswerKind::Message);
    let told = press.wait_for_message(|post| post.content.contains("Denne samtalen tilhører noen andre")).await;
    assert_eq!(told.only_for, Some(per.id()));
    let helped = ola.presses(answer.id, "Det hjalp").await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("Så bra at det hjalp!")).await;
    assert_eq!(helped.answered().await.kind, AnswerKind::DeferredUpdate);
    town.discord.assert_honest();
}

#[tokio::test]
async fn elsewhere_only_what_is_said_to_the_bot_is_answered() {
    let town = Town::new().await;
    let (ola, canteen) = (town.employee("Ola"), town.discord.text_channel("kantina"));
    ola.says(canteen, "noen som har glemt passordet?").await;
    let mention = format!("<@{}>", town.discord.bot());
    let asked = ola.says(canteen, &format!("{mention} jeg har glemt passordet")).await;
    let answer = town.discord.wait_for_bot_message(canteen, |post| !post.content.is_empty()).await;
    assert_eq!(answer.answers, Some(asked));
    town.until_said(&ola, "the employee", "jeg har glemt passordet").await;
    let replied = ola.replies(answer.id, "hei").await;
    town.discord.wait_for_bot_message(canteen, |post| post.answers == Some(replied)).await;
    assert_eq!(town.discord.bot_messages(canteen).len(), 2);
    town.discord.assert_honest();
}

#[tokio::test]
async fn other_bots_are_not_talked_with() {
    let town = Town::new().await;
    town.discord.other_bot("Kaffebot").says(town.help, "glemt passord").await;
    let asked = town.employee("Ola").says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1);
}
