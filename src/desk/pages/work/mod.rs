//! Two or three tickets side by side, each with its own news, reply and notes.

mod view;

use std::fmt;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use super::ticket::{Opened, Seen};
use crate::desk::Desk;
use crate::domain::ids::TicketNumber;
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::ports::{HeldBy, TicketFilter, TicketSummary};

/// How many tickets stand side by side at most.
pub(super) const MOST: usize = 3;

/// How many of the operator's own tickets are offered to be added.
const MOST_OFFERED: usize = 6;

/// How many tickets are looked through for the operator's own.
const MOST_SEARCHED: u32 = 20;

/// The page.
pub(super) fn router() -> Router<Desk> {
    Router::new().route("/desk/work", get(show))
}

/// What the address says.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    tickets: String,
    /// A number to add, as it was typed.
    #[serde(default)]
    add: String,
    /// The ticket that the notice is about.
    #[serde(default)]
    about: i64,
    #[serde(default)]
    said: String,
}

/// The numbers of the tickets that stand side by side, each once, in order. It reads as the address has it: `1001,1002`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside(Vec<TicketNumber>);

/// One place on the page.
pub(super) enum Place {
    /// A ticket.
    Ticket(Box<Seen>),
    /// There is no such ticket, or it is not for this operator.
    Nothing(TicketNumber),
}

impl Beside {
    /// The numbers in a text, as many as fit; what is no number is passed over.
    pub(super) fn of(text: &str) -> Self {
        let mut beside = Self::default();
        text.split([',', ' ']).filter_map(|word| word.parse().ok()).for_each(|number| beside.add(TicketNumber::new(number)));
        beside
    }

    fn add(&mut self, number: TicketNumber) {
        if self.0.len() < MOST && !self.0.contains(&number) {
            self.0.push(number);
        }
    }

    fn without(&self, number: TicketNumber) -> Self {
        Self(self.0.iter().copied().filter(|other| *other != number).collect())
    }

    fn with(&self, number: TicketNumber) -> Self {
        let mut more = self.clone();
        more.add(number);
        more
    }

    fn address(&self) -> String {
        format!("/desk/work?tickets={self}")
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&numbers.join(","))
    }
}

/// The address of the page that a ticket's form stands on, about this ticket; `None` where it names no tickets.
pub(super) fn back_to(from: &str, about: TicketNumber) -> Option<String> {
    let beside = Beside::of(from);
    (!beside.0.is_empty()).then(|| format!("{}&about={about}", beside.address()))
}

async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(asked) = query?;
    let beside = Beside::of(&format!("{},{}", asked.tickets, asked.add));
    if !asked.add.is_empty() {
        return Ok(Redirect::to(&beside.address()).into_response());
    }
    let mut places = Vec::with_capacity(beside.0.len());
    for number in &beside.0 {
        let said = if number.get() == asked.about { asked.said.clone() } else { String::new() };
        places.push(match Seen::read(&desk, &by.operator, *number, Opened::saying(said)).await {
            Ok(seen) => Place::Ticket(Box::new(seen)),
            Err(Failure::NotFound | Failure::Refused) => Place::Nothing(*number),
            Err(failure) => return Err(failure),
        });
    }
    let offered = if beside.0.len() < MOST { own(&desk, &by.operator, &beside).await? } else { Vec::new() };
    Ok(view::page(&reader, &by.operator, &beside, &places, &offered).into_response())
}

/// The operator's own tickets that are not there yet.
async fn own(desk: &Desk, by: &Operator, beside: &Beside) -> Result<Vec<TicketSummary>, Failure> {
    let (statuses, holder) = (vec![Status::Taken], HeldBy::Operator(by.id.clone()));
    let mut own =
        desk.flows.queue(by, TicketFilter { statuses, holder, limit: MOST_SEARCHED, ..TicketFilter::default() }).await?;
    own.retain(|ticket| !beside.0.contains(&ticket.number));
    own.truncate(MOST_OFFERED);
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_which_tickets_and_nothing_else_gets_in() {
        let cases = [
            ("1001,1002", "1001,1002"),
            ("1002, 1001,1002", "1002,1001"),
            ("1001,1002,1003,1004", "1001,1002,1003"),
            ("x,1001,//evil.example", "1001"),
            ("", ""),
        ];
        for (text, tickets) in cases {
            assert_eq!(Beside::of(text).to_string(), tickets, "{text}");
        }
        let about = TicketNumber::new(1001);
        assert_eq!(back_to("1001,1002", about).as_deref(), Some("/desk/work?tickets=1001,1002&about=1001"));
        assert_eq!(back_to("queue", about), None);
    }
}
