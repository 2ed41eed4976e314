//! The program dies after it has learned and before it has noted so.

use reqwest::Method;
use serde_json::{Value, json};

use super::Mortal;

const KARI: &str = "kari-token-for-tests";

const QUESTION: &str = "Nå har jeg glemt passordet mitt igjen";

#[tokio::test]
async fn what_was_learned_before_a_crash_is_learned_once() {
    let mortal = Mortal::new();
    let process = mortal.program.start().await;
    let (_, begun) =
        process.call(Method::POST, "/api/v1/conversations", None, Some(json!({ "text": QUESTION }))).await.expect("an answer");
    let (id, secret) = (begun["id"].as_str().expect("an id"), begun["secret"].as_str().expect("a secret"));
    mortal.dies_at("learn.before_mark");
    let helped = format!("/api/v1/conversations/{id}/actions/helped");
    // It may die before the answer is out; the choice is kept before that.
    drop(process.call(Method::POST, &helped, Some(secret), None).await);
    mortal.is_dead(process).await;

    let process = mortal.program.start().await;
    let mut proposals = Vec::new();
    while proposals.is_empty() {
        let (_, list) = process.call(Method::GET, "/api/v1/learned", Some(KARI), None).await.expect("an answer");
        proposals = list["questions"].as_array().cloned().unwrap_or_default();
    }
    let found: Vec<(&Value, &Value)> = proposals.iter().map(|one| (&one["text"], &one["people"])).collect();
    assert_eq!(found, [(&json!(QUESTION), &json!(1))]);
    process.stop().await;
}
