//! Signing in to the desk by a link that is good for once.

use std::time::Duration;

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::{self, LONGEST_NAME};
use super::super::shell::{Nav, Shell};
use super::button;
use super::service::Origin;
use crate::desk::{Desk, hash_of};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::ports::{Clock, Ids, Session, SessionKind, Store, StoreError};
use crate::wording::Facts;

/// Who is invited to the desk.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The name that the sign-in page suggests.
    pub name: String,
    /// Which groups' tickets they may work on.
    pub groups: Membership,
    /// What they may do.
    pub roles: Roles,
    /// How long the link is good.
    pub lasts: Duration,
}

/// Makes a link that signs one person in once; the whole address.
///
/// # Errors
/// [`StoreError`] where it could not be kept.
pub async fn new_sign_in_link(
    store: &dyn Store,
    ids: &dyn Ids,
    clock: &dyn Clock,
    facts: &Facts,
    invitation: Invitation,
) -> Result<String, StoreError> {
    let Invitation { name, groups, roles, lasts } = invitation;
    let secret = ids.secret();
    let operator = Operator { id: session::id_of(&name), name, groups, roles };
    let ends_at = clock.now().after(lasts);
    let link = Session { hash: hash_of(&secret), kind: SessionKind::Link, operator, email: None, expires_at: ends_at, ends_at };
    store.open_session(&link).await?;
    Ok(format!("{}/desk/sign-in?token={secret}", facts.public_url))
}

/// What a link says.
#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default)]
    token: String,
}

/// What somebody who signs in says.
#[derive(Deserialize)]
pub(super) struct SignIn {
    token: String,
    name: String,
}

/// Asks for the name. Looking at the page does not use the link up: programs that preview links do so.
pub(super) async fn ask(
    State(desk): State<Desk>,
    reader: Reader,
    from: Origin,
    query: Result<Query<Link>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(Link { token }) = query?;
    if token.is_empty() {
        return Err(Failure::SignedOut);
    }
    Ok(match link(&desk, &from, &token).await? {
        Found::Good(link) => form(&reader, &token, &link.operator.name).into_response(),
        Found::Used => used(&reader),
        Found::Waits => waits(&reader),
    })
}

/// Uses the link up and opens a session. Of several who try it, one gets in.
pub(super) async fn accept(
    State(desk): State<Desk>,
    reader: Reader,
    from: Origin,
    sent: Result<Form<SignIn>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(SignIn { token, name }) = sent?;
    let link = match link(&desk, &from, &token).await? {
        Found::Good(link) => link,
        Found::Used => return Ok(used(&reader)),
        Found::Waits => return Ok(waits(&reader)),
    };
    let Some(name) = name_of(&desk, &name) else {
        return Ok(form(&reader, &token, &link.operator.name).into_response());
    };
    if !desk.store.close_session(&link.hash).await? {
        return Ok(used(&reader));
    }
    if let Some(before) = &reader.who {
        desk.store.close_session(&before.hash).await?;
    }
    let cookie = session::open(&desk, &name, link.operator).await?;
    tracing::warn!(operator.id = %session::id_of(&name), "an operator signed in by a link, without anybody vouching for them");
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/desk")).into_response())
}

/// What a link turned out to be.
enum Found {
    /// Good for signing in.
    Good(Session),
    /// Used, too old, or never there.
    Used,
    /// Not looked at, since too many have failed of late.
    Waits,
}

async fn link(desk: &Desk, Origin(address): &Origin, token: &str) -> Result<Found, StoreError> {
    let now = desk.clock.now();
    if !desk.sign_in.attempts.may_try(*address, now) {
        return Ok(Found::Waits);
    }
    let session = desk.store.session(&hash_of(token), now).await?;
    let found = session.filter(|session| session.kind == SessionKind::Link).map_or(Found::Used, Found::Good);
    if matches!(found, Found::Used) {
        desk.sign_in.attempts.failed_at(*address, now);
        tracing::warn!("a sign-in link was tried that is not good any more");
    }
    Ok(found)
}

/// The name as it may be shown to colleagues and employees: at least a letter or a digit.
fn name_of(desk: &Desk, typed: &str) -> Option<String> {
    desk.typed_name(typed, LONGEST_NAME).filter(|name| name.chars().any(char::is_alphanumeric))
}

fn form(reader: &Reader, token: &str, name: &str) -> Markup {
    let title = reader.say("desk.sign_in");
    Shell::new(reader, title, Nav::Outside).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        form.ds-card method="post" action="/desk/sign-in" {
            p.ds-paragraph { (reader.say("desk.sign_in_text")) }
            input type="hidden" name="token" value=(token);
            div.ds-field {
                label.ds-label for="name" { (reader.say("desk.sign_in_name")) }
                input #name .ds-input type="text" name="name" value=(name) required maxlength=(LONGEST_NAME) autocomplete="name";
            }
            button.ds-button { (title) }
        }
    })
}

fn used(reader: &Reader) -> Response {
    let title = reader.say("desk.link_used");
    let page = Shell::new(reader, title, Nav::Outside).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        p.ds-paragraph { (reader.say("desk.link_used_text")) }
        p.ds-paragraph { (reader.say("desk.link_new")) " " code { "firstline sign-in-link" } }
        (button(reader, "/desk"))
    });
    (StatusCode::GONE, page).into_response()
}

fn waits(reader: &Reader) -> Response {
    let title = reader.say("sign_in.failed");
    let page = Shell::new(reader, title, Nav::Outside).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        p.ds-paragraph { (reader.say("sign_in.too_many")) }
    });
    (StatusCode::TOO_MANY_REQUESTS, page).into_response()
}
