//! What solved a ticket is found by the operators of the next one like it, whatever befalls the index.

use std::fs;
use std::time::{Duration, Instant};

use firstline::testing::TestBot;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a solved ticket may take to be found, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

async fn similar(bot: &TestBot, number: i64) -> Vec<Value> {
    let path = format!("/api/v1/tickets/{number}/similar");
    let (status, body) = bot.call(Method::GET, &path, Some("per-token-for-tests"), None).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["tickets"].as_array().expect("a list").clone()
}

/// Looks until what is found is as it should be.
async fn waits_until(bot: &TestBot, number: i64, what: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let found = similar(bot, number).await;
        if fits(&found) {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}: {found:#?}");
    }
}

async fn waits_for(bot: &TestBot, number: i64, count: usize) -> Vec<Value> {
    waits_until(bot, number, &format!("{count} tickets"), |found| found.len() == count).await
}

fn ends_with(ticket: &Value, words: &str) -> bool {
    ticket["resolution"].as_str().is_some_and(|resolution| resolution.ends_with(words))
}

/// Somebody whom no article answers; the ticket's number.
async fn asks(bot: &TestBot, text: &str) -> i64 {
    let mut asker = bot.asks(text).await;
    if asker.state() != "queued" {
        asker.presses("human").await;
    }
    asker.ticket()
}

async fn kari_solves(bot: &TestBot, number: i64, words: &str) {
    let (status, body) = bot.operator("kari").does(number, "resolve", json!({ "text": words })).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test]
async fn the_next_operator_is_shown_what_solved_it_last_time() {
    let data = TempDir::new().expect("a folder of its own");
    let bot = TestBot::start(data.path()).await;
    let mut ola = bot.asks("Etikettskriveren i bloduttaket trykker strekkodene for svakt").await;
    if ola.state() != "queued" {
        ola.presses("human").await;
    }
    let first = ola.ticket();
    let second = asks(&bot, "Strekkodane frå etikettskrivaren er for svake").await;
    assert_eq!(similar(&bot, second).await, Vec::<Value>::new(), "nothing like it is solved yet");

    kari_solves(&bot, first, "Skru opp varmen til 22 i menyen på skriveren.").await;
    let found = waits_for(&bot, second, 1).await.remove(0);
    assert_eq!((&found["number"], &found["resolved_by"]), (&json!(first), &json!("kari")));
    assert_eq!(found["resolution"], "Skru opp varmen til 22 i menyen på skriveren.");
    assert!(found["question"].as_str().is_some_and(|question| question.starts_with("Etikettskriveren")), "{found:#}");
    assert!(found["likeness"].as_f64().is_some_and(|likeness| likeness >= 0.25), "{found:#}");
    assert_eq!(similar(&bot, first).await, Vec::<Value>::new(), "it is not like itself");

    ola.presses("resolved_no").await;
    waits_for(&bot, second, 0).await;
    kari_solves(&bot, first, "Byttet skrivehodet.").await;
    waits_until(&bot, second, "the new answer", |found| found.first().is_some_and(|one| ends_with(one, "Byttet skrivehodet.")))
        .await;
    bot.stop().await;
}

#[tokio::test]
async fn the_index_of_past_tickets_may_be_deleted_or_damaged_at_any_time() {
    let data = TempDir::new().expect("a folder of its own");
    let mut bot = TestBot::start(data.path()).await;
    let first = asks(&bot, "Etikettskriveren i bloduttaket trykker strekkodene for svakt").await;
    kari_solves(&bot, first, "Skru opp varmen til 22.").await;
    let second = asks(&bot, "Svake strekkoder fra etikettskriveren").await;
    waits_for(&bot, second, 1).await;
    let folder = data.path().join("past-tickets");
    fs::remove_dir_all(&folder).expect("the index is there");
    bot.restart().await;
    waits_for(&bot, second, 1).await;
    for file in fs::read_dir(&folder).expect("the index is there again").flatten() {
        fs::write(file.path(), [0x5A; 4_096]).expect("it is overwritten");
    }
    bot.restart().await;
    waits_for(&bot, second, 1).await;
    fs::remove_dir_all(&folder).expect("the index is there");
    let third = asks(&bot, "Strekkodene fra etikettskriveren er nesten usynlige").await;
    kari_solves(&bot, third, "Byttet skrivehodet.").await;
    waits_for(&bot, second, 2).await;
    bot.stop().await;
}
