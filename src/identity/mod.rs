//! Signing in with a service that speaks OpenID Connect: code flow with PKCE. `openidconnect` lives here and nowhere else.
//!
//! `known` keeps what the service says of itself and its keys, `exchange` gets and checks what it says of a person, `claims`
//! reads that, `wire` bounds every call.

mod claims;
mod exchange;
mod known;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use tokio_util::sync::CancellationToken;

use crate::config::ProviderConfig;
use crate::domain::vouched::Vouched;
use crate::ports::{Attempt, Clock, Identity, IdentityError, Returned, Standing};
use exchange::Client;
use known::Known;
use wire::Wire;

/// How often the service is asked how it is, while it answers.
const ASK_AGAIN: Duration = Duration::from_mins(15);

/// How often, while it does not.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// The service that people sign in with.
pub struct Provider {
    config: ProviderConfig,
    redirect: RedirectUrl,
    wire: Wire,
    known: Known,
    clock: Arc<dyn Clock>,
}

/// The service cannot be called from this machine.
#[derive(Debug, thiserror::Error)]
#[error("the sign-in service cannot be called ({0})")]
pub struct NoProvider(String);

impl Provider {
    /// The configured service, which leads people back to `redirect`. Nothing is called yet.
    ///
    /// # Errors
    /// [`NoProvider`] where an address is none, or the system's TLS cannot be set up.
    pub fn new(config: &ProviderConfig, redirect: String, clock: Arc<dyn Clock>) -> Result<Self, NoProvider> {
        let redirect = RedirectUrl::new(redirect).map_err(|error| NoProvider(error.to_string()))?;
        let known = Known::new(&config.issuer, Arc::clone(&clock)).map_err(|error| NoProvider(error.to_string()))?;
        let wire = Wire::new().map_err(|error| NoProvider(error.to_string()))?;
        Ok(Self { config: config.clone(), redirect, wire, known, clock })
    }

    /// Asks the service what it is and which keys it signs with.
    ///
    /// # Errors
    /// [`IdentityError::Unreachable`] where it does not answer as one.
    pub async fn check(&self) -> Result<(), IdentityError> {
        self.known.anew(&self.wire).await.map(|_| ())
    }

    /// Keeps knowing how the service is, until told to stop. Nothing waits for it: whoever signs in asks for themselves.
    pub async fn keep_up(self: Arc<Self>, stop: CancellationToken) {
        let kept_up = async {
            loop {
                let pause = match self.check().await {
                    Ok(()) => ASK_AGAIN,
                    Err(error) => {
                        tracing::warn!(%error, "nobody can sign in with the service until it answers");
                        TRY_AGAIN
                    }
                };
                tokio::time::sleep(pause).await;
            }
        };
        stop.run_until_cancelled(kept_up).await;
    }

    async fn client(&self) -> Result<Client, IdentityError> {
        let metadata = self.known.metadata(&self.wire).await?;
        Ok(exchange::client(&self.config, &metadata, self.redirect.clone()))
    }
}

#[async_trait]
impl Identity for Provider {
    fn name(&self) -> &str {
        &self.config.name
    }

    async fn begin(&self, attempt: &Attempt) -> Result<String, IdentityError> {
        let client = self.client().await?;
        let (state, nonce) = (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
        let request = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce);
        let scopes = self.config.scopes.iter().cloned().map(Scope::new);
        let (address, _, _) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
        Ok(address.into())
    }

    async fn finish(&self, attempt: &Attempt, returned: &Returned) -> Result<Vouched, IdentityError> {
        if returned.issuer.as_ref().is_some_and(|issuer| *issuer != self.config.issuer) {
            return Err(IdentityError::NotBelieved { reason: "another service says so".to_owned() });
        }
        let client = self.client().await?;
        let token = exchange::redeem(&client, &self.wire, attempt, returned).await?;
        let told = match exchange::believed(&client, &token, attempt, &*self.clock) {
            // The service may sign with a key that is newer than what is known of it.
            Err(exchange::Doubt::Signature) => {
                let metadata = self.known.newer(&self.wire).await?;
                let client = exchange::client(&self.config, &metadata, self.redirect.clone());
                exchange::believed(&client, &token, attempt, &*self.clock)
            }
            believed => believed,
        };
        let told = told.map_err(|doubt| IdentityError::NotBelieved { reason: doubt.to_string() })?;
        let more = exchange::more(&self.config.kind, &client, &self.wire, &token, &told).await?;
        claims::vouched(&self.config, &told, &more)
    }

    fn standing(&self) -> Standing {
        self.known.standing()
    }
}
