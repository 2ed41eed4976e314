//! What every request passes: the log, failures on command, the token, the description of the API, the headers.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Given};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use serde_json::Value;

use super::PREFIX;
use crate::testing::discord::failure::{Failure, Line, failed};
use crate::testing::discord::ids::UserId;
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::requests::{Payload, Received};
use crate::testing::discord::schema::description;
use crate::testing::discord::shared::Shared;

/// No body that a test sends is larger.
const BODY_BYTES: usize = 32 * 1_024 * 1_024;

/// A bucket that is never exhausted: limits are hit on command only.
const RATE_LIMIT_HEADERS: [(&str, &str); 5] = [
    ("x-ratelimit-limit", "50"),
    ("x-ratelimit-remaining", "49"),
    ("x-ratelimit-reset", "1893456000.000"),
    ("x-ratelimit-reset-after", "1.000"),
    ("x-ratelimit-bucket", "fake"),
];

/// The gate before one path.
#[derive(Clone)]
pub(super) struct Gate {
    pub(super) shared: Arc<Shared>,
    pub(super) template: &'static str,
    /// What answers here where a person's own client asks.
    pub(super) for_people: MethodRouter<Arc<Shared>>,
}

/// Who sent a request.
enum Sender {
    Bot,
    Person(UserId),
}

pub(super) async fn gate(
    Given(gate): Given<Gate>,
    ConnectInfo(line): ConnectInfo<Line>,
    mut request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let payload = gate.log(&mut request).await;
    let failure = gate.shared.change(|state| state.plan.take(method.as_str(), gate.template));
    match failure {
        None | Some(Failure::LostReply) => {}
        Some(Failure::Held) => gate.shared.until(|state| (!state.holding).then_some(())).await,
        Some(failure) => {
            if failure == Failure::Reset {
                line.cut();
            }
            return failed(failure);
        }
    }
    let sender = match gate.sender(&request) {
        Ok(sender) => sender,
        Err(refusal) => return gate.finish(&method, refusal.into_response()).await,
    };
    gate.check_request(&method, &payload.json);
    request.extensions_mut().insert(payload);
    let answered = match sender {
        Sender::Bot => next.run(request).await,
        Sender::Person(person) => {
            request.extensions_mut().insert(person);
            gate.for_people.clone().call(request, Arc::clone(&gate.shared)).await
        }
    };
    let finished = gate.finish(&method, answered).await;
    if failure == Some(Failure::LostReply) {
        line.cut();
    }
    finished
}

impl Gate {
    /// Notes the request and reads its body.
    async fn log(&self, request: &mut Request) -> Payload {
        let body = std::mem::replace(request.body_mut(), Body::empty());
        let bytes = to_bytes(body, BODY_BYTES).await.unwrap_or_default();
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let payload = Payload::read(content_type.unwrap_or_default(), &bytes);
        note(&self.shared, request, payload.json.clone());
        payload
    }

    /// Interactions and webhooks carry their token in the path; everything else needs the bot's, or a person's.
    fn sender(&self, request: &Request) -> Result<Sender, Refusal> {
        if self.template.starts_with("/interactions/") || self.template.starts_with("/webhooks/") {
            return Ok(Sender::Bot);
        }
        let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = given.and_then(|given| given.strip_prefix("Bot ")).ok_or(Refusal::Unauthorized)?;
        self.shared.read(|state| match state.account(token) {
            Some(user) if user == state.bot => Ok(Sender::Bot),
            Some(user) => Ok(Sender::Person(user)),
            None => Err(Refusal::Unauthorized),
        })
    }

    fn check_request(&self, method: &Method, body: &Value) {
        let has_body = matches!(*method, Method::POST | Method::PATCH | Method::PUT) && !body.is_null();
        let Some(description) = description().filter(|_| has_body) else { return };
        if let Some(problem) = description.check_request(method.as_str(), self.template, body) {
            self.violation(method, &format!("the request does not fit the description: {problem}"));
        }
    }

    /// Lists what was wrong, holds the answer against the description, adds the platform's headers.
    async fn finish(&self, method: &Method, response: Response) -> Response {
        if response.status() == StatusCode::METHOD_NOT_ALLOWED {
            self.violation(method, "no such route");
            return Refusal::NoSuchRoute.into_response();
        }
        if let Some(refusal) = response.extensions().get::<Refusal>().filter(|refusal| refusal.is_violation()) {
            self.violation(method, &refusal.in_full());
        }
        let (mut parts, body) = response.into_parts();
        let bytes = to_bytes(body, BODY_BYTES).await.unwrap_or_default();
        self.check_response(method, parts.status, &bytes);
        for (name, value) in RATE_LIMIT_HEADERS {
            parts.headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
        Response::from_parts(parts, Body::from(bytes))
    }

    fn check_response(&self, method: &Method, status: StatusCode, bytes: &[u8]) {
        let Some(description) = description().filter(|_| !bytes.is_empty()) else { return };
        let problem = match serde_json::from_slice(bytes) {
            Ok(body) => description.check_response(method.as_str(), self.template, status.as_u16(), &body),
            Err(_) => Some(format!("{status} without JSON: {}", String::from_utf8_lossy(bytes))),
        };
        if let Some(problem) = problem {
            self.violation(method, &format!("the fake's own answer does not fit the description: {problem}"));
        }
    }

    fn violation(&self, method: &Method, what: &str) {
        self.shared.change(|state| state.violation(format!("{method} {}: {what}", self.template)));
    }
}

/// Answers a path that the fake does not know.
pub(super) fn unknown(shared: &Shared, request: &Request) -> Response {
    note(shared, request, Value::Null);
    shared.change(|state| state.violation(format!("{} {}: no such route", request.method(), request.uri().path())));
    Refusal::NoSuchRoute.into_response()
}

fn note(shared: &Shared, request: &Request, body: Value) {
    let path = request.uri().path();
    let received = Received {
        method: request.method().to_string(),
        path: path.strip_prefix(PREFIX).unwrap_or(path).to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        body,
    };
    shared.change(|state| state.requests.push(received));
}
