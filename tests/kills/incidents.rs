//! The program dies after it has told somebody that an incident is over, and before it has noted so.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::Mortal;
use firstline::testing::Process;

const KARI: &str = "kari-token-for-tests";

struct Asker {
    id: String,
    secret: String,
}

impl Asker {
    async fn asks(process: &Process, text: &str) -> (Self, Value) {
        let (_, begun) =
            process.call(Method::POST, "/api/v1/conversations", None, Some(json!({ "text": text }))).await.expect("an answer");
        let told = |name: &str| begun[name].as_str().expect("a text").to_owned();
        (Self { id: told("id"), secret: told("secret") }, begun)
    }

    async fn presses(&self, process: &Process, action: &str) {
        let path = format!("/api/v1/conversations/{}/actions/{action}", self.id);
        let (status, answer) = process.call(Method::POST, &path, Some(&self.secret), None).await.expect("an answer");
        assert_eq!(status, StatusCode::OK, "{answer}");
    }

    /// How often the conversation says this.
    async fn reads(&self, process: &Process, words: &str) -> usize {
        let path = format!("/api/v1/conversations/{}", self.id);
        let (_, now) = process.call(Method::GET, &path, Some(&self.secret), None).await.expect("an answer");
        let texts = now["messages"].as_array().into_iter().flatten().filter_map(|message| message["text"].as_str());
        texts.filter(|text| text.contains(words)).count()
    }
}

#[tokio::test]
async fn who_waits_for_an_incidents_end_is_told_once_whenever_the_program_dies() {
    let mortal = Mortal::new();
    let process = mortal.program.start().await;
    let incident = json!({
        "kind": "incident",
        "state": "confirmed",
        "title": { "nb": "Journalsystemet er nede" },
        "text": { "nb": "Bruk nødrutinen." },
        "services": ["DIPS"],
        "words": ["journalsystem"],
    });
    let (status, announced) =
        process.call(Method::POST, "/api/v1/incidents", Some(KARI), Some(incident)).await.expect("an answer");
    assert_eq!((status, &announced["number"]), (StatusCode::CREATED, &json!(1)), "{announced}");

    let mut waiting = Vec::new();
    for question in ["Hvorfor henger dips i dag?", "Får ikke åpnet journalsystemet på pc-en min"] {
        let (asker, begun) = Asker::asks(&process, question).await;
        let last = begun["messages"].as_array().and_then(|messages| messages.last()).expect("an answer").clone();
        let actions: Vec<&str> = last["actions"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).collect();
        assert_eq!(actions, ["tell_me", "something_else", "human"], "{question}: {last}");
        waiting.push(asker);
    }
    let [first, second] = waiting.as_slice() else { panic!("two asked") };
    first.presses(&process, "tell_me").await;
    assert_eq!(first.reads(&process, "Da sier jeg fra her").await, 1);

    mortal.dies_at("incidents.before_mark");
    let end = json!({ "state": "over", "text": { "nb": "Strømmen er tilbake." } });
    drop(process.call(Method::PATCH, "/api/v1/incidents/1", Some(KARI), Some(end)).await);
    mortal.is_dead(process).await;

    let process = mortal.program.start().await;
    while first.reads(&process, "Feilen er rettet").await == 0 {}
    process.stop().await;
    let process = mortal.program.start().await;
    assert_eq!(first.reads(&process, "Feilen er rettet").await, 1, "once, though the program died and stopped since");
    assert_eq!(second.reads(&process, "Feilen er rettet").await, 0, "who did not want to know is left alone");
    first.presses(&process, "resolved_yes").await;
    second.presses(&process, "tell_me").await;
    assert_eq!(second.reads(&process, "Feilen er rettet").await, 1, "it is over, and they are told so at once");
    process.stop().await;
}
