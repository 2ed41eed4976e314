//! Who an employee is in the browser: whoever has signed in, else whoever has the cookie. What they write to is a place of their
//! own.
//!
//! A page in another site's frame has cookies of its own, which browsers keep apart for each site; where it is of the same site
//! as ours, the ordinary ones reach it too and go first, so that the employee is the same in both.

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
const FRAME_COOKIE: &str = "firstline_frame";
const FRAME_ROOM_COOKIE: &str = "firstline_frame_room";
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
        let known = Known::of(parts);
        Ok(match (kept(COOKIE), kept(FRAME_COOKIE)) {
            (Some(secret), _) => Self { secret, known, room: kept(ROOM_COOKIE), new: false },
            (None, Some(secret)) => Self { secret, known, room: kept(FRAME_ROOM_COOKIE), new: false },
            (None, None) => Self { secret: desk.ids.secret(), known, room: kept(ROOM_COOKIE), new: true },
        })
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

    /// Whether they have not signed in and the browser sent no cookie of ours: they are here for the first time, or it keeps none.
    pub(super) const fn is_new(&self) -> bool {
        self.new && self.known.is_none()
    }

    /// They go on at a place of its own, which the cookie leads their browser to.
    pub(super) fn at_new_place(self, desk: &Desk) -> (Self, HeaderValue) {
        let room = desk.ids.secret();
        let cookie = cookie::set(desk, ROOM_COOKIE, &room, KEPT);
        (Self { room: Some(room), ..self }, cookie)
    }

    /// The page in another site's frame, with the cookie for somebody who has none yet.
    pub(super) fn remembered_in_frame(&self, desk: &Desk, page: impl IntoResponse) -> Response {
        let mut response = page.into_response();
        if self.is_new() {
            response.headers_mut().append(SET_COOKIE, cookie::set_in_frame(desk, FRAME_COOKIE, &self.secret, KEPT));
        }
        response
    }

    /// The page, with the cookie for somebody who has none yet.
    pub(super) fn remembered(&self, desk: &Desk, page: impl IntoResponse) -> Response {
        let mut response = page.into_response();
        if self.is_new() {
            response.headers_mut().append(SET_COOKIE, cookie::set(desk, COOKIE, &self.secret, KEPT));
        }
        response
    }
}

/// The cookie that leads a browser to a new place.
pub(super) fn new_room(desk: &Desk) -> HeaderValue {
    cookie::set(desk, ROOM_COOKIE, &desk.ids.secret(), KEPT)
}

/// The same for a browser that shows the chat in another site's frame.
pub(super) fn new_room_in_frame(desk: &Desk) -> HeaderValue {
    cookie::set_in_frame(desk, FRAME_ROOM_COOKIE, &desk.ids.secret(), KEPT)
}
