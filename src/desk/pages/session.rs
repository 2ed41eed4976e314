//! Who has signed in, and for how long.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, HeaderMap, HeaderValue};
use axum::http::request::Parts;

use super::failure::Failure;
use super::{cookie, guard};
use crate::desk::{Desk, hash_of};
use crate::domain::ids::OperatorId;
use crate::domain::permission::Operator;
use crate::domain::vouched::{Rights, Vouched};
use crate::ports::{Hash, Session, SessionKind, StoreError};

const COOKIE: &str = "firstline_desk";

/// The longest name of an operator, in characters.
pub(super) const LONGEST_NAME: usize = 60;

/// The longest address, in characters.
const LONGEST_ADDRESS: usize = 200;

/// Being used makes a session last longer. That is written down when it gains at least this part of the idle limit.
const WORTH_WRITING: u32 = 16;

/// Whose request it is, as far as they have signed in. The guard puts it with every request.
#[derive(Clone)]
pub(super) struct Who(pub(super) Option<Arc<Session>>);

impl Who {
    /// Whoever has signed in and sent this request.
    pub(super) fn of(parts: &Parts) -> Option<Arc<Session>> {
        parts.extensions.get::<Self>().and_then(|who| who.0.clone())
    }
}

/// The operator who sent a request. Where nobody has signed in, nobody with a role in the desk, or where somebody who only reads
/// would change something, the request is refused.
pub(super) struct SignedIn {
    /// Who.
    pub(super) operator: Operator,
    /// The hash of their session's secret.
    pub(super) hash: Hash,
}

impl FromRequestParts<Desk> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Failure> {
        let session = Who::of(parts).ok_or(Failure::SignedOut)?;
        let Session { operator, hash, .. } = session.as_ref().clone();
        if operator.roles.is_empty() || operator.only_reads() && guard::changes(&parts.method) {
            return Err(Failure::Refused);
        }
        Ok(Self { operator, hash })
    }
}

/// The session whose secret the browser sent, if it lasts. Being used makes it last longer; a page that only listens is not used.
pub(super) async fn sent(desk: &Desk, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    let Some(secret) = cookie::read(desk, headers, COOKIE) else { return Ok(None) };
    let session = desk.store.session(&hash_of(secret), desk.clock.now()).await?;
    let Some(session) = session.filter(|session| matches!(session.kind, SessionKind::Desk | SessionKind::Person)) else {
        return Ok(None);
    };
    if !listens(headers) {
        prolong(desk, &session).await?;
    }
    Ok(Some(session))
}

/// Whether a page asks for its news: it does so whether anybody looks at it or not.
fn listens(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accepted| accepted.as_bytes() == b"text/event-stream")
}

pub(super) async fn prolong(desk: &Desk, session: &Session) -> Result<(), StoreError> {
    let expires_at = desk.clock.now().after(desk.sign_in.idle).min(session.ends_at);
    if expires_at.since(session.expires_at) > desk.sign_in.idle / WORTH_WRITING {
        desk.store.prolong_session(&session.hash, expires_at).await?;
    }
    Ok(())
}

/// The operator of this session, as long as it lasts.
pub(super) async fn still(desk: &Desk, hash: &Hash) -> Result<Option<Operator>, StoreError> {
    let session = desk.store.session(hash, desk.clock.now()).await?;
    let session = session.filter(|session| session.kind != SessionKind::Link && !session.operator.roles.is_empty());
    Ok(session.map(|session| session.operator))
}

/// Opens a session for a person of this name, who was invited as this operator; the cookie that holds its secret.
pub(super) async fn open(desk: &Desk, name: &str, invited: Operator) -> Result<HeaderValue, StoreError> {
    let operator = Operator { id: id_of(name), name: name.to_owned(), ..invited };
    open_as(desk, SessionKind::Desk, operator, None).await
}

/// Opens a session for somebody whom the sign-in service vouches for; the cookie that holds its secret.
pub(super) async fn open_vouched(desk: &Desk, person: &Vouched) -> Result<HeaderValue, StoreError> {
    let (operator, email) = known(desk, person);
    tracing::info!(operator.id = %operator.id, roles = operator.roles.iter().count(), "somebody signed in with the service");
    open_as(desk, SessionKind::Person, operator, email).await
}

async fn open_as(desk: &Desk, kind: SessionKind, operator: Operator, email: Option<String>) -> Result<HeaderValue, StoreError> {
    let secret = desk.ids.secret();
    desk.store.open_session(&lasting(desk, hash_of(&secret), kind, operator, email)).await?;
    Ok(cookie::set(desk, COOKIE, &secret, desk.sign_in.lasts))
}

/// A session that begins now.
pub(super) fn lasting(desk: &Desk, hash: Hash, kind: SessionKind, operator: Operator, email: Option<String>) -> Session {
    let now = desk.clock.now();
    let ends_at = now.after(desk.sign_in.lasts);
    Session { hash, kind, operator, email, expires_at: now.after(desk.sign_in.idle).min(ends_at), ends_at }
}

/// Somebody who is vouched for, as they are known here, with what their roles and groups give them.
pub(super) fn known(desk: &Desk, person: &Vouched) -> (Operator, Option<String>) {
    let Rights { roles, groups } = desk.sign_in.rights.rights(person);
    let text = |told: &Option<String>, longest| desk.typed_name(told.as_deref()?, longest);
    let email = text(&person.email, LONGEST_ADDRESS);
    let name = text(&person.name, LONGEST_NAME).or_else(|| email.clone()).unwrap_or_else(|| "?".to_owned());
    (Operator { id: vouched_id(&person.key), name, groups, roles }, email)
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

/// The same key is the same person. What is kept does not tell the key.
fn vouched_id(key: &str) -> OperatorId {
    OperatorId::new(format!("sso:{}", &hash_of(key).0[..32]))
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

    #[test]
    fn nobody_gets_the_id_of_somebody_vouched_for_by_calling_themselves_so() {
        let vouched = vouched_id("entra|tenant|object");
        assert_eq!(vouched, vouched_id("entra|tenant|object"));
        assert_ne!(id_of(vouched.as_str()), vouched);
    }
}
