//! A language model's server that says what it is told to, and keeps what it heard.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server of an OpenAI-compatible model on a free port. At first it prefers the first article and answers nothing.
pub struct FakeModel {
    url: String,
    shared: Arc<Mutex<Shared>>,
    server: JoinHandle<()>,
}

/// How the server takes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As a model would.
    Replies,
    /// It takes the request and never answers.
    NeverAnswers,
    /// It answers with this status.
    Fails(u16),
    /// It answers with this body.
    Babbles(String),
}

struct Shared {
    manner: Manner,
    preferred: Preferred,
    rewrite: String,
    heard: Vec<Heard>,
}

enum Preferred {
    Title(String),
    Words(String),
}

/// A request that the server took.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The whole body.
    pub body: Value,
    /// The `Authorization` header.
    pub authorization: Option<String>,
}

impl Heard {
    /// What was asked about: the question and the articles.
    #[must_use]
    pub fn data(&self) -> Value {
        let content = self.body["messages"][1]["content"].as_str().unwrap_or_default();
        serde_json::from_str(content).unwrap_or(Value::Null)
    }

    /// Whether it was asked to compare articles, rather than for an answer from one.
    #[must_use]
    pub fn compares(&self) -> bool {
        self.data()["articles"].is_array()
    }
}

impl FakeModel {
    /// Starts.
    ///
    /// # Panics
    /// Where no port is to be had.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/v1", listener.local_addr().expect("it has an address"));
        let preferred = Preferred::Words("1".to_owned());
        let shared = Shared { manner: Manner::Replies, preferred, rewrite: "NONE".to_owned(), heard: Vec::new() };
        let shared = Arc::new(Mutex::new(shared));
        let router = Router::new().route("/v1/chat/completions", post(complete)).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("the server runs") });
        Self { url, shared, server }
    }

    /// What `[model] url` is to be.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on it takes requests in this manner.
    pub fn takes(&self, manner: Manner) {
        self.shared().manner = manner;
    }

    /// From now on it prefers the article with this title, and none where it is not shown it.
    pub fn prefers(&self, title: &str) {
        self.shared().preferred = Preferred::Title(title.to_owned());
    }

    /// From now on it says this when it is asked which article answers.
    pub fn says_of_articles(&self, words: &str) {
        self.shared().preferred = Preferred::Words(words.to_owned());
    }

    /// From now on this is its answer from an article.
    pub fn answers(&self, words: &str) {
        words.clone_into(&mut self.shared().rewrite);
    }

    /// Everything that it was sent, oldest first.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        self.shared().heard.clone()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeModel {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn complete(State(shared): State<Arc<Mutex<Shared>>>, headers: HeaderMap, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (manner, words) = shared.lock().unwrap_or_else(PoisonError::into_inner).hear(Heard { body, authorization });
    match manner {
        Manner::Replies => axum::Json(completion(&words)).into_response(),
        Manner::NeverAnswers => pending().await,
        Manner::Fails(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT).into_response(),
        Manner::Babbles(body) => body.into_response(),
    }
}

impl Shared {
    fn hear(&mut self, heard: Heard) -> (Manner, String) {
        let words = match &self.preferred {
            _ if !heard.compares() => self.rewrite.clone(),
            Preferred::Words(words) => words.clone(),
            Preferred::Title(title) => number_of(title, &heard.data()).to_string(),
        };
        self.heard.push(heard);
        (self.manner.clone(), words)
    }
}

fn number_of(title: &str, data: &Value) -> i64 {
    let mut articles = data["articles"].as_array().into_iter().flatten();
    articles.find(|article| article["title"] == title).and_then(|article| article["number"].as_i64()).unwrap_or(0)
}

fn completion(words: &str) -> Value {
    let message = json!({ "role": "assistant", "content": words });
    json!({ "object": "chat.completion", "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] })
}
