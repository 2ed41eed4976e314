//! The news of a list of tickets.

use std::collections::HashSet;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session;
use super::super::stream::{Followed, Outgoing};
use super::filter::Filter;
use super::view;
use crate::desk::Stir;
use crate::domain::ids::TicketNumber;
use crate::ports::{Hash, TicketSummary};

/// What a page with a list follows.
pub(super) struct News {
    reader: Reader,
    session: Hash,
    filter: Filter,
    known: Option<HashSet<TicketNumber>>,
}

impl News {
    /// The news of this list, as long as the session lasts.
    pub(super) const fn new(reader: Reader, session: Hash, filter: Filter) -> Self {
        Self { reader, session, filter, known: None }
    }

    /// What to say of tickets that were not in the list before.
    fn announcement(&self, tickets: &[TicketSummary]) -> Option<String> {
        let known = self.known.as_ref()?;
        let new: Vec<&TicketSummary> = tickets.iter().filter(|ticket| !known.contains(&ticket.number)).collect();
        match new.as_slice() {
            [] => None,
            [one] => {
                let values = [("number", one.number.to_string()), ("subject", one.subject.clone())];
                Some(self.reader.fill("desk.news_one", &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
            }
            some => Some(self.reader.fill("desk.news_some", &[("count", &some.len().to_string())])),
        }
    }
}

impl Followed for News {
    fn concerns(&self, stir: &Stir) -> bool {
        stir.ticket_changed
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        let desk = self.reader.desk();
        let by = session::still(desk, &self.session).await?.ok_or(Failure::SignedOut)?;
        let tickets = self.filter.tickets(desk, &by).await?;
        out.region("queue", view::table(&self.reader, &tickets));
        if let Some(sentence) = self.announcement(&tickets) {
            out.announce(&sentence);
        }
        let known = self.known.get_or_insert_default();
        known.extend(tickets.iter().map(|ticket| ticket.number));
        Ok(())
    }
}
