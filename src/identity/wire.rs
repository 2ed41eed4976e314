//! Calls to the service: within a deadline, no redirects, and no more of an answer than fits in memory.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::redirect::Policy;
use serde_json::Value;

use crate::ports::IdentityError;

/// How long one call may take, the answer included. Somebody waits for it.
const DEADLINE: Duration = Duration::from_secs(5);

/// The longest answer that is read, in bytes: somebody may be in hundreds of groups.
const LARGEST: usize = 2 << 20;

/// What calls the service.
pub(super) struct Wire(reqwest::Client);

/// A call that came to nothing. It says nothing of what was sent or answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// Nothing came back, or not in time.
    #[error("{0}")]
    Failed(String),
    /// More came back than is read.
    #[error("the answer is longer than {LARGEST} bytes")]
    TooLong,
}

impl Wire {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        reqwest::Client::builder().redirect(Policy::none()).timeout(DEADLINE).build().map(Self)
    }

    /// The JSON at an address, for whoever holds this token.
    pub(super) async fn json(&self, address: &str, token: &str) -> Result<Value, IdentityError> {
        let unreachable = |reason: String| IdentityError::Unreachable { reason };
        let request = self.0.get(address).bearer_auth(token).header("accept", "application/json");
        let response = request.send().await.map_err(|error| unreachable(why(&error)))?;
        if !response.status().is_success() {
            return Err(IdentityError::Refused { reason: format!("{} at {address}", response.status()) });
        }
        let body = read(response).await.map_err(|error| unreachable(error.to_string()))?;
        serde_json::from_slice(&body).map_err(|_| unreachable(format!("what stands at {address} is no JSON")))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let failed = |error: reqwest::Error| CallError::Failed(why(&error));
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let response = self.0.execute(request).await.map_err(failed)?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let body = read(response).await?;
        answer.body(body).map_err(|error| CallError::Failed(error.to_string()))
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, CallError> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| CallError::Failed(why(&error)))? {
        if body.len() + piece.len() > LARGEST {
            return Err(CallError::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// What happened, without the address, which may hold what is nobody's business.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} seconds", DEADLINE.as_secs());
    }
    if error.is_connect() { "no connection".to_owned() } else { "the call broke off".to_owned() }
}
