//! The whole program on a free port, and the people who use it through the API.

use std::path::Path;
use std::sync::Arc;

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::app::{self, Outer, Running, WayIn};
use crate::config::Config;
use crate::system::{ProcessIds, SystemClock};
use crate::testing::checkout;

/// The operators of a test, as `FIRSTLINE_API_TOKENS` names them.
const OPERATORS: &str = "kari=kari-token-for-tests,per=per-token-for-tests";

/// The whole program, running in this process on a free port, with the sample knowledge base and a folder of its own.
pub struct TestBot {
    running: Option<Running>,
    base: String,
    client: Client,
    settings: Vec<(String, String)>,
}

impl TestBot {
    /// Starts with the sample knowledge base; everything is kept in `data`.
    pub async fn start(data: &Path) -> Self {
        Self::start_with(data, &[]).await
    }

    /// Starts with further settings, as environment variables.
    pub async fn start_with(data: &Path, more: &[(&str, &str)]) -> Self {
        let kb = checkout().join("kb");
        let own = [
            ("FIRSTLINE_LISTEN", "127.0.0.1:0".to_owned()),
            ("FIRSTLINE_DATA", data.display().to_string()),
            ("FIRSTLINE_KB", kb.display().to_string()),
            ("FIRSTLINE_API_TOKENS", OPERATORS.to_owned()),
        ];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value));
        let more = more.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        let mut settings: Vec<(String, String)> = own.collect();
        for (name, value) in more {
            settings.retain(|(known, _)| *known != name);
            settings.push((name, value));
        }
        let running = run(&settings).await;
        let base = format!("http://{}", running.address());
        Self { running: Some(running), base, client: Client::new(), settings }
    }

    /// The program that runs in a process of its own at this address, with the same operators.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self { running: None, base: url.to_owned(), client: Client::new(), settings: Vec::new() }
    }

    /// Stops and starts again over the same data, as an administrator would.
    pub async fn restart(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        let running = run(&self.settings).await;
        self.base = format!("http://{}", running.address());
        self.running = Some(running);
    }

    /// Stops and waits until everything is kept.
    pub async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Where it is reached: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.base
    }

    /// The link that signs an operator in to the pages, once.
    ///
    /// # Panics
    /// Where the program is stopped, or operators sign in otherwise.
    #[must_use]
    pub fn sign_in_link(&self) -> String {
        match &self.running.as_ref().expect("the program runs").screen().sign_in {
            WayIn::Link(link) => link.clone(),
            other => panic!("operators sign in otherwise: {other:?}"),
        }
    }

    /// Somebody asks a first question.
    pub async fn asks(&self, text: &str) -> Asker<'_> {
        self.asks_with(json!({ "text": text })).await
    }

    /// Somebody begins a conversation with this request.
    ///
    /// # Panics
    /// Where the program refuses.
    pub async fn asks_with(&self, body: Value) -> Asker<'_> {
        let (status, answer) = self.call(Method::POST, "/api/v1/conversations", None, Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        let text = |name: &str| answer[name].as_str().expect("a text").to_owned();
        Asker { bot: self, id: text("id"), secret: text("secret"), now: answer }
    }

    /// One of the operators: `kari` or `per`.
    #[must_use]
    pub fn operator(&self, name: &str) -> OperatorOf<'_> {
        OperatorOf { bot: self, token: format!("{name}-token-for-tests") }
    }

    /// Calls the API and gives back the status and the JSON; `null` where there is none.
    ///
    /// # Panics
    /// Where the program does not answer.
    pub async fn call(&self, method: Method, path: &str, token: Option<&str>, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the program answers");
        let status = response.status();
        let text = response.text().await.expect("a whole answer");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

async fn run(settings: &[(String, String)]) -> Running {
    let config =
        Config::load(None, settings.iter().cloned(), crate::search::shipped_thresholds()).expect("the test's settings are right");
    let ids = ProcessIds::draw().expect("random bytes");
    app::start(config, Outer { clock: Arc::new(SystemClock), ids: Arc::new(ids) }).await.expect("the program starts")
}

/// Somebody who asks, with the secret to their conversation.
pub struct Asker<'b> {
    bot: &'b TestBot,
    /// The conversation's id.
    pub id: String,
    /// What opens it.
    pub secret: String,
    /// The conversation as it was last seen.
    pub now: Value,
}

impl Asker<'_> {
    /// Writes more.
    pub async fn says(&mut self, text: &str) {
        let path = format!("/api/v1/conversations/{}/messages", self.id);
        self.expect_ok(Method::POST, &path, Some(json!({ "text": text }))).await;
    }

    /// Presses a choice.
    pub async fn presses(&mut self, action: &str) {
        let path = format!("/api/v1/conversations/{}/actions/{action}", self.id);
        self.expect_ok(Method::POST, &path, None).await;
    }

    /// Looks again.
    pub async fn looks(&mut self) {
        let path = format!("/api/v1/conversations/{}", self.id);
        self.expect_ok(Method::GET, &path, None).await;
    }

    async fn expect_ok(&mut self, method: Method, path: &str, body: Option<Value>) {
        let (status, answer) = self.bot.call(method, path, Some(&self.secret), body).await;
        assert!(status.is_success(), "{status}: {answer}");
        self.now = answer;
    }

    /// `open`, `queued`, `with_operator` or `resolved`.
    #[must_use]
    pub fn state(&self) -> &str {
        self.now["state"].as_str().unwrap_or_default()
    }

    /// The ticket's number.
    ///
    /// # Panics
    /// Where there is no ticket.
    #[must_use]
    pub fn ticket(&self) -> i64 {
        self.now["ticket"]["number"].as_i64().unwrap_or_else(|| panic!("there is a ticket:\n{}", self.transcript()))
    }

    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[Value] {
        self.now["messages"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The kind of the last line.
    #[must_use]
    pub fn last_kind(&self) -> &str {
        self.lines().last().and_then(|line| line["kind"].as_str()).unwrap_or_default()
    }

    /// The conversation as one would read it aloud: who, what kind, the first line of what was said, the choices.
    #[must_use]
    pub fn transcript(&self) -> String {
        let text = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let lines = self.lines().iter().map(|line| {
            let labels: Vec<String> =
                line["actions"].as_array().into_iter().flatten().map(|action| text(action, "label")).collect();
            let choices = if labels.is_empty() { String::new() } else { format!("\n    [{}]", labels.join("] [")) };
            let said = text(line, "text");
            format!(
                "{} ({}, {}): {}{choices}",
                text(line, "from"),
                text(line, "kind"),
                text(line, "lang"),
                said.replace('\n', "\n    ")
            )
        });
        lines.collect::<Vec<_>>().join("\n").replace(self.bot.url(), "http://firstline")
    }
}

/// An operator with a bearer token.
pub struct OperatorOf<'b> {
    bot: &'b TestBot,
    token: String,
}

impl OperatorOf<'_> {
    /// Does something with a ticket: `claim`, `release`, `reply`, `note`, `transfer`, `resolve`.
    pub async fn does(&self, number: i64, verb: &str, body: Value) -> (StatusCode, Value) {
        let body = if body.is_null() { None } else { Some(body) };
        self.bot.call(Method::POST, &format!("/api/v1/tickets/{number}/{verb}"), Some(&self.token), body).await
    }

    /// Reads a ticket.
    ///
    /// # Panics
    /// Where the program refuses.
    pub async fn reads(&self, number: i64) -> Value {
        let (status, ticket) = self.bot.call(Method::GET, &format!("/api/v1/tickets/{number}"), Some(&self.token), None).await;
        assert_eq!(status, StatusCode::OK, "{ticket}");
        ticket
    }

    /// The tickets that match a query such as `status=waiting`.
    ///
    /// # Panics
    /// Where the program refuses.
    pub async fn lists(&self, query: &str) -> Value {
        let (status, tickets) = self.bot.call(Method::GET, &format!("/api/v1/tickets?{query}"), Some(&self.token), None).await;
        assert_eq!(status, StatusCode::OK, "{tickets}");
        tickets
    }
}
