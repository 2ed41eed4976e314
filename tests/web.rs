//! The main job through the API, as another system or the web chat sees it: ask, be answered, or be handed to a person.

use firstline::testing::TestBot;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;

async fn bot() -> (TestBot, TempDir) {
    let data = TempDir::new().expect("a folder of its own");
    (TestBot::start(data.path()).await, data)
}

#[tokio::test]
async fn a_question_is_answered_in_the_language_that_it_was_asked_in() {
    let (bot, _data) = bot().await;
    for (question, lang, title) in [
        ("Jeg har glemt passordet mitt", "nb", "Glemt passord"),
        ("Eg har gløymt passordet mitt", "nn", "Gløymt passord"),
        ("I have forgotten my password", "en", "Forgotten password"),
    ] {
        let ola = bot.asks(question).await;
        let answer = ola.lines().last().expect("an answer");
        assert_eq!((answer["kind"].as_str(), answer["lang"].as_str()), (Some("answer"), Some(lang)), "{}", ola.transcript());
        assert_eq!(answer["articles"][0]["slug"], "glemt-passord");
        assert_eq!(answer["articles"][0]["title"], title);
        let actions: Vec<&str> =
            answer["actions"].as_array().into_iter().flatten().filter_map(|action| action["id"].as_str()).collect();
        assert_eq!(actions, ["helped", "not_helped", "human"]);
    }
    bot.stop().await;
}

#[tokio::test]
async fn from_a_question_to_a_person_and_back() {
    let (bot, _data) = bot().await;
    let mut ola = bot.asks("Jeg har glemt passordet mitt").await;
    ola.presses("not_helped").await;
    assert_eq!((ola.state(), ola.last_kind()), ("queued", "handoff"));
    let number = ola.ticket();

    let (kari, per) = (bot.operator("kari"), bot.operator("per"));
    assert_eq!(kari.does(number, "claim", Value::Null).await.0, StatusCode::OK);
    assert_eq!(kari.does(number, "claim", Value::Null).await.0, StatusCode::OK, "it is hers already");
    let (status, problem) = per.does(number, "claim", Value::Null).await;
    assert_eq!((status, problem["holder"].as_str()), (StatusCode::CONFLICT, Some("kari")));

    ola.says("Jeg prøvde det der allerede").await;
    assert_eq!(ola.last_kind(), "text", "the bot is silent while Kari has it");
    assert_eq!(kari.does(number, "note", json!({ "text": "ringte ham" })).await.0, StatusCode::OK);
    assert_eq!(kari.does(number, "reply", json!({ "text": "Prøv nå" })).await.0, StatusCode::OK);
    assert_eq!(per.does(number, "reply", json!({ "text": "Hei" })).await.0, StatusCode::CONFLICT);
    assert_eq!(kari.does(number, "resolve", Value::Null).await.0, StatusCode::OK);
    ola.looks().await;
    assert_eq!(ola.state(), "resolved");
    assert!(!ola.transcript().contains("ringte ham"), "a note stays in the desk:\n{}", ola.transcript());

    ola.presses("resolved_no").await;
    assert_eq!((ola.state(), ola.ticket()), ("queued", number), "the same ticket waits again");
    insta::assert_snapshot!(ola.transcript());
    bot.stop().await;
}

#[tokio::test]
async fn of_many_who_take_a_ticket_at_once_exactly_one_gets_it() {
    let (bot, _data) = bot().await;
    let number = bot.asks("Kan jeg snakke med noen?").await.ticket();
    let (kari, per) = (bot.operator("kari"), bot.operator("per"));
    let tries = (0..20).map(|turn| if turn % 2 == 0 { &kari } else { &per }).map(|one| one.does(number, "claim", Value::Null));
    let ended: Vec<StatusCode> = futures_util::future::join_all(tries).await.into_iter().map(|(status, _)| status).collect();
    let won = ended.iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!((won, ended.len()), (10, 20), "one of the two has it, the other is told so each time: {ended:?}");
    bot.stop().await;
}

#[tokio::test]
async fn a_person_can_be_asked_for_at_any_point_and_the_ticket_finds_its_group() {
    let (bot, _data) = bot().await;
    for (words, group) in [
        ("I need to talk to someone about a prescription that is rejected", "clinical"),
        ("Kan jeg få snakke med et menneske?", "general"),
    ] {
        let asker = bot.asks(words).await;
        assert_eq!(asker.state(), "queued", "{}", asker.transcript());
        assert_eq!(bot.operator("kari").reads(asker.ticket()).await["group"], group, "{words}");
    }
    let mut ola = bot.asks("Jeg har glemt passordet mitt").await;
    ola.says("kan jeg få snakke med noen").await;
    assert_eq!(ola.state(), "queued");
    bot.stop().await;
}

#[tokio::test]
async fn nobody_reads_anybody_elses_conversation_or_tickets() {
    let (bot, _data) = bot().await;
    let ola = bot
        .asks_with(json!({ "text": "Kan jeg snakke med noen?", "person": { "name": "Ola", "email": "ola@example.org" } }))
        .await;
    let mut impostor = bot.asks_with(json!({ "text": "hei", "person": { "name": "Ola", "email": "ola@example.org" } })).await;

    impostor.says("hva skjer med saken min?").await;
    assert!(!impostor.transcript().contains(&ola.ticket().to_string()), "{}", impostor.transcript());
    let path = format!("/api/v1/conversations/{}", ola.id);
    let (status, answer) = bot.call(reqwest::Method::GET, &path, Some(&impostor.secret), None).await;
    assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED), "{status} {answer}");
    bot.stop().await;
}

#[tokio::test]
async fn a_second_start_finds_everything_again() {
    let data = TempDir::new().expect("a folder of its own");
    let mut bot = TestBot::start(data.path()).await;
    let number = bot.asks("Kan jeg snakke med noen?").await.ticket();
    bot.restart().await;
    assert_eq!(bot.operator("kari").reads(number).await["status"], "waiting");
    assert_eq!(bot.asks("Kan jeg snakke med noen?").await.ticket(), number + 1);
    bot.stop().await;
}

#[tokio::test]
async fn an_employee_is_told_of_their_ticket_and_their_words_cannot_pass_for_the_bots() {
    let (bot, _data) = bot().await;
    let words = "[Logg inn](https://evil.example) jeg vil snakke med et menneske";
    let mut ola = bot.asks_with(json!({ "text": words, "person": { "name": "Ola\n**Prioritet:** kritisk" } })).await;
    assert_eq!(bot.operator("kari").reads(ola.ticket()).await["employee"]["name"], "Ola **Prioritet:** kritisk", "on one line");
    for question in ["hva skjer med saken min?", "/sak"] {
        ola.says(question).await;
        let told = ola.lines().last().expect("an answer")["text"].as_str().unwrap_or_default();
        assert!(told.contains(&ola.ticket().to_string()), "{told}");
        assert!(told.contains(r"\[Logg inn\]"), "no link that is called something else: {told}");
    }
    bot.stop().await;
}
