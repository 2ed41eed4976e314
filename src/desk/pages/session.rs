//! Who has signed in to the desk.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{HeaderMap, HeaderValue};
use axum::http::request::Parts;

use super::cookie;
use super::failure::Failure;
use crate::desk::{Desk, hash_of};
use crate::domain::ids::OperatorId;
use crate::domain::permission::Operator;
use crate::ports::{Hash, Session, SessionKind, StoreError};

const COOKIE: &str = "firstline_desk";

/// How long a sign-in lasts: a long shift.
const LASTS: Duration = Duration::from_hours(12);

/// The operator who sent a request; where nobody has signed in, the request is refused.
pub(super) struct SignedIn {
    /// Who.
    pub(super) operator: Operator,
    /// The hash of their session's secret.
    pub(super) hash: Hash,
}

impl FromRequestParts<Desk> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Failure> {
        let hash = sent(&parts.headers).ok_or(Failure::SignedOut)?;
        let operator = still(desk, &hash).await?.ok_or(Failure::SignedOut)?;
        Ok(Self { operator, hash })
    }
}

/// The hash of the session's secret that the browser sent.
fn sent(headers: &HeaderMap) -> Option<Hash> {
    cookie::read(headers, COOKIE).map(hash_of)
}

/// The operator of this session, as long as it lasts.
pub(super) async fn still(desk: &Desk, hash: &Hash) -> Result<Option<Operator>, StoreError> {
    let session = desk.store.session(hash, desk.clock.now()).await?;
    Ok(session.filter(|session| session.kind == SessionKind::Desk).map(|session| session.operator))
}

/// Opens a session for a person of this name, who was invited as this operator; the cookie that holds its secret.
pub(super) async fn open(desk: &Desk, name: &str, invited: Operator) -> Result<HeaderValue, StoreError> {
    let secret = desk.ids.secret();
    let operator = Operator { id: id_of(name), name: name.to_owned(), ..invited };
    let expires_at = desk.clock.now().after(LASTS);
    desk.store.open_session(&Session { hash: hash_of(&secret), kind: SessionKind::Desk, operator, expires_at }).await?;
    Ok(cookie::set(desk, COOKIE, &secret, LASTS))
}

/// The cookie that takes a session's secret away.
pub(super) fn forget(desk: &Desk) -> HeaderValue {
    cookie::set(desk, COOKIE, "", Duration::ZERO)
}

/// The same name is the same operator, from one sign-in to the next.
pub(super) fn id_of(name: &str) -> OperatorId {
    let words = name.to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    OperatorId::new(format!("web:{}", words.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_operator() {
        assert_eq!(id_of("Kari Nordmann"), id_of("  kari  NORDMANN "));
        assert_eq!(id_of("Åse-Marie").as_str(), "web:åse-marie");
        assert_ne!(id_of("Kari"), id_of("Kåre"));
    }
}
