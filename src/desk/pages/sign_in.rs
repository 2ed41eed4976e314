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

use super::failure::Failure;
use super::reader::Reader;
use super::session::{self, SignedIn};
use super::shell::{Nav, Shell};
use crate::desk::{Desk, hash_of};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::ports::{Clock, Ids, Session, SessionKind, Store, StoreError};
use crate::wording::Facts;

/// The longest name of an operator, in characters.
const LONGEST_NAME: usize = 60;

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
    let expires_at = clock.now().after(lasts);
    store.open_session(&Session { hash: hash_of(&secret), kind: SessionKind::Link, operator, expires_at }).await?;
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
    query: Result<Query<Link>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(Link { token }) = query?;
    if token.is_empty() {
        return Err(Failure::SignedOut);
    }
    Ok(match link(&desk, &token).await? {
        Some(link) => form(&reader, &token, &link.operator.name).into_response(),
        None => used(&reader),
    })
}

/// Uses the link up and opens a session. Of several who try it, one gets in.
pub(super) async fn accept(
    State(desk): State<Desk>,
    reader: Reader,
    sent: Result<Form<SignIn>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(SignIn { token, name }) = sent?;
    let Some(link) = link(&desk, &token).await? else { return Ok(used(&reader)) };
    let Some(name) = name_of(&desk, &name) else {
        return Ok(form(&reader, &token, &link.operator.name).into_response());
    };
    if !desk.store.close_session(&link.hash).await? {
        return Ok(used(&reader));
    }
    let cookie = session::open(&desk, &name, link.operator).await?;
    tracing::info!(operator.id = %session::id_of(&name), "an operator signed in");
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/desk")).into_response())
}

/// Ends the session.
pub(super) async fn leave(State(desk): State<Desk>, by: SignedIn) -> Result<impl IntoResponse, Failure> {
    desk.store.close_session(&by.hash).await?;
    Ok(([(SET_COOKIE, session::forget(&desk))], Redirect::to("/")))
}

async fn link(desk: &Desk, token: &str) -> Result<Option<Session>, StoreError> {
    let session = desk.store.session(&hash_of(token), desk.clock.now()).await?;
    Ok(session.filter(|session| session.kind == SessionKind::Link))
}

/// The name as it may be shown to colleagues and employees: at least a letter or a digit.
fn name_of(desk: &Desk, typed: &str) -> Option<String> {
    desk.typed_name(typed, LONGEST_NAME).filter(|name| name.chars().any(char::is_alphanumeric))
}

fn form(reader: &Reader, token: &str, name: &str) -> Markup {
    let title = reader.say("desk.sign_in");
    Shell::new(reader, title, Nav::Outside).render(&html! {
        h1 { (title) }
        form.card method="post" action="/desk/sign-in" {
            p { (reader.say("desk.sign_in_text")) }
            input type="hidden" name="token" value=(token);
            div.field {
                label for="name" { (reader.say("desk.sign_in_name")) }
                input #name type="text" name="name" value=(name) required maxlength=(LONGEST_NAME) autocomplete="name";
            }
            button.main { (title) }
        }
    })
}

/// Where a link comes from.
pub(super) fn how_to_get_in(reader: &Reader) -> Markup {
    html! { p { (reader.say("desk.link_new")) " " code { "firstline sign-in-link" } } }
}

fn used(reader: &Reader) -> Response {
    let title = reader.say("desk.link_used");
    let page = Shell::new(reader, title, Nav::Outside).render(&html! {
        h1 { (title) }
        p { (reader.say("desk.link_used_text")) }
        (how_to_get_in(reader))
    });
    (StatusCode::GONE, page).into_response()
}
