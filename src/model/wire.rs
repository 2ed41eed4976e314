//! The OpenAI-compatible wire: what is posted to `chat/completions`, and what comes back.

use std::error::Error;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde::{Deserialize, Serialize};

use super::prompts::Prompt;
use crate::config::{ModelConfig, SecretText};
use crate::ports::ModelError;

/// The most bytes of a response that are read.
const LONGEST_RESPONSE: usize = 64 * 1_024;

/// The endpoint's address, and how to speak to it.
pub(super) struct Wire {
    client: Client,
    address: String,
    model: String,
    key: Option<SecretText>,
}

/// What is posted.
#[derive(Serialize)]
pub(super) struct Request {
    model: String,
    messages: [Message; 2],
    temperature: u8,
    max_tokens: u32,
    stream: bool,
}

#[derive(Serialize)]
struct Message {
    role: &'static str,
    content: String,
}

/// What of the response is looked at.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Reply,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    content: Option<String>,
}

impl Wire {
    /// Nothing is called yet. Redirections are not followed: a question goes where the configuration says, or nowhere.
    pub(super) fn new(config: &ModelConfig) -> Result<Self, reqwest::Error> {
        let client = Client::builder().redirect(Policy::none()).build()?;
        let address = format!("{}/chat/completions", config.url);
        Ok(Self { client, address, model: config.name.clone(), key: config.key.clone() })
    }

    /// What is posted for a prompt.
    pub(super) fn request(&self, prompt: Prompt) -> Request {
        let messages = [Message { role: "system", content: prompt.rules }, Message { role: "user", content: prompt.data }];
        Request { model: self.model.clone(), messages, temperature: 0, max_tokens: prompt.longest_reply, stream: false }
    }

    /// Posts it and gives back the words of the first choice.
    pub(super) async fn complete(&self, request: &Request) -> Result<String, ModelError> {
        let mut post = self.client.post(&self.address).json(request);
        if let Some(key) = &self.key {
            post = post.bearer_auth(key.reveal());
        }
        let response = post.send().await.map_err(unreachable)?;
        let status = response.status();
        if !status.is_success() {
            return Err(ModelError::Refused { status: status.as_u16() });
        }
        words(&body(response).await?)
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, ModelError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > LONGEST_RESPONSE {
            return Err(ModelError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn words(body: &[u8]) -> Result<String, ModelError> {
    let completion: Completion =
        serde_json::from_slice(body).map_err(|_| ModelError::Unreadable { detail: "it is not a completion" })?;
    let choice = completion.choices.into_iter().next().ok_or(ModelError::Unreadable { detail: "it holds no choice" })?;
    if choice.finish_reason.as_deref() == Some("length") {
        return Err(ModelError::TooLong);
    }
    choice.message.content.ok_or(ModelError::Unreadable { detail: "it holds no text" })
}

/// The innermost cause, which says most: "connection refused". The address stays out, since it may hold what is nobody's business.
fn unreachable(error: reqwest::Error) -> ModelError {
    let error = error.without_url();
    let mut cause: &dyn Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    ModelError::Unreachable { reason: cause.to_string() }
}
