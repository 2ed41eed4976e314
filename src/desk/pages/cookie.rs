//! Cookies as the pages use them: out of reach for scripts, and not sent along with other sites' forms.

use std::time::Duration;

use axum::http::header::{COOKIE, HeaderMap, HeaderValue};

use crate::desk::Desk;

/// The value of a cookie that the browser sent.
pub(super) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The header that sets a cookie for this long; for no time at all, it is taken away.
/// The value must be of characters that cookies can hold: secrets and language codes are.
pub(super) fn set(desk: &Desk, name: &str, value: &str, lasts: Duration) -> HeaderValue {
    let secure = if desk.facts.public_url.starts_with("https:") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}", lasts.as_secs());
    HeaderValue::try_from(cookie).unwrap_or_else(|_| HeaderValue::from_static(""))
}
