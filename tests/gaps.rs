//! What no article answered is shown to the editors in groups.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Program, runs};

#[tokio::test]
async fn editors_see_what_people_ask_and_no_article_answers() {
    let folder = TempDir::new().expect("a folder of its own");
    assert_eq!(runs(folder.path(), &["kb", "gaps"]), "No unanswered questions in the last 90 days.\n");

    let program = Program::start(folder.path(), &[]).await;
    for words in [
        "hvem mater gullfiskene i akvariet?",
        "gullfiskene i akvariet er sultne, fnr 01010750160",
        "Kven matar gullfiskane i akvariet?",
        "hvor står sjakkbrettet til turneringen?",
    ] {
        let asker = program.bot.asks(words).await;
        assert_eq!(asker.state(), "queued", "{}", asker.transcript());
    }
    let mut helped = program.bot.asks("Jeg har glemt passordet mitt").await;
    helped.presses("helped").await;
    let mut not_helped = program.bot.asks("Jeg har glemt passordet mitt").await;
    not_helped.presses("not_helped").await;

    let shown = runs(folder.path(), &["kb", "gaps"]);
    program.stop().await;
    assert!(shown.starts_with("5 questions of 5 people without a good answer in the last 90 days, in 3 groups.\n"), "{shown}");
    assert!(shown.contains(" 1. 3 questions of 3 people: "), "{shown}");
    assert!(shown.contains("→ write an article") && shown.contains("it is shown and does not help"), "{shown}");
    assert!(!shown.contains("01010750160") && shown.contains("[fødselsnummer]"), "{shown}");

    let report = runs(folder.path(), &["kb", "gaps", "--limit", "1", "--json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let groups = report["groups"].as_array().expect("groups");
    assert_eq!((groups.len(), &report["found"], &report["questions"]), (1, &json!(3), &json!(5)));
    assert_eq!((&groups[0]["unanswered"], &groups[0]["not_helped"], &groups[0]["people"]), (&json!(3), &json!(0), &json!(3)));
    assert_eq!(groups[0]["examples"].as_array().map(Vec::len), Some(3));
    assert!(runs(folder.path(), &["kb", "gaps", "--days", "0"]).starts_with("No unanswered questions"));
}
