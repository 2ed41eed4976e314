//! The stylesheet, the script and the icon, embedded in the program.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

use super::super::hash_of;

const CSS: &str = include_str!("../assets/firstline.css");
const JS: &str = include_str!("../assets/firstline.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// Changes whenever an asset does, so that browsers may keep each version for good.
pub(super) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = hash_of(&[CSS, JS, ICON].concat()).0;
    hash.truncate(12);
    hash
});

/// The stylesheet.
pub(super) async fn css() -> impl IntoResponse {
    asset("text/css; charset=utf-8", CSS)
}

/// The script.
pub(super) async fn js() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", JS)
}

/// The icon.
pub(super) async fn icon() -> impl IntoResponse {
    asset("image/svg+xml", ICON)
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], text)
}
