//! A ticket's place on a page: alone, or beside others.

use maud::{Markup, html};

use super::super::queue;
use super::super::reader::Reader;
use crate::domain::permission::Operator;
use crate::ports::TicketSummary;

/// A ticket on a page, and who reads it. Every element's id ends with the ticket's number, so that several fit on one page.
#[derive(Clone, Copy)]
pub(in super::super) struct Spot<'p> {
    pub(in super::super) reader: &'p Reader,
    pub(in super::super) by: &'p Operator,
    pub(in super::super) ticket: &'p TicketSummary,
    /// The numbers of all tickets on the page, with commas between; empty where this one is alone.
    pub(in super::super) beside: &'p str,
}

impl<'p> Spot<'p> {
    /// A sentence.
    pub(super) fn say(&self, key: &'p str) -> &'p str {
        self.reader.say(key)
    }

    /// The id of one of its elements.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{name}-{}", self.ticket.number)
    }

    /// What a landmark is called: with the number where other tickets on the page have one of the same name.
    pub(super) fn landmark(&self, name: &str) -> String {
        if self.is_beside() { format!("{name}, {}", self.ticket.number) } else { name.to_owned() }
    }

    /// The headings that name a landmark: its own, and the ticket's where others stand beside it.
    pub(super) fn landmark_of(&self, heading: &str) -> String {
        if self.is_beside() { format!("{} {}", self.id(heading), self.id("title")) } else { self.id(heading) }
    }

    /// The address under which something is done with it.
    pub(super) fn address(&self, verb: &str) -> String {
        format!("/desk/tickets/{}/{verb}", self.ticket.number)
    }

    /// What to call the asker.
    pub(super) fn asker(&self) -> &'p str {
        queue::asker(self.reader, self.ticket)
    }

    /// What a button calls the asker, who will read what it sends.
    pub(super) fn addressee(&self) -> &'p str {
        self.ticket.employee_name.as_deref().unwrap_or_else(|| self.say("ticket.the_asker"))
    }

    /// Whether the reader may do more than read.
    pub(super) fn works(&self) -> bool {
        self.by.works_on_tickets()
    }

    /// Whether others stand beside it.
    pub(super) const fn is_beside(&self) -> bool {
        !self.beside.is_empty()
    }

    /// A heading as deep as the page has it here; `depth` is 0 for the ticket's own parts.
    pub(super) fn heading(&self, depth: u8, id: &str, text: &str) -> Markup {
        let id = self.id(id);
        html! {
            @match (self.is_beside(), depth) {
                (false, 0) => h2.ds-heading data-size="2xs" id=(id) { (text) },
                (true, 1..) => h4.ds-heading data-size="2xs" id=(id) { (text) },
                _ => h3.ds-heading data-size="2xs" id=(id) { (text) },
            }
        }
    }

    /// A part beside the conversation; folded where there is little room.
    pub(super) fn part(&self, name: &str, title: &str, body: &Markup) -> Markup {
        let titled = format!("{name}-title");
        html! {
            @if self.is_beside() {
                details.ds-card.part id=(self.id(name)) {
                    summary { (self.heading(0, &titled, title)) }
                    (body)
                }
            } @else {
                section.ds-card.part id=(self.id(name)) aria-labelledby=(self.id(&titled)) {
                    (self.heading(0, &titled, title))
                    (body)
                }
            }
        }
    }

    /// What every form of it says besides its own fields: where to lead a browser back to.
    pub(super) fn back(&self) -> Markup {
        html! { @if self.is_beside() { input type="hidden" name="from" value=(self.beside); } }
    }
}
