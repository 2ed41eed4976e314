//! The API over real flows. Every answer is held against its own description on the way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::stubs::{ChatIsDown, Counting, Ticking, TwoWords, privacy};
use crate::config::{ApiToken, SecretText, SignInConfig};
use crate::desk::{Desk, Live, Parts, SignIn, router};
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::learned::LearningPolicy;
use crate::domain::permission::{Membership, Roles};
use crate::domain::policy::Policy;
use crate::domain::routing::{Group, Groups};
use crate::flows::{Flows, Learning, LearningNeeds, Needs};
use crate::library::ReplyShelf;
use crate::ports::Learned;
use crate::store::SqlStore;
use crate::wording::{Facts, Wording};

pub(super) struct House {
    store: SqlStore,
    folder: TempDir,
    app: Router,
    learning: Learning,
    described: Value,
}

pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
    pub(super) json: Value,
}

/// An employee with one conversation.
pub(super) struct Employee<'h> {
    house: &'h House,
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) begun: Value,
}

/// An operator with a token.
pub(super) struct Operator<'h> {
    house: &'h House,
    token: &'static str,
}

impl House {
    pub(super) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = SqlStore::open(&format!("sqlite:{}", folder.path().join("firstline.db").display())).await.unwrap();
        let described = serde_json::to_value(super::super::openapi::described()).unwrap();
        let desk = desk(Arc::new(store.clone()), &folder.path().join("kb"));
        Self { learning: desk.learning.clone(), app: router(desk), store, folder, described }
    }

    /// Learns from all that happened so far, as the job does.
    pub(super) async fn learns(&self) {
        for (conversation, event) in self.store.telling_events(None, 100).await.unwrap() {
            self.learning.learn_from(conversation, &event).await.unwrap();
        }
    }

    /// The store answers nothing from now on.
    pub(super) async fn store_closes(&self) {
        self.store.close().await;
    }

    /// Whether this text stands anywhere in the database's files.
    pub(super) fn keeps(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let paths = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        paths
            .map(|path| std::fs::read(path).unwrap())
            .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    pub(super) async fn employee_asks(&self, text: &str) -> Employee<'_> {
        let reply = self.call("POST", "/api/v1/conversations", None, Some(json!({ "text": text }))).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        let told = |name: &str| reply.json[name].as_str().unwrap().to_owned();
        Employee { house: self, id: told("id"), secret: told("secret"), begun: reply.json }
    }

    pub(super) fn operator(&self, token: &'static str) -> Operator<'_> {
        Operator { house: self, token }
    }

    pub(super) async fn call(&self, method: &str, path: &str, token: Option<&str>, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap()).await
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Reply {
        let (method, path) = (request.method().as_str().to_lowercase(), request.uri().path().to_owned());
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        let json = serde_json::from_str(&text).unwrap_or_default();
        let reply = Reply { status: parts.status, headers: parts.headers, text, json };
        super::described::as_described(&self.described, &method, &path, &reply);
        reply
    }
}

impl Employee<'_> {
    pub(super) async fn reads(&self) -> Value {
        self.call("GET", "", None).await.json
    }

    pub(super) async fn writes(&self, text: &str) -> Reply {
        self.call("POST", "/messages", Some(json!({ "text": text }))).await
    }

    pub(super) async fn chooses(&self, action: &str) -> Reply {
        self.call("POST", &format!("/actions/{action}"), None).await
    }

    pub(super) async fn call(&self, method: &str, under: &str, body: Option<Value>) -> Reply {
        self.house.call(method, &format!("/api/v1/conversations/{}{under}", self.id), Some(&self.secret), body).await
    }
}

impl Operator<'_> {
    pub(super) async fn sees(&self, query: &str) -> Reply {
        self.house.call("GET", &format!("/api/v1/tickets{query}"), Some(self.token), None).await
    }

    pub(super) async fn reads(&self, number: i64) -> Value {
        self.sees(&format!("/{number}")).await.json
    }

    pub(super) async fn does(&self, what: &str, number: i64, body: Option<Value>) -> Reply {
        self.house.call("POST", &format!("/api/v1/tickets/{number}/{what}"), Some(self.token), body).await
    }
}

/// What was said, a line for each message: who, what sort, the first line of the words, and the choices.
pub(super) fn said(conversation: &Value) -> String {
    let messages = conversation["messages"].as_array().or_else(|| conversation["conversation"].as_array()).unwrap();
    let line = |message: &Value| {
        let word = |name: &str| message[name].as_str().unwrap().to_owned();
        let text = word("text").lines().next().unwrap_or_default().to_owned();
        let choices: Vec<&str> = message["actions"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap()).collect();
        let choices = if choices.is_empty() { String::new() } else { format!(" [{}]", choices.join(" ")) };
        format!("{} {}: {text}{choices}", word("from"), word("kind"))
    };
    messages.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn desk(store: Arc<SqlStore>, kb: &std::path::Path) -> Desk {
    let (live, clock, ids) = (Live::new(), Arc::new(Ticking::new()), Arc::new(Counting::new()));
    let group =
        |id: &str, name: &str| Group { id: GroupId::new(id), names: [name, name, name].map(str::to_owned), hints: vec![] };
    let groups = Groups::new(vec![group("general", "Generell støtte"), group("clinical", "Klinisk støtte")]).unwrap();
    let thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(250) };
    let policy = Policy { thresholds, groups: groups.clone(), cards: BTreeMap::new() };
    let needs = Needs {
        store: store.clone(),
        index: Arc::new(TwoWords),
        clock: clock.clone(),
        ids: ids.clone(),
        news: Arc::new(live.clone()),
        policy: policy.clone(),
        adviser: None,
    };
    let learning = Learning::new(LearningNeeds {
        store: store.clone(),
        index: Arc::new(TwoWords),
        pupil: Arc::new(TwoWords),
        clock: clock.clone(),
        ids: ids.clone(),
        policy: LearningPolicy { enabled: true, confirmations: 3 },
        groups: groups.clone(),
    });
    let token = |name: &str, token: &str| ApiToken {
        name: name.to_owned(),
        token: SecretText::new(token),
        roles: Roles::all(),
        groups: Membership::Every,
    };
    let facts =
        Facts { public_url: "https://hjelp.example".to_owned(), urgent_phone: None, groups, timezone: jiff::tz::TimeZone::UTC };
    let aids = Arc::new(crate::search::AidIndex::default());
    Desk::new(Parts {
        flows: Flows::new(needs),
        learning,
        editing: crate::testing::editing(kb, policy, (store.clone(), aids.clone()), clock.clone(), ids.clone()),
        store,
        index: Arc::new(TwoWords),
        replies: Arc::new(ReplyShelf::of(Vec::new())),
        aids,
        clock,
        ids,
        wording: Arc::new(Wording::embedded().unwrap()),
        facts: Arc::new(facts),
        live,
        health: Arc::new(ChatIsDown),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        privacy: Arc::new(privacy),
        sign_in: SignIn::new(&SignInConfig::default(), None),
        embedded_by: vec![],
        api_tokens: vec![token("kari", "token-of-kari"), token("ola", "token-of-ola")],
        look: crate::config::LookConfig::default(),
        largest_file_mb: 0,
        lang: Lang::Nb,
        stop: tokio_util::sync::CancellationToken::new(),
    })
}
