//! A language model behind an OpenAI-compatible endpoint. What it is told is in `prompts`, what of its replies is believed in
//! `reading`; here is how it is called: within a deadline, a few at a time, and not at all for a while after failing.

mod breaker;
mod prompts;
mod reading;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Semaphore;

use crate::config::ModelConfig;
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::ports::{Clock, Excerpt, Model, ModelError};
use breaker::Breaker;
use wire::{Request, Wire};

/// How many calls may be under way. A local server works on few at a time, and whoever would have to wait is better off without.
const AT_ONCE: usize = 4;

/// How long the check of an endpoint waits: a server may have to load the model first.
const CHECK_PATIENCE: Duration = Duration::from_secs(30);

/// The endpoint. Cheap to share, not to make: it keeps its connections.
pub struct Endpoint {
    wire: Wire,
    turns: Semaphore,
    breaker: Breaker,
    clock: Arc<dyn Clock>,
}

/// No HTTP client can be made on this machine.
#[derive(Debug, thiserror::Error)]
#[error("the model's HTTP client cannot be made ({0})")]
pub struct NoClient(String);

impl Endpoint {
    /// The configured endpoint; nothing is called yet.
    ///
    /// # Errors
    /// [`NoClient`] where the system's TLS cannot be set up.
    pub fn new(config: &ModelConfig, clock: Arc<dyn Clock>) -> Result<Self, NoClient> {
        let wire = Wire::new(config).map_err(|error| NoClient(error.to_string()))?;
        Ok(Self { wire, turns: Semaphore::new(AT_ONCE), breaker: Breaker::default(), clock })
    }

    /// Asks something simple and says how long the answer took. It waits half a minute, not the configured deadline.
    ///
    /// # Errors
    /// [`ModelError`] says why it is of no use.
    pub async fn check(&self) -> Result<Duration, ModelError> {
        let began = self.clock.now();
        let passage = Excerpt { title: "Printer", passage: "Switch the printer off and on again." };
        self.prefer(&Redacted::vouched("The printer does not work"), &[passage], CHECK_PATIENCE).await?;
        Ok(self.clock.now().since(began))
    }

    /// Calls within the bounds, and counts how it ended.
    async fn call<T>(
        &self,
        job: &'static str,
        request: Request,
        within: Duration,
        read: impl FnOnce(&str) -> Result<T, ModelError>,
    ) -> Result<T, ModelError> {
        let began = self.clock.now();
        let ended = self.bounded(&request, within, read).await;
        let end = ended.as_ref().err().map_or("answered", ModelError::as_str);
        metrics::counter!("firstline_model_calls_total", "job" => job, "end" => end).increment(1);
        metrics::histogram!("firstline_model_call_seconds", "job" => job).record(self.clock.now().since(began));
        ended
    }

    async fn bounded<T>(
        &self,
        request: &Request,
        within: Duration,
        read: impl FnOnce(&str) -> Result<T, ModelError>,
    ) -> Result<T, ModelError> {
        if self.breaker.is_open(self.clock.now()) {
            return Err(ModelError::Resting);
        }
        let _turn = self.turns.try_acquire().map_err(|_| ModelError::Busy)?;
        let replied = tokio::time::timeout(within, self.wire.complete(request)).await;
        let ended = replied.unwrap_or(Err(ModelError::Late { within })).and_then(|reply| read(&reply));
        self.breaker.note(ended.is_ok(), self.clock.now());
        ended
    }
}

#[async_trait]
impl Model for Endpoint {
    async fn prefer(&self, question: &Redacted, passages: &[Excerpt<'_>], within: Duration) -> Result<Option<usize>, ModelError> {
        let request = self.wire.request(prompts::prefer(question, passages));
        self.call("rerank", request, within, |reply| reading::place(reply, passages.len())).await
    }

    async fn rewrite(
        &self,
        question: &Redacted,
        lang: Lang,
        passage: Excerpt<'_>,
        within: Duration,
    ) -> Result<String, ModelError> {
        let request = self.wire.request(prompts::rewrite(question, lang, passage));
        self.call("rewrite", request, within, |reply| Ok(reply.trim().to_owned())).await
    }
}
