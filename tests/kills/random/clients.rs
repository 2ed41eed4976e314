//! Who uses the API: employees who ask, and an operator who helps. They send again what was not answered.

use std::sync::Arc;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::Address;
use super::book::{Book, Replied, Sent};

const PER: &str = "per-token-for-tests";

const QUESTIONS: [&str; 3] =
    ["Jeg har glemt passordet mitt", "Hvordan legger jeg inn fraværsmelding i Outlook?", "Eg får ikkje skrive ut"];

/// A client of the API.
pub(super) struct Caller {
    http: reqwest::Client,
    address: Address,
    book: Arc<Book>,
}

impl Caller {
    pub(super) fn new(address: Address, book: Arc<Book>) -> Self {
        Self { http: reqwest::Client::new(), address, book }
    }

    /// Asks three things in one conversation, and then for a person.
    pub(super) async fn asks(mut self, nth: u64) {
        let words = QUESTIONS.map(|question| format!("{question} ({nth})"));
        let secret = format!("a-secret-that-nobody-else-has-{nth:08}");
        let first = json!({ "text": words[0], "secret": secret });
        let (status, begun) = self.posts("/api/v1/conversations", None, first).await;
        assert!(status.is_success(), "{status}: {begun}");
        let id = begun["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/conversations/{id}");
        self.was_told(&id, &words[0]);
        for (said, client_id) in words[1..].iter().zip(2..) {
            let body = json!({ "text": said, "client_id": format!("m-{client_id}") });
            let (status, seen) = self.posts(&format!("{path}/messages"), Some(&secret), body).await;
            assert_eq!(status, StatusCode::OK, "{seen}");
            self.was_told(&id, said);
        }
        let (status, seen) = self.posts(&format!("{path}/actions/human"), Some(&secret), Value::Null).await;
        assert!(matches!(status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY), "kept now, or kept before: {seen}");
    }

    /// An operator takes the oldest ticket that waits, answers and resolves it, unless a colleague is quicker.
    pub(super) async fn helps_somebody(mut self, nth: u64) {
        let (_, waiting) = self.calls(Method::GET, "/api/v1/tickets?status=waiting", Some(PER), Value::Null).await;
        let Some(number) = waiting["tickets"][0]["number"].as_i64() else { return };
        let ticket = format!("/api/v1/tickets/{number}");
        if self.posts(&format!("{ticket}/claim"), Some(PER), Value::Null).await.0 != StatusCode::OK {
            return;
        }
        let words = format!("Per ser på det ({nth})");
        let reply = json!({ "text": words, "client_id": format!("r-{nth}") });
        if self.posts(&format!("{ticket}/reply"), Some(PER), reply).await.0 == StatusCode::OK {
            self.book.open().replied.push(Replied { words });
        }
        let (status, answer) = self.posts(&format!("{ticket}/resolve"), Some(PER), Value::Null).await;
        assert!(matches!(status, StatusCode::OK | StatusCode::CONFLICT), "resolved now, or before: {status} {answer}");
    }

    fn was_told(&self, conversation: &str, words: &str) {
        self.book.open().sent.push(Sent { conversation: conversation.to_owned(), words: words.to_owned() });
    }

    async fn posts(&mut self, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        self.calls(Method::POST, path, token, body).await
    }

    async fn calls(&mut self, method: Method, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        loop {
            let alive = self.address.wait_for(Option::is_some).await.expect("the test goes on").clone().expect("an address");
            let mut request = self.http.request(method.clone(), format!("{alive}{path}"));
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            if !body.is_null() {
                request = request.json(&body);
            }
            if let Ok(response) = request.send().await {
                let status = response.status();
                if let Ok(answer) = response.json().await {
                    return (status, answer);
                }
            }
            // It died; the next address is another one.
            drop(self.address.wait_for(|now| now.as_ref() != Some(&alive)).await);
        }
    }
}
