//! Stands before every page: refuses forms of other sites, words failures for the reader, sets the protective headers.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::form::{self, Told};
use super::reader::Reader;
use super::shell::{Nav, Shell};
use super::sign_in;
use crate::desk::Desk;

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

/// Lets a request through to its page, and makes the answer fit to be shown.
pub(super) async fn stand(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let reader = Reader::of(&parts, &desk);
    let by_script = form::by_script(&parts.headers);
    let mut response = if changes(&parts.method) && comes_from_elsewhere(&parts.headers) {
        word(&reader, StatusCode::FORBIDDEN, "page.refused", "page.cross_site", by_script)
    } else {
        let response = next.run(Request::from_parts(parts, body)).await;
        if unworded(&response) { explain(&reader, response.status(), by_script) } else { response }
    };
    let policy = policy(&desk, &response);
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn policy(desk: &Desk, response: &Response) -> HeaderValue {
    let framed = response.extensions().get::<MayBeFramed>().is_some() && !desk.embedded_by.is_empty();
    let named = framed.then(|| format!("{}'self' {}", policy!(), desk.embedded_by.join(" ")));
    named.and_then(|policy| HeaderValue::try_from(policy).ok()).unwrap_or(UNFRAMED)
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a browser says that another site sent this. Who says nothing of where it comes from is no browser with our cookies.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(HeaderValue::to_str);
    match (text(HeaderName::from_static("sec-fetch-site")), text(ORIGIN)) {
        (Some(Ok("same-origin" | "none")), _) | (None, None) => false,
        (None, Some(Ok(origin))) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_none() || host != headers.get(HOST).and_then(|host| host.to_str().ok())
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
    let (title, text) = match status {
        StatusCode::UNAUTHORIZED => ("desk.not_signed_in", "desk.not_signed_in_text"),
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
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://desk.example"), ("host", "desk.example")], true),
            (&[("origin", "http://desk.example:8080"), ("host", "desk.example:8080")], false),
            (&[("origin", "http://evil.example"), ("host", "desk.example")], true),
            (&[("origin", "null"), ("host", "desk.example")], true),
            (&[("host", "desk.example")], false),
        ];
        for (given, elsewhere) in cases {
            assert_eq!(comes_from_elsewhere(&headers(given)), elsewhere, "{given:?}");
        }
    }
}
