//! Signing in with the service: there, and back again.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::header::{HeaderMap, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::guard::comes_from_elsewhere;
use super::super::reader::Reader;
use super::super::session;
use super::super::shell::{Nav, Shell};
use super::attempt::{Underway, over};
use super::{Wanted, button, escaped};
use crate::desk::{Desk, hash_of};
use crate::domain::vouched::Vouched;
use crate::ports::{Identity, IdentityError, Returned};

/// Where a request comes from, for counting what fails.
pub(super) struct Origin(pub(super) Option<IpAddr>);

impl FromRequestParts<Desk> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Self::Rejection> {
        Ok(Self(desk.sign_in.address(parts)))
    }
}

/// What a browser brings back: a code, or why there is none.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
enum Unknown {
    /// Too many have failed of late.
    #[error("too many sign-ins have failed of late")]
    TooMany,
    /// This browser began no such attempt, or too long ago.
    #[error("the answer belongs to no attempt of this browser")]
    NoAttempt,
    /// The person gave up, or may not.
    #[error("the service sent the person back: {0}")]
    SentBack(String),
    /// The service vouches for nobody.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl Unknown {
    /// Whether somebody may have tried to get in as somebody else. Who gave up, or met a service that is down, has not. Without
    /// an attempt there is nothing to guess, and any other site's page can lead browsers here by the hundred.
    const fn may_be_a_guess(&self) -> bool {
        match self {
            Self::NoAttempt | Self::TooMany | Self::SentBack(_) => false,
            Self::Identity(error) => !matches!(error, IdentityError::Unreachable { .. }),
        }
    }
}

/// Leads the browser to the service. Another site's page leads to our page with the button first.
pub(super) async fn begin(
    State(desk): State<Desk>,
    reader: Reader,
    headers: HeaderMap,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(wanted) = query?;
    let identity = service(&desk)?;
    if comes_from_elsewhere(&headers, &desk.facts.public_url) {
        return Ok(Redirect::to(&format!("/sign-in?back={}", escaped(wanted.page()))).into_response());
    }
    let underway = Underway::begin(&desk, wanted.page());
    Ok(match identity.begin(&underway.attempt()).await {
        Ok(address) => ([(SET_COOKIE, underway.cookie(&desk))], Redirect::to(&address)).into_response(),
        Err(error) => {
            tracing::warn!(%error, "nobody can be led to the sign-in service");
            failed(&reader, &underway.back, &Unknown::Identity(error))
        }
    })
}

/// Takes in who it was. What they had before under another name in this browser ends, and their session has a new secret.
pub(super) async fn finish(
    State(desk): State<Desk>,
    reader: Reader,
    Origin(address): Origin,
    headers: HeaderMap,
    query: Result<Query<Answer>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(answer) = query?;
    let identity = service(&desk)?;
    let now = desk.clock.now();
    let underway = Underway::of(&desk, &headers);
    let back = underway.as_ref().map_or("/", |underway| &underway.back).to_owned();
    let found =
        if desk.sign_in.attempts.may_try(address, now) { who(&*identity, underway, answer).await } else { Err(Unknown::TooMany) };
    let response = match found {
        Ok(person) => {
            if let Some(before) = &reader.who {
                desk.store.close_session(&before.hash).await?;
            }
            let cookies = [session::open_vouched(&desk, &person).await?, over(&desk)];
            (set(cookies), Redirect::to(&back)).into_response()
        }
        Err(unknown) => {
            if unknown.may_be_a_guess() {
                desk.sign_in.attempts.failed_at(address, now);
            }
            tracing::warn!(reason = %unknown, "a sign-in failed");
            (set([over(&desk)]), failed(&reader, &back, &unknown)).into_response()
        }
    };
    Ok(response)
}

fn service(desk: &Desk) -> Result<Arc<dyn Identity>, Failure> {
    desk.sign_in.identity.clone().ok_or(Failure::NotFound)
}

fn set<const N: usize>(cookies: [HeaderValue; N]) -> AppendHeaders<[(HeaderName, HeaderValue); N]> {
    AppendHeaders(cookies.map(|cookie| (SET_COOKIE, cookie)))
}

async fn who(identity: &dyn Identity, underway: Option<Underway>, answer: Answer) -> Result<Vouched, Unknown> {
    let attempt = underway.ok_or(Unknown::NoAttempt)?.attempt();
    // Hashes are compared, so that the time it takes tells nothing.
    if hash_of(&answer.state) != hash_of(&attempt.state) {
        return Err(Unknown::NoAttempt);
    }
    match (answer.code, answer.error) {
        (Some(code), None) => Ok(identity.finish(&attempt, &Returned { code, issuer: answer.iss }).await?),
        (_, error) => Err(Unknown::SentBack(word(&error.unwrap_or_default()))),
    }
}

/// What the service calls its refusal, as far as it is a word of the protocol: the address may have been made up.
fn word(error: &str) -> String {
    error.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect()
}

/// The page that says why somebody is not signed in, and what to do.
fn failed(reader: &Reader, back: &str, unknown: &Unknown) -> Response {
    let (status, text) = match unknown {
        Unknown::TooMany => (StatusCode::TOO_MANY_REQUESTS, "sign_in.too_many"),
        Unknown::NoAttempt => (StatusCode::BAD_REQUEST, "sign_in.expired"),
        Unknown::SentBack(_) => (StatusCode::FORBIDDEN, "sign_in.sent_back"),
        Unknown::Identity(IdentityError::Unreachable { .. }) => (StatusCode::SERVICE_UNAVAILABLE, "sign_in.unreachable"),
        Unknown::Identity(IdentityError::Elsewhere) => (StatusCode::FORBIDDEN, "sign_in.elsewhere"),
        Unknown::Identity(IdentityError::Refused { .. } | IdentityError::NotBelieved { .. }) => {
            (StatusCode::FORBIDDEN, "sign_in.not_believed")
        }
    };
    let title = reader.say("sign_in.failed");
    let page = Shell::new(reader, title, Nav::Employee).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        div.ds-alert data-color="warning" role="alert" { p.ds-paragraph { (reader.say(text)) } }
        (button(reader, back))
    });
    (status, page).into_response()
}
