//! The news of a list of tickets. Rows are renewed where they stand; what is new is announced and comes in when one asks for it,
//! so that nothing moves under somebody's hand.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session;
use super::super::stream::{Followed, Outgoing};
use super::filter::{FOLLOWED, Filter, counts};
use super::table::{self, Standing};
use super::view;
use crate::desk::Stir;
use crate::domain::ids::TicketNumber;
use crate::domain::permission::Operator;
use crate::domain::time::Timestamp;
use crate::ports::{Hash, StoreError, TicketSummary};

/// After how long a list is read again when nothing is heard: ages grow, and what was put aside comes back by itself.
const STALE: Duration = Duration::from_mins(1);

/// What the page shows, as its address of news says it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Shown {
    /// The numbers of the tickets, with dots between.
    shown: String,
    /// When they began to be read, in microseconds.
    at: i64,
}

/// What a page with a list follows.
pub(super) struct News {
    reader: Reader,
    session: Hash,
    filter: Filter,
    shown: Vec<TicketNumber>,
    at: Timestamp,
    /// What was in the list when it was read the last time.
    known: Option<HashSet<TicketNumber>>,
    /// What came into the list since the page was made, with when.
    arrived: BTreeMap<TicketNumber, Timestamp>,
}

/// Where the news come from of a page with these tickets, which were read no earlier than `at`.
pub(super) fn address(filter: &Filter, tickets: &[TicketSummary], at: Timestamp) -> String {
    let shown: Vec<String> = tickets.iter().map(|ticket| ticket.number.to_string()).collect();
    let address = filter.address("/desk/events");
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}at={}&shown={}", at.micros(), shown.join("."))
}

/// What is new, with the way to it: the element with the id `queue-news`.
pub(super) fn strip(reader: &Reader, filter: &Filter, new: &[(&TicketSummary, Timestamp)], listed: bool) -> Markup {
    let Some(latest) = new.iter().map(|(_, at)| at.micros()).max() else {
        return html! { p #queue-news hidden {} };
    };
    let numbers: Vec<String> = new.iter().map(|(ticket, _)| ticket.number.to_string()).collect();
    let here = filter.first().address("/desk");
    html! {
        p #queue-news .news-strip data-latest=(latest) data-count=(new.len()) data-numbers=(numbers.join(" "))
            data-notice=(notice(reader, new)) {
            (how_many(reader, new.len()))
            @if !listed { " – " a #news-show href=(here) { (reader.say("queue.new_show")) } }
        }
    }
}

/// What a notification of the browser says: nothing that an employee wrote.
fn notice(reader: &Reader, new: &[(&TicketSummary, Timestamp)]) -> String {
    match new {
        [(one, _)] => {
            let number = one.number.to_string();
            reader.fill("queue.notice_one", &[("number", &number), ("group", reader.group(&one.group))])
        }
        _ => how_many(reader, new.len()),
    }
}

fn how_many(reader: &Reader, count: usize) -> String {
    match count {
        1 => reader.say("queue.new_one").to_owned(),
        _ => reader.fill("queue.new_some", &[("count", &count.to_string())]),
    }
}

impl News {
    /// The news of this list, as long as the session lasts.
    pub(super) fn new(reader: Reader, session: Hash, filter: Filter, page: &Shown) -> Self {
        let shown = page.shown.split('.').filter_map(|number| number.parse().ok()).map(TicketNumber::new).collect();
        let at = if page.at == 0 { reader.desk().clock.now() } else { Timestamp::from_micros(page.at) };
        Self { reader, session, filter, shown, at, known: None, arrived: BTreeMap::new() }
    }

    /// Takes in what came into the list since it was read the last time, and since the page was made.
    fn note(&mut self, list: &[TicketSummary]) -> Vec<TicketNumber> {
        let known = self.known.take();
        let is_new = |ticket: &&TicketSummary| match &known {
            Some(known) => !known.contains(&ticket.number),
            None => ticket.opened_at > self.at,
        };
        let apart = |ticket: &&TicketSummary| !self.shown.contains(&ticket.number);
        let fresh: Vec<&TicketSummary> = list.iter().filter(apart).filter(is_new).collect();
        let numbers: HashSet<TicketNumber> = list.iter().map(|ticket| ticket.number).collect();
        self.arrived.retain(|number, _| numbers.contains(number));
        self.arrived.extend(fresh.iter().map(|ticket| (ticket.number, ticket.changed_at)));
        self.known = Some(numbers);
        fresh.iter().map(|ticket| ticket.number).collect()
    }

    fn announcement(&self, list: &[TicketSummary], fresh: &[TicketNumber]) -> Option<String> {
        let one = |number: &TicketNumber| list.iter().find(|ticket| ticket.number == *number);
        match fresh {
            [] => None,
            [number] => {
                let (number, subject) = (number.to_string(), one(number)?.subject.as_str());
                Some(self.reader.fill("queue.news_one", &[("number", &number), ("subject", subject)]))
            }
            some => Some(how_many(&self.reader, some.len())),
        }
    }

    /// Renews the rows that the page shows; the first time only those that changed since it was made.
    async fn renew(&self, out: &mut Outgoing, by: &Operator, list: &[TicketSummary], first: bool) -> Result<(), Failure> {
        let standing = Standing { by, now: self.reader.desk().clock.now() };
        for number in &self.shown {
            if let Some(ticket) = list.iter().find(|ticket| ticket.number == *number) {
                if first && ticket.changed_at <= self.at {
                    continue;
                }
                out.region(format!("ticket-{number}"), table::row(&self.reader, standing, ticket, true));
            } else if list.len() == FOLLOWED as usize {
                // It may be further down than is read.
            } else if let Some(ticket) = self.left(by, *number).await? {
                out.region(format!("ticket-{number}"), table::row(&self.reader, standing, &ticket, false));
            }
        }
        Ok(())
    }

    /// A ticket that is shown and no longer in the list, where the operator may still see it.
    async fn left(&self, by: &Operator, number: TicketNumber) -> Result<Option<TicketSummary>, StoreError> {
        let ticket = self.reader.desk().store.ticket(number).await?;
        Ok(ticket.filter(|ticket| by.may_see(&ticket.group).is_ok()))
    }
}

impl Followed for News {
    fn concerns(&self, stir: &Stir) -> bool {
        stir.ticket_changed
    }

    fn stale_in(&self) -> Option<Duration> {
        Some(STALE)
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        let desk = self.reader.desk().clone();
        let by = session::still(&desk, &self.session).await?.ok_or(Failure::SignedOut)?;
        let list = self.filter.followed(&desk, &by).await?;
        let first = self.known.is_none();
        let fresh = self.note(&list);
        // Where nothing is shown, nothing can be moved: the list comes in by itself.
        let empty = self.shown.is_empty();
        if empty {
            let page = self.filter.page(&desk, &by).await?;
            self.shown = page.tickets.iter().map(|ticket| ticket.number).collect();
            out.region("count", view::count(&self.reader, &page));
            out.region("queue", view::section(&self.reader, &by, &self.filter, &page));
        } else {
            self.renew(out, &by, &list, first).await?;
        }
        out.region("views", view::views(&self.reader, &self.filter, &counts(&desk, &by).await?));
        let new: Vec<_> = list.iter().filter_map(|ticket| Some((ticket, *self.arrived.get(&ticket.number)?))).collect();
        out.region("queue-news", strip(&self.reader, &self.filter, &new, empty));
        if empty {
            self.arrived.clear();
        }
        if let Some(sentence) = self.announcement(&list, &fresh) {
            out.announce(&sentence);
        }
        Ok(())
    }
}
