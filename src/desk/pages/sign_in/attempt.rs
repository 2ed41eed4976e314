//! What a browser keeps while its person is at the service: one secret from which all that must come back follows, so that the
//! answer to one browser's question is of no use in another.

use std::time::Duration;

use axum::http::header::{HeaderMap, HeaderValue};

use super::super::cookie;
use super::super::reader::own_address;
use crate::desk::{Desk, hash_of};
use crate::domain::time::Timestamp;
use crate::ports::Attempt;

const COOKIE: &str = "firstline_signing_in";

/// How long somebody may take at the service.
const LASTS: Duration = Duration::from_mins(15);

/// The longest address that somebody is led back to, in characters.
const LONGEST_ADDRESS: usize = 500;

/// An attempt that is under way.
pub(super) struct Underway {
    secret: String,
    began: Timestamp,
    /// The page to go to afterwards.
    pub(super) back: String,
}

impl Underway {
    /// An attempt that begins now and leads to this page.
    pub(super) fn begin(desk: &Desk, back: &str) -> Self {
        let kept = own_address(back);
        // A cookie's value ends at these.
        let fits = kept.len() <= LONGEST_ADDRESS && !kept.contains([';', ',', '"', '\\']);
        let back = if fits { kept } else { "/" };
        Self { secret: desk.ids.secret(), began: desk.clock.now(), back: back.to_owned() }
    }

    /// The attempt that this browser began, if that was not too long ago.
    pub(super) fn of(desk: &Desk, headers: &HeaderMap) -> Option<Self> {
        let mut parts = cookie::read(desk, headers, COOKIE)?.splitn(3, '.');
        let (secret, began, back) = (parts.next()?, parts.next()?, parts.next()?);
        let began = Timestamp::from_micros(began.parse().ok()?);
        let now = desk.clock.now();
        let lasts = !secret.is_empty() && began <= now && now.since(began) < LASTS;
        lasts.then(|| Self { secret: secret.to_owned(), began, back: own_address(back).to_owned() })
    }

    /// What ties the service's answer to this browser.
    pub(super) fn attempt(&self) -> Attempt {
        let derived = |what: &str| hash_of(&format!("{what}/{}/{}", self.began.micros(), self.secret)).0;
        Attempt { state: derived("state"), nonce: derived("nonce"), verifier: derived("verifier") }
    }

    /// The cookie that keeps it.
    pub(super) fn cookie(&self, desk: &Desk) -> HeaderValue {
        cookie::set(desk, COOKIE, &format!("{}.{}.{}", self.secret, self.began.micros(), self.back), LASTS)
    }
}

/// The cookie that takes it away.
pub(super) fn over(desk: &Desk) -> HeaderValue {
    cookie::set(desk, COOKIE, "", Duration::ZERO)
}
