//! The fake's own rules, seen with a plain HTTP client and with serenity.

mod gateway;
mod rest;

use serde_json::{Value, json};

use super::FakeDiscord;

/// A program that talks to the fake's REST side.
struct Program {
    fake: FakeDiscord,
    http: reqwest::Client,
}

impl Program {
    fn new(fake: &FakeDiscord) -> Self {
        Self { fake: fake.clone(), http: reqwest::Client::new() }
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/api/v10{path}", self.fake.url());
        let request = self.http.request(method.parse().unwrap(), url);
        let request = request.header("Authorization", format!("Bot {}", self.fake.token()));
        let request = if body.is_null() { request } else { request.json(&body) };
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.send("GET", path, Value::Null).await
    }

    async fn posts(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("POST", path, body).await
    }
}

/// A message with nothing but words, which pings nobody.
fn words(content: &str) -> Value {
    json!({ "content": content, "allowed_mentions": { "parse": [] } })
}

fn code(answer: &(u16, Value)) -> (u16, u64) {
    (answer.0, answer.1["code"].as_u64().unwrap_or_default())
}
