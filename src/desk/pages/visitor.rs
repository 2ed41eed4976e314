//! Who an employee is in the browser: whoever has the cookie. What they write to is a place of their own.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::cookie;
use crate::desk::{Desk, Door, Person, hash_of};
use crate::domain::ids::{EmployeeId, ExternalId};
use crate::domain::message::Employee;
use crate::domain::place::Place;

const COOKIE: &str = "firstline";
const ROOM_COOKIE: &str = "firstline_room";
const KEPT: Duration = Duration::from_hours(30 * 24);

/// The shortest secret that is taken for one of ours, in characters; ours hold 128 random bits or more.
const SHORTEST_SECRET: usize = 20;

/// The employee at a browser.
pub(super) struct Visitor {
    secret: String,
    /// Which of their places they are at: a question of its own begins a new one.
    room: Option<String>,
    new: bool,
}

impl FromRequestParts<Desk> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Infallible> {
        let kept = |name| cookie::read(&parts.headers, name).filter(|value| is_secret(value)).map(str::to_owned);
        let known = kept(COOKIE);
        let new = known.is_none();
        Ok(Self { secret: known.unwrap_or_else(|| desk.ids.secret()), room: kept(ROOM_COOKIE), new })
    }
}

fn is_secret(value: &str) -> bool {
    (SHORTEST_SECRET..=200).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
}

impl Visitor {
    /// Who they are.
    pub(super) fn id(&self) -> EmployeeId {
        Door::Web.employee(&self.secret)
    }

    /// Who they are, with what they want to be called.
    pub(super) fn employee(&self, desk: &Desk, name: Option<String>) -> Employee {
        desk.employee(Door::Web, &self.secret, Person { name, ..Person::default() })
    }

    /// Where they write.
    pub(super) fn place(&self) -> Place {
        let own = hash_of(&self.secret).0;
        Door::Web.place(match &self.room {
            Some(room) => format!("{own}/{}", hash_of(room).0),
            None => own,
        })
    }

    /// The name of something that this browser sent, unlike that of anything from another browser.
    pub(super) fn external_id(&self, client_id: &str) -> ExternalId {
        ExternalId::new(hash_of(&format!("{}/{client_id}", self.secret)).0)
    }

    /// The page, with the cookie for somebody who has none yet.
    pub(super) fn remembered(&self, desk: &Desk, page: impl IntoResponse) -> Response {
        let mut response = page.into_response();
        if self.new {
            response.headers_mut().append(SET_COOKIE, cookie::set(desk, COOKIE, &self.secret, KEPT));
        }
        response
    }
}

/// The cookie that leads a browser to a new place.
pub(super) fn new_room(desk: &Desk) -> HeaderValue {
    cookie::set(desk, ROOM_COOKIE, &desk.ids.secret(), KEPT)
}
