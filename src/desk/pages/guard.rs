//! Stands before every page: finds out who comes, refuses forms of other sites and whoever must sign in first, words failures
//! for the reader, sets the protective headers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::failure::Failure;
use super::form::{self, Told};
use super::proxied::{self, Claimed};
use super::reader::Reader;
use super::session::{self, Who};
use super::shell::{Nav, Shell};
use super::sign_in;
use crate::config::Employees;
use crate::desk::Desk;
use crate::ports::{Session, StoreError};

/// Nothing but our own files (and the pictures that stand in our stylesheet), nothing inline; after it stands whose frames a page may be in.
macro_rules! policy {
    () => {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors "
    };
}

/// Never in another site's frame.
const UNFRAMED: HeaderValue = HeaderValue::from_static(concat!(policy!(), "'none'"));

const HEADERS: [(HeaderName, HeaderValue); 2] =
    [(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")), (REFERRER_POLICY, HeaderValue::from_static("same-origin"))];

/// Stands with a response that sites which the configuration names may show in a frame.
#[derive(Clone, Copy)]
pub(super) struct MayBeFramed;

/// Why a request does not get to its page.
enum Refusal {
    /// Another site sent the form.
    CrossSite,
    /// Somebody who is no trusted proxy says who it is.
    Untrusted,
    /// Employees must sign in here before they ask.
    SignInFirst,
    /// It could not be found out who it is.
    Broken(StoreError),
}

/// Lets a request through to its page, and makes the answer fit to be shown.
pub(super) async fn stand(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let admitted = admit(&desk, &mut parts).await;
    let reader = Reader::of(&parts, &desk);
    let by_script = form::by_script(&parts.headers);
    let mut response = match admitted {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(Refusal::CrossSite) => word(&reader, StatusCode::FORBIDDEN, "page.refused", "page.cross_site", by_script),
        Err(Refusal::Untrusted) => word(&reader, StatusCode::FORBIDDEN, "page.refused", "sign_in.untrusted", by_script),
        Err(Refusal::SignInFirst) => Failure::SignedOut.into_response(),
        Err(Refusal::Broken(error)) => Failure::from(error).into_response(),
    };
    if unworded(&response) {
        response = explain(&reader, response.status(), by_script);
    }
    let policy = policy(&desk, &response);
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn policy(desk: &Desk, response: &Response) -> HeaderValue {
    let framed = response.extensions().get::<MayBeFramed>().is_some() && !desk.embedded_by.is_empty();
    let named = framed.then(|| format!("{}'self' {}", policy!(), desk.embedded_by.join(" ")));
    named.and_then(|policy| HeaderValue::try_from(policy).ok()).unwrap_or(UNFRAMED)
}

/// Finds out who sent the request, keeps it with the request, and says whether it may go on.
async fn admit(desk: &Desk, parts: &mut Parts) -> Result<(), Refusal> {
    if changes(&parts.method) && comes_from_elsewhere(&parts.headers, &desk.facts.public_url) {
        return Err(Refusal::CrossSite);
    }
    if parts.uri.path().starts_with("/assets/") {
        return Ok(());
    }
    let who = identify(desk, parts).await?;
    let vouched = who.as_ref().is_some_and(Session::is_vouched);
    if desk.sign_in.employees == Employees::Required && !vouched && !is_open_to_all(parts.uri.path()) {
        return Err(Refusal::SignInFirst);
    }
    parts.extensions.insert(Who(who.map(Arc::new)));
    Ok(())
}

async fn identify(desk: &Desk, parts: &Parts) -> Result<Option<Session>, Refusal> {
    let found = match proxied::claimed(desk, parts) {
        Claimed::By(person) => proxied::session(desk, &person).await.map(Some),
        Claimed::Nothing => session::sent(desk, &parts.headers).await,
        Claimed::Untrusted => {
            tracing::warn!("a request that did not come through a trusted proxy said who it is, and was refused");
            return Err(Refusal::Untrusted);
        }
    };
    found.map_err(Refusal::Broken)
}

/// Pages that are there before anybody has signed in; those of the desk ask for themselves.
fn is_open_to_all(path: &str) -> bool {
    matches!(path, "/language" | "/embed.js")
        || ["/desk", "/sign-in"].iter().any(|room| path == *room || path.starts_with(&format!("{room}/")))
}

/// Whether a request of this kind may change something.
pub(super) fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a browser says that another site sent this. Who says nothing of where it comes from is no browser with our cookies.
pub(super) fn comes_from_elsewhere(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(HeaderValue::to_str);
    match (text(HeaderName::from_static("sec-fetch-site")), text(ORIGIN)) {
        (Some(Ok("same-origin" | "none")), _) | (None, None) => false,
        (None, Some(Ok(origin))) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            let asked = headers.get(HOST).and_then(|host| host.to_str().ok());
            // A proxy in front may ask by another name than people do.
            let known = public_url.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
            host.is_none() || host != asked && host != known
        }
        _ => true,
    }
}

/// Whether a response is a failure that nobody has put into words for people.
fn unworded(response: &Response) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    failed && !kind.starts_with("text/html") && !kind.starts_with("application/json")
}

fn explain(reader: &Reader, status: StatusCode, by_script: bool) -> Response {
    let in_desk = reader.address.starts_with("/desk");
    let without_role = reader.who.as_ref().is_some_and(|who| who.operator.roles.is_empty());
    let (title, text) = match status {
        StatusCode::UNAUTHORIZED => ("desk.not_signed_in", sign_in::why(reader, in_desk)),
        StatusCode::FORBIDDEN if in_desk && without_role => ("page.refused", "sign_in.no_role"),
        StatusCode::FORBIDDEN => ("page.refused", "page.refused_text"),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ("page.not_found", "page.not_found_text"),
        status if status.is_client_error() => ("page.unreadable", "page.unreadable_text"),
        _ => ("page.broken", "page.broken_text"),
    };
    word(reader, status, title, text, by_script)
}

fn word(reader: &Reader, status: StatusCode, title: &str, text: &str, by_script: bool) -> Response {
    if by_script {
        return (status, Told::refused(reader.say(text)).json()).into_response();
    }
    let nav = if reader.address.starts_with("/desk") { Nav::Outside } else { Nav::Employee };
    let page = Shell::new(reader, reader.say(title), nav).render(&html! {
        h1.ds-heading data-size="md" { (reader.say(title)) }
        p.ds-paragraph { (reader.say(text)) }
        @if status == StatusCode::UNAUTHORIZED { (sign_in::how_to_get_in(reader)) }
        p { a.ds-link href="/" { (reader.say("page.to_start")) } }
    });
    let (parts, body) = page.into_response().into_parts();
    let mut response = Response::from_parts(parts, Body::new(body));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(given: &[(&'static str, &'static str)]) -> HeaderMap {
        given.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        let cases: [(&[(&str, &str)], bool); 10] = [
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://desk.example"), ("host", "desk.example")], true),
            (&[("origin", "http://desk.example:8080"), ("host", "desk.example:8080")], false),
            (&[("origin", "http://evil.example"), ("host", "desk.example")], true),
            (&[("origin", "null"), ("host", "desk.example")], true),
            (&[("host", "desk.example")], false),
            (&[("origin", "https://hjelp.example"), ("host", "127.0.0.1:8080")], false),
            (&[("origin", "https://hjelp.example.evil"), ("host", "127.0.0.1:8080")], true),
        ];
        for (given, elsewhere) in cases {
            assert_eq!(comes_from_elsewhere(&headers(given), "https://hjelp.example/it"), elsewhere, "{given:?}");
        }
    }

    #[test]
    fn the_desk_and_signing_in_ask_for_themselves_and_everything_else_is_asked_for() {
        for path in ["/desk", "/desk/tickets/1", "/sign-in", "/sign-in/callback", "/language"] {
            assert!(is_open_to_all(path), "{path}");
        }
        for path in ["/", "/chat", "/kb/nb/vpn", "/deskside", "/sign-info"] {
            assert!(!is_open_to_all(path), "{path}");
        }
    }
}
