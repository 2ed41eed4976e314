//! Over the API: a client that heard no answer sends the same again.

use firstline::testing::Process;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::Mortal;
use super::records::Records;

const KARI: &str = "kari-token-for-tests";

/// The points between receiving and answering.
const POINTS: [&str; 4] = ["flow.before_commit", "store.before_commit", "store.after_commit", "flow.after_commit"];

/// Somebody whose program dies under them.
struct Client<'m> {
    mortal: &'m Mortal,
    process: Option<Process>,
    point: &'static str,
}

impl Client<'_> {
    /// Sends something; the program dies over it, is started again, and the client sends the same again.
    async fn sends_twice(&mut self, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        self.mortal.dies_at(self.point);
        let process = self.process.take().expect("the program runs");
        let sent = |process: Process| {
            let body = (!body.is_null()).then(|| body.clone());
            async move { (process.call(Method::POST, path, token, body).await, process) }
        };
        let (answer, dead) = sent(process).await;
        assert_eq!(answer, None, "the program dies at {} before {path} is answered", self.point);
        self.mortal.is_dead(dead).await;
        let (answer, process) = sent(self.mortal.program.start().await).await;
        self.process = Some(process);
        answer.unwrap_or_else(|| panic!("{path} is answered at last"))
    }

    async fn reads(&self, path: &str, token: &str) -> Value {
        let process = self.process.as_ref().expect("the program runs");
        process.call(Method::GET, path, Some(token), None).await.expect("an answer").1
    }
}

#[tokio::test]
async fn a_client_that_sends_the_same_again_finds_one_question_and_one_answer() {
    for point in POINTS {
        let mortal = Mortal::new();
        let process = Some(mortal.program.start().await);
        let mut ola = Client { mortal: &mortal, process, point };

        let (status, begun) =
            ola.sends_twice("/api/v1/conversations", None, json!({ "text": "Jeg har glemt passordet mitt" })).await;
        assert_eq!((status, kinds(&begun)), (StatusCode::CREATED, vec!["question", "answer"]), "{point}");
        let (id, secret) = (begun["id"].as_str().expect("an id"), begun["secret"].as_str().expect("a secret"));
        let path = format!("/api/v1/conversations/{id}");

        let question = json!({ "text": "Hvordan legger jeg inn fraværsmelding i Outlook?", "client_id": "m-2" });
        let (status, seen) = ola.sends_twice(&format!("{path}/messages"), Some(secret), question).await;
        assert_eq!((status, kinds(&seen)), (StatusCode::OK, vec!["question", "answer", "question", "answer"]), "{point}");

        let (status, _) = ola.sends_twice(&format!("{path}/actions/not_helped"), Some(secret), Value::Null).await;
        assert!(matches!(status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY), "kept now, or kept before: {status}");
        let seen = ola.reads(&path, secret).await;
        let handed_off = kinds(&seen).into_iter().filter(|kind| *kind == "handoff").count();
        assert_eq!((seen["state"].as_str(), handed_off), (Some("queued"), 1), "{point}: {seen}");

        let number = &seen["ticket"]["number"];
        for (verb, body, ends) in [("claim", Value::Null, StatusCode::OK), ("resolve", Value::Null, StatusCode::CONFLICT)] {
            let (status, answer) = ola.sends_twice(&format!("/api/v1/tickets/{number}/{verb}"), Some(KARI), body).await;
            assert!(status == StatusCode::OK || status == ends, "{point}, {verb}: {status} {answer}");
        }
        let seen = ola.reads(&path, secret).await;
        assert_eq!(seen["state"], "resolved", "{point}: {seen}");

        ola.process.take().expect("the program runs").stop().await;
        Records::read(&mortal.database()).await.are_sound();
    }
}

fn kinds(conversation: &Value) -> Vec<&str> {
    let lines = conversation["messages"].as_array().into_iter().flatten();
    lines.filter_map(|line| line["kind"].as_str()).collect()
}
