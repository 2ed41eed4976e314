//! Cookies as the pages use them: out of reach for scripts, and not sent along with other sites' forms. Where the pages are
//! reached by https, no other site below the same domain can set them either (`__Host-`).

use std::time::Duration;

use axum::http::header::{COOKIE, HeaderMap, HeaderValue};

use crate::desk::Desk;

/// The value of a cookie that the browser sent.
pub(super) fn read<'h>(desk: &Desk, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let name = format!("{}{name}", prefix(desk));
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The header that sets a cookie for this long; for no time at all, it is taken away.
/// The value must be of characters that cookies can hold: secrets and language codes are.
pub(super) fn set(desk: &Desk, name: &str, value: &str, lasts: Duration) -> HeaderValue {
    with(desk, name, value, lasts, if is_secure(desk) { "SameSite=Lax; Secure" } else { "SameSite=Lax" })
}

/// The same for a page in another site's frame, where browsers keep a cookie only if it says that it may be there; it is kept for
/// that site alone. Without https it can be kept in frames of the same site only.
pub(super) fn set_in_frame(desk: &Desk, name: &str, value: &str, lasts: Duration) -> HeaderValue {
    with(desk, name, value, lasts, if is_secure(desk) { "SameSite=None; Secure; Partitioned" } else { "SameSite=Lax" })
}

fn is_secure(desk: &Desk) -> bool {
    desk.facts.public_url.starts_with("https:")
}

/// Browsers take a cookie of this name only over https, for all paths, and from the host itself.
fn prefix(desk: &Desk) -> &'static str {
    if is_secure(desk) { "__Host-" } else { "" }
}

fn with(desk: &Desk, name: &str, value: &str, lasts: Duration, terms: &str) -> HeaderValue {
    let name = format!("{}{name}", prefix(desk));
    let cookie = format!("{name}={value}; Path=/; Max-Age={}; HttpOnly; {terms}", lasts.as_secs());
    HeaderValue::try_from(cookie).unwrap_or_else(|_| HeaderValue::from_static(""))
}
