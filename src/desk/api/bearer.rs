//! Who calls: the bearer token of the `Authorization` header.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::problem::Problem;
use crate::desk::{Desk, Door, hash_of};
use crate::domain::ids::{EmployeeId, OperatorId};
use crate::domain::permission::{Membership, Operator, Roles};

/// The employee who holds the conversation's secret.
pub(super) struct Holding(pub(super) EmployeeId);

/// The operator whose token it is.
pub(super) struct Calling(pub(super) Operator);

impl FromRequestParts<Desk> for Holding {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Problem> {
        let secret = bearer(parts).ok_or_else(|| Problem::unauthorised("send the conversation's secret as a bearer token"))?;
        Ok(Self(Door::Api.employee(secret)))
    }
}

impl FromRequestParts<Desk> for Calling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(|| Problem::unauthorised("send an operator's token as a bearer token"))?;
        operator(desk, token).map(Self).ok_or_else(|| Problem::unauthorised("nobody has this token"))
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
    let matching = |found, known: &crate::config::ApiToken| {
        if hash_of(known.token.reveal()) == presented { Some(known.name.clone()) } else { found }
    };
    let name = desk.api_tokens.iter().fold(None, matching)?;
    Some(Operator { id: OperatorId::new(format!("api:{name}")), name, groups: Membership::Every, roles: Roles::all() })
}
