//! How a form is answered: a browser without our script is led to a page, the script is told in JSON.

use std::convert::Infallible;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, HeaderMap};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use super::reader::Reader;
use crate::desk::{Desk, LONGEST_TEXT, Unfit};

/// Who sent a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// Our script, which stays on its page.
    Script,
    /// The browser itself, which must be led on.
    Browser,
}

impl FromRequestParts<Desk> for Sender {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Desk) -> Result<Self, Infallible> {
        Ok(if by_script(&parts.headers) { Self::Script } else { Self::Browser })
    }
}

/// Whether our script sent the request.
pub(super) fn by_script(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accepted| accepted.as_bytes() == b"application/json")
}

/// What the script is told about a form that it sent.
#[derive(Debug, Default, Serialize)]
pub(super) struct Told {
    ok: bool,
    message: Option<String>,
    /// Where to go.
    go: Option<String>,
    /// Where the news of the conversation come from now.
    events: Option<String>,
}

impl Told {
    /// It is done, and there is nothing to say.
    pub(super) fn done() -> Self {
        Self { ok: true, ..Self::default() }
    }

    /// It is done, in these words.
    pub(super) fn well(message: impl Into<String>) -> Self {
        Self { ok: true, message: Some(message.into()), ..Self::default() }
    }

    /// It is not done, for this reason.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..Self::default() }
    }

    /// Another page shows what came of it.
    pub(super) fn go(mut self, address: impl Into<String>) -> Self {
        self.go = Some(address.into());
        self
    }

    /// The conversation is followed here.
    pub(super) fn events(mut self, address: impl Into<String>) -> Self {
        self.events = Some(address.into());
        self
    }

    /// As the script reads it.
    pub(super) fn json(self) -> Json<Self> {
        Json(self)
    }

    /// To whoever sent the form; a browser is led to this page.
    pub(super) fn answer(self, sender: Sender, page: &str) -> Response {
        match sender {
            Sender::Script => self.json().into_response(),
            Sender::Browser => Redirect::to(page).into_response(),
        }
    }
}

/// Why a text was not taken, for the person who typed it.
pub(super) fn unfit(reader: &Reader, unfit: Unfit) -> String {
    match unfit {
        Unfit::Empty => reader.say("page.text_empty").to_owned(),
        Unfit::TooLong => reader.fill("page.text_too_long", &[("most", &LONGEST_TEXT.to_string())]),
    }
}
