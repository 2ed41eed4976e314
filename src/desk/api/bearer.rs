//! Who calls: the bearer token of the `Authorization` header.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::problem::Problem;
use crate::config::{ApiToken, Employees};
use crate::desk::{Desk, Door, hash_of};
use crate::domain::ids::{EmployeeId, OperatorId};
use crate::domain::permission::Operator;

/// The employee who holds the conversation's secret.
pub(super) struct Holding(pub(super) EmployeeId);

/// Somebody who may begin a conversation: everybody, or, where employees must sign in, a system that has a token.
pub(super) struct MayBegin;

/// Somebody who may read what employees are told: everybody, or, where employees must sign in, whoever has a token.
pub(super) struct MayRead;

/// The operator whose token it is.
pub(super) struct Calling(pub(super) Operator);

impl FromRequestParts<Desk> for Holding {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Problem> {
        let secret = bearer(parts).ok_or_else(|| Problem::unauthorised("send the conversation's secret as a bearer token"))?;
        Ok(Self(Door::Api.employee(secret)))
    }
}

impl FromRequestParts<Desk> for MayBegin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        if desk.sign_in.employees == Employees::Open
            || bearer(parts).and_then(|token| operator(desk, token)).is_some_and(|system| !system.only_reads())
        {
            return Ok(Self);
        }
        Err(Problem::unauthorised("employees sign in here before they ask: send a system's token as a bearer token"))
    }
}

impl FromRequestParts<Desk> for MayRead {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        if desk.sign_in.employees == Employees::Open || bearer(parts).and_then(|token| operator(desk, token)).is_some() {
            return Ok(Self);
        }
        Err(Problem::unauthorised("employees sign in here before they read: send a token as a bearer token"))
    }
}

impl FromRequestParts<Desk> for Calling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(|| Problem::unauthorised("send an operator's token as a bearer token"))?;
        let by = operator(desk, token).ok_or_else(|| Problem::unauthorised("nobody has this token"))?;
        if by.only_reads() && !parts.method.is_safe() {
            return Err(Problem::forbidden("whoever has this token reads and changes nothing"));
        }
        Ok(Self(by))
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty())
}

/// Compares hashes, and always all of them, so that the time it takes tells nothing of any token.
fn operator(desk: &Desk, token: &str) -> Option<Operator> {
    let presented = hash_of(token);
    let matching = |found, known: &ApiToken| {
        if hash_of(known.token.reveal()) == presented { Some(known.clone()) } else { found }
    };
    let ApiToken { name, groups, roles, .. } = desk.api_tokens.iter().fold(None, matching)?;
    Some(Operator { id: OperatorId::new(format!("api:{name}")), name, groups, roles })
}
