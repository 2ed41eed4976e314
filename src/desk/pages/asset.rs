//! Stylesheets, scripts and the icon, embedded in the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::super::hash_of;
use super::failure::Failure;

/// A file that pages load: what it is called, and what it is put together from.
struct Asset {
    name: &'static str,
    kind: &'static str,
    parts: &'static [&'static str],
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const ASSETS: &[Asset] = &[
    Asset {
        name: "firstline.css",
        kind: CSS,
        parts: &[
            include_str!("../assets/css/base.css"),
            include_str!("../assets/css/chat.css"),
            include_str!("../assets/css/article.css"),
            include_str!("../assets/css/desk.css"),
            include_str!("../assets/css/narrow.css"),
        ],
    },
    // On every page; on employees' pages alone.
    Asset { name: "firstline.js", kind: JS, parts: &[include_str!("../assets/js/core.js")] },
    // On the chat's pages, and those of them that another site shows in a frame.
    Asset {
        name: "chat.js",
        kind: JS,
        parts: &[include_str!("../assets/js/chat.js"), include_str!("../assets/js/suggest.js")],
    },
    Asset { name: "frame.js", kind: JS, parts: &[include_str!("../assets/js/frame.js")] },
    // On the pages of those who have signed in to the desk, after the former.
    Asset { name: "desk.js", kind: JS, parts: &[include_str!("../assets/js/ticket.js")] },
    Asset { name: "icon.svg", kind: "image/svg+xml", parts: &[include_str!("../assets/icon.svg")] },
];

/// Changes whenever an asset does, so that browsers may keep each version for good.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = hash_of(&ASSETS.iter().flat_map(|asset| asset.parts).copied().collect::<String>()).0;
    hash.truncate(12);
    hash
});

/// The address of an asset in its present version.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{name}?v={}", VERSION.as_str())
}

/// One asset.
pub(super) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Failure::NotFound)?;
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.parts.concat()).into_response())
}
