//! Who an employee is in the browser: whoever has signed in, else whoever has the cookie. What they write to is a place of their
//! own.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{HeaderValue, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::cookie;
use super::session::Who;
use crate::desk::{Desk, Door, Person, hash_of};
use crate::domain::ids::{EmployeeId, ExternalId, OperatorId};
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
    /// Who they are for whoever vouches for them; what this browser was used for before does not count then.
    known: Option<Known>,
    /// Which of their places they are at: a question of its own begins a new one.
    room: Option<String>,
    new: bool,
}

/// An employee who has signed in.
struct Known {
    id: OperatorId,
    person: Person,
}

impl FromRequestParts<Desk> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Infallible> {
        let kept = |name| cookie::read(desk, &parts.headers, name).filter(|value| is_secret(value)).map(str::to_owned);
        let known = kept(COOKIE);
        let new = known.is_none();
        let secret = known.unwrap_or_else(|| desk.ids.secret());
        Ok(Self { secret, known: Known::of(parts), room: kept(ROOM_COOKIE), new })
    }
}

impl Known {
    fn of(parts: &Parts) -> Option<Self> {
        let session = Who::of(parts).filter(|session| session.is_vouched())?;
        let person = Person { name: Some(session.operator.name.clone()), email: session.email.clone(), organisation: None };
        Some(Self { id: session.operator.id.clone(), person })
    }
}

fn is_secret(value: &str) -> bool {
    (SHORTEST_SECRET..=200).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
}

impl Visitor {
    /// Who they are.
    pub(super) fn id(&self) -> EmployeeId {
        match &self.known {
            Some(known) => Door::Web.known(&known.id),
            None => Door::Web.employee(&self.secret),
        }
    }

    /// Who they are, with what they want to be called, or are called by whoever vouches for them.
    pub(super) fn employee(&self, desk: &Desk, name: Option<String>) -> Employee {
        let person = match &self.known {
            Some(known) => known.person.clone(),
            None => Person { name, ..Person::default() },
        };
        desk.employee(self.id(), person)
    }

    /// What their places and what they send are named after. No secret of a cookie holds a slash.
    fn seed(&self) -> String {
        self.known.as_ref().map_or_else(|| self.secret.clone(), |known| format!("known/{}", known.id))
    }

    /// Where they write.
    pub(super) fn place(&self) -> Place {
        let own = hash_of(&self.seed()).0;
        Door::Web.place(match &self.room {
            Some(room) => format!("{own}/{}", hash_of(room).0),
            None => own,
        })
    }

    /// The name of something that this browser sent, unlike that of anything from another browser.
    pub(super) fn external_id(&self, client_id: &str) -> ExternalId {
        ExternalId::new(hash_of(&format!("{}/{client_id}", self.seed())).0)
    }

    /// The page, with the cookie for somebody who has none yet.
    pub(super) fn remembered(&self, desk: &Desk, page: impl IntoResponse) -> Response {
        let mut response = page.into_response();
        if self.new && self.known.is_none() {
            response.headers_mut().append(SET_COOKIE, cookie::set(desk, COOKIE, &self.secret, KEPT));
        }
        response
    }
}

/// The cookie that leads a browser to a new place.
pub(super) fn new_room(desk: &Desk) -> HeaderValue {
    cookie::set(desk, ROOM_COOKIE, &desk.ids.secret(), KEPT)
}
