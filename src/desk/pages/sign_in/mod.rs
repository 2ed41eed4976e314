//! Signing in, with a service that vouches for people or by a link that is good for once, and signing out.

mod attempt;
mod link;
mod service;

pub use link::{Invitation, new_sign_in_link};

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::reader::{Reader, own_address};
use super::session;
use super::shell::{Nav, Shell};
use crate::config::Employees;
use crate::desk::Desk;
use crate::ports::SessionKind;

/// Where the service leads people back to, below the public address.
pub const CALLBACK: &str = "/sign-in/callback";

/// The pages of signing in and out.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/sign-in", get(show))
        .route("/sign-in/begin", get(service::begin))
        .route(CALLBACK, get(service::finish))
        .route("/desk/sign-in", get(link::ask).post(link::accept))
        .route("/desk/sign-out", post(leave))
        .route("/desk/sign-out-everywhere", post(leave_everywhere))
}

/// Where to go once somebody has signed in.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    back: String,
}

impl Wanted {
    /// A page of ours.
    fn page(&self) -> &str {
        own_address(&self.back)
    }
}

/// The page with the button.
async fn show(reader: Reader, query: Result<Query<Wanted>, QueryRejection>) -> Result<impl IntoResponse, Failure> {
    let Query(wanted) = query?;
    if reader.desk().sign_in.identity.is_none() {
        return Err(Failure::NotFound);
    }
    let title = reader.say("desk.sign_in");
    let known = reader.vouched().map(|who| who.operator.name.clone());
    Ok(Shell::new(&reader, title, Nav::Employee).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        @if let Some(name) = known {
            p.ds-paragraph { (reader.fill("desk.signed_in", &[("name", &name)])) }
        } @else {
            p.ds-paragraph { (reader.say("sign_in.text")) }
            @if reader.desk().sign_in.employees == Employees::Open { p.ds-paragraph { (reader.say("sign_in.stays")) } }
            (button(&reader, wanted.page()))
        }
    }))
}

/// Ends the session.
async fn leave(State(desk): State<Desk>, reader: Reader) -> Result<impl IntoResponse, Failure> {
    if let Some(who) = &reader.who {
        desk.store.close_session(&who.hash).await?;
        tracing::info!(operator.id = %who.operator.id, "somebody signed out");
    }
    Ok(([(SET_COOKIE, session::forget(&desk))], Redirect::to("/")))
}

/// Ends every session of whoever asks for it, in every browser.
async fn leave_everywhere(State(desk): State<Desk>, reader: Reader) -> Result<impl IntoResponse, Failure> {
    let Some(who) = &reader.who else { return Err(Failure::SignedOut) };
    let sessions = desk.store.close_sessions_of(&who.operator.id).await?;
    tracing::info!(operator.id = %who.operator.id, sessions, "somebody signed out everywhere");
    Ok(([(SET_COOKIE, session::forget(&desk))], Redirect::to("/")))
}

/// Leads to the service. A link, since a form may only lead to our own pages.
fn button(reader: &Reader, back: &str) -> Markup {
    let Some(identity) = &reader.desk().sign_in.identity else { return html! {} };
    html! {
        p { a.ds-button href={ "/sign-in/begin?back=" (escaped(back)) } { (reader.fill("sign_in.with", &[("name", identity.name())])) } }
    }
}

/// The key of the sentence that says why somebody must sign in.
pub(super) fn why(reader: &Reader, in_desk: bool) -> &'static str {
    let sign_in = &reader.desk().sign_in;
    match (in_desk, sign_in.identity.is_some() || sign_in.proxy.is_some()) {
        (true, false) => "desk.not_signed_in_text",
        (true, true) => "sign_in.desk_text",
        (false, _) => "sign_in.required",
    }
}

/// How somebody gets in who has not signed in: the service's button, or where a link comes from.
pub(super) fn how_to_get_in(reader: &Reader) -> Markup {
    let sign_in = &reader.desk().sign_in;
    html! {
        @if sign_in.identity.is_some() {
            (button(reader, &reader.address))
        } @else if sign_in.proxy.is_none() {
            p.ds-paragraph { (reader.say("desk.link_new")) " " code { "firstline sign-in-link" } }
        }
    }
}

/// Who has signed in, for the header, with the way out; or the way in. On an employee's page whoever came by a link is nobody,
/// since they ask without a name there.
pub(super) fn person(reader: &Reader, in_desk: bool) -> Markup {
    let who = reader.who.as_ref().filter(|who| in_desk || who.is_vouched());
    let wanted = !in_desk && reader.desk().sign_in.identity.is_some() && !reader.address.starts_with("/sign-in");
    html! {
        @if let Some(who) = who {
            span.muted { (reader.fill("desk.signed_in", &[("name", &who.operator.name)])) }
            @if who.kind != SessionKind::Proxied {
                form method="post" action="/desk/sign-out" { button.ds-link { (reader.say("desk.sign_out")) } }
                form method="post" action="/desk/sign-out-everywhere" { button.ds-link { (reader.say("sign_in.out_everywhere")) } }
            }
        } @else if wanted {
            a.ds-link href={ "/sign-in?back=" (escaped(&reader.address)) } { (reader.say("desk.sign_in")) }
        }
    }
}

/// A text as a value in an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
