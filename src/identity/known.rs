//! What is known of the service: its addresses and its keys, fetched when they are needed and kept for a while.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use openidconnect::core::CoreProviderMetadata;
use openidconnect::url::ParseError;
use openidconnect::{DiscoveryError, IssuerUrl};

use super::wire::{CallError, Wire};
use crate::domain::time::Timestamp;
use crate::ports::{Clock, IdentityError, Standing};

/// How long what is known is used before it is fetched again.
const FRESH: Duration = Duration::from_hours(1);

/// How long a service that did not answer is left alone: whoever signs in meanwhile is told at once.
const REST: Duration = Duration::from_secs(5);

/// How often newer keys may be asked for, because a signature is by none that is known.
const NEWER_AFTER: Duration = Duration::from_secs(10);

/// What is known of the service.
pub(super) struct Known {
    issuer: IssuerUrl,
    clock: Arc<dyn Clock>,
    /// Whoever fetches holds this; others wait for what comes of it.
    fetching: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    metadata: Option<(Arc<CoreProviderMetadata>, Timestamp)>,
    failed: Option<(IdentityError, Timestamp)>,
}

impl Known {
    /// Nothing yet, of the service with this name.
    pub(super) fn new(issuer: &str, clock: Arc<dyn Clock>) -> Result<Self, ParseError> {
        let issuer = IssuerUrl::new(issuer.to_owned())?;
        Ok(Self { issuer, clock, fetching: tokio::sync::Mutex::new(()), state: Mutex::default() })
    }

    /// What the service says of itself: what is known, as long as it is fresh, or as long as nothing newer is to be had.
    pub(super) async fn metadata(&self, wire: &Wire) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        if let Some(known) = self.younger_than(FRESH) {
            return Ok(known);
        }
        let _alone = self.fetching.lock().await;
        if let Some(known) = self.younger_than(FRESH) {
            return Ok(known);
        }
        if let Some(error) = self.failed_just_now() {
            return self.stale().ok_or(error);
        }
        match self.fetch(wire).await {
            Ok(fetched) => Ok(fetched),
            Err(error) => self.stale().ok_or(error),
        }
    }

    /// What the service says now, whatever is known.
    pub(super) async fn anew(&self, wire: &Wire) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let _alone = self.fetching.lock().await;
        self.fetch(wire).await
    }

    /// What the service says now, unless it was asked a moment ago.
    pub(super) async fn newer(&self, wire: &Wire) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let _alone = self.fetching.lock().await;
        match self.younger_than(NEWER_AFTER) {
            Some(known) => Ok(known),
            None => self.fetch(wire).await,
        }
    }

    /// How the service was when it was last asked.
    pub(super) fn standing(&self) -> Standing {
        let state = self.state();
        match (&state.failed, &state.metadata) {
            (Some((error, _)), _) => Standing::Silent { reason: error.to_string() },
            (None, Some(_)) => Standing::Answers,
            (None, None) => Standing::Unknown,
        }
    }

    async fn fetch(&self, wire: &Wire) -> Result<Arc<CoreProviderMetadata>, IdentityError> {
        let fetched = CoreProviderMetadata::discover_async(self.issuer.clone(), wire).await;
        let now = self.clock.now();
        let mut state = self.state();
        match fetched {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *state = State { metadata: Some((Arc::clone(&metadata), now)), failed: None };
                Ok(metadata)
            }
            Err(error) => {
                let error = IdentityError::Unreachable { reason: why(&error) };
                state.failed = Some((error.clone(), now));
                Err(error)
            }
        }
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<CoreProviderMetadata>> {
        let now = self.clock.now();
        let state = self.state();
        let known = state.metadata.as_ref().filter(|(_, since)| now.since(*since) < age);
        known.map(|(metadata, _)| Arc::clone(metadata))
    }

    fn stale(&self) -> Option<Arc<CoreProviderMetadata>> {
        self.state().metadata.as_ref().map(|(metadata, _)| Arc::clone(metadata))
    }

    fn failed_just_now(&self) -> Option<IdentityError> {
        let now = self.clock.now();
        self.state().failed.as_ref().filter(|(_, since)| now.since(*since) < REST).map(|(error, _)| error.clone())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn why(error: &DiscoveryError<CallError>) -> String {
    match error {
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Response(status, _, _) => format!("it answers {status} where it should describe itself"),
        DiscoveryError::Parse(_) => "its description of itself cannot be read".to_owned(),
        DiscoveryError::Validation(_) => "it calls itself something else than `issuer` says".to_owned(),
        _ => "it does not describe itself".to_owned(),
    }
}
