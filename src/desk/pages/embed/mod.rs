//! The chat on another site's page: `embed.js`, which that page loads, and the page in its frame.
//!
//! Only sites that the configuration names may show it. The two sides speak with `postMessage`, each only with the origin that
//! it knows the other to be of: the script learns ours from its own address, the page in the frame has the list of theirs.

mod view;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use super::chat;
use super::failure::Failure;
use super::guard::MayBeFramed;
use super::reader::{self, Reader};
use super::visitor::Visitor;
use crate::desk::Desk;
use crate::domain::lang::Lang;

/// Where the page in the frame is.
pub(super) const ADDRESS: &str = "/embed";

pub(super) fn router() -> Router<Desk> {
    Router::new().route(ADDRESS, get(show)).route("/embed.js", get(script))
}

/// What the page around the frame says of itself.
#[derive(Deserialize)]
struct Around {
    /// Its language, as its markup has it: `nb`, `nn-NO`.
    lang: Option<String>,
}

/// The chat in a frame. Its language is the reader's choice, else that of the page around it.
async fn show(
    State(desk): State<Desk>,
    mut reader: Reader,
    visitor: Visitor,
    headers: HeaderMap,
    Query(around): Query<Around>,
) -> Result<Response, Failure> {
    if desk.embedded_by.is_empty() {
        return Err(Failure::NotFound);
    }
    let given = around.lang.as_deref().and_then(of_tag).filter(|_| reader::chosen(&desk, &headers, ADDRESS).is_none());
    reader.lang = given.unwrap_or(reader.lang);
    let page = chat::in_frame(&desk, &reader, &visitor).await?;
    let mut response = visitor.remembered_in_frame(&desk, page);
    if let Some(lang) = given {
        response.headers_mut().append(SET_COOKIE, reader::kept_in_frame(&desk, lang));
    }
    response.extensions_mut().insert(MayBeFramed);
    Ok(response)
}

/// One of our languages from a language tag.
fn of_tag(tag: &str) -> Option<Lang> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    if primary == "no" { Some(Lang::Nb) } else { Lang::from_code(&primary) }
}

/// The script that another site's page loads. It is asked for again after five minutes: its address is written into pages that
/// nobody here can change, so it has no version in it.
async fn script(State(desk): State<Desk>) -> Result<impl IntoResponse, Failure> {
    if desk.embedded_by.is_empty() {
        return Err(Failure::NotFound);
    }
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=300"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, view::script(&desk)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_page_around_is_known_by_its_tag() {
        for (tag, lang) in [
            ("nb-NO", Some(Lang::Nb)),
            ("no", Some(Lang::Nb)),
            ("NN", Some(Lang::Nn)),
            ("en-GB", Some(Lang::En)),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(of_tag(tag), lang, "{tag}");
        }
    }
}
