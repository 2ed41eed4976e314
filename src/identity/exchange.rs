//! A code for what the service says of a person, and whether that is to be believed.

use std::collections::BTreeMap;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields, Nonce, OAuth2TokenResponse, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::wire::{CallError, Wire};
use crate::config::{ProviderConfig, ProviderKind};
use crate::ports::{Attempt, Clock, IdentityError, Returned};

/// Everything that a token says besides what every token says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Rest {
    #[serde(flatten)]
    pub(super) claims: BTreeMap<String, Value>,
}

impl AdditionalClaims for Rest {}

type Fields =
    IdTokenFields<Rest, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Token = StandardTokenResponse<Fields, CoreTokenType>;
pub(super) type Claims = IdTokenClaims<Rest, CoreGenderClaim>;

/// What speaks the protocol with the service.
pub(super) type Client = openidconnect::Client<
    Rest,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Token,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Signatures that only the service can make. Those by a shared secret are none of them.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Why a token is not believed. What stands in the token is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Doubt {
    /// There is no token about the person.
    #[error("there is no id token")]
    Missing,
    /// It is signed with no key of the service's.
    #[error("it is signed with no known key of the service")]
    Signature,
    /// It answers another attempt.
    #[error("it belongs to another attempt")]
    Nonce,
    /// It is meant for somebody else.
    #[error("it is meant for another program")]
    Audience,
    /// Somebody else made it.
    #[error("it is by another issuer")]
    Issuer,
    /// It was good until some time ago.
    #[error("it has expired")]
    Expired,
    /// Something else.
    #[error("it is not as it should be")]
    Other,
}

/// What speaks the protocol with this service.
pub(super) fn client(config: &ProviderConfig, metadata: &CoreProviderMetadata, redirect: RedirectUrl) -> Client {
    let secret = config.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
    let id = ClientId::new(config.client_id.clone());
    Client::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(redirect)
}

/// What the service gives for a code.
pub(super) async fn redeem(client: &Client, wire: &Wire, attempt: &Attempt, returned: &Returned) -> Result<Token, IdentityError> {
    let unreachable = |reason: &str| IdentityError::Unreachable { reason: reason.to_owned() };
    let request = client.exchange_code(AuthorizationCode::new(returned.code.clone()));
    let request = request.map_err(|_| unreachable("it names no address for exchanging codes"))?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
    request.request_async(wire).await.map_err(|error| refused(&error))
}

fn refused(error: &RequestTokenError<CallError, StandardErrorResponse<CoreErrorResponseType>>) -> IdentityError {
    match error {
        RequestTokenError::ServerResponse(said) => IdentityError::Refused { reason: said.error().as_ref().to_owned() },
        RequestTokenError::Request(error) => IdentityError::Unreachable { reason: error.to_string() },
        _ => IdentityError::Unreachable { reason: "its answer to a code cannot be read".to_owned() },
    }
}

/// What the service says of a person, if it says so, to us, now, and in this attempt.
pub(super) fn believed(client: &Client, token: &Token, attempt: &Attempt, clock: &dyn Clock) -> Result<Claims, Doubt> {
    let now = || chrono::DateTime::from_timestamp_micros(clock.now().micros()).unwrap_or_default();
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES).set_time_fn(now);
    let id_token = token.id_token().ok_or(Doubt::Missing)?;
    let claims = id_token.claims(&verifier, &Nonce::new(attempt.nonce.clone()));
    claims.cloned().map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(_) => Doubt::Signature,
        ClaimsVerificationError::InvalidNonce(_) => Doubt::Nonce,
        ClaimsVerificationError::InvalidAudience(_) => Doubt::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Doubt::Issuer,
        ClaimsVerificationError::Expired(_) => Doubt::Expired,
        _ => Doubt::Other,
    })
}

/// What the service says of the person at other addresses.
#[derive(Debug, Default)]
pub(super) struct More {
    /// What stands at the userinfo address.
    pub(super) userinfo: Value,
    /// The list of groups, where it has an address of its own.
    pub(super) groups: Value,
}

/// Asks for what does not stand in the token. Entra says everything there.
pub(super) async fn more(
    kind: &ProviderKind,
    client: &Client,
    wire: &Wire,
    token: &Token,
    told: &Claims,
) -> Result<More, IdentityError> {
    if matches!(kind, ProviderKind::Entra { .. }) {
        return Ok(More::default());
    }
    let access = token.access_token().secret();
    let userinfo = match client.user_info_url() {
        Some(address) => wire.json(address.as_str(), access).await?,
        None => Value::Null,
    };
    if !userinfo.is_null() && userinfo["sub"].as_str() != Some(told.subject().as_str()) {
        return Err(IdentityError::NotBelieved { reason: "userinfo tells of somebody else".to_owned() });
    }
    let groups = match kind {
        ProviderKind::Feide { groups_url } => wire.json(groups_url, access).await?,
        _ => Value::Null,
    };
    Ok(More { userinfo, groups })
}
