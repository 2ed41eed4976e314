//! The page with tickets side by side.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::super::ticket::{Spot, panel};
use super::{Beside, MOST, Place};
use crate::domain::ids::TicketNumber;
use crate::domain::permission::Operator;
use crate::ports::TicketSummary;

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, beside: &Beside, places: &[Place], offered: &[TicketSummary]) -> Markup {
    let title = reader.say("ticket.work");
    let numbers = beside.to_string();
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        p { a.ds-link href="/desk" { span aria-hidden="true" { "← " } (reader.say("desk.back")) } }
        h1.ds-heading data-size="md" { (title) }
        @if places.len() < MOST { (add(reader, beside, offered)) }
        div.beside.of-three[places.len() == MOST] {
            @for place in places {
                @match place {
                    Place::Ticket(seen) => {
                        @let close = beside.without(seen.ticket().number).address();
                        (panel(Spot { reader, by, ticket: seen.ticket(), beside: &numbers }, seen, &close))
                    }
                    Place::Nothing(number) => (nothing(reader, beside, *number)),
                }
            }
        }
    })
}

fn nothing(reader: &Reader, beside: &Beside, number: TicketNumber) -> Markup {
    let said = reader.fill("ticket.not_there", &[("number", &number.to_string())]);
    html! {
        section.panel aria-label=(number) {
            div.ds-alert data-color="warning" { p { (said) } }
            a.ds-link href=(beside.without(number).address()) { (reader.say("ticket.close")) span.unseen { " " (number) } }
        }
    }
}

fn add(reader: &Reader, beside: &Beside, offered: &[TicketSummary]) -> Markup {
    html! {
        form.filters method="get" action="/desk/work" aria-label=(reader.say("ticket.add")) {
            input type="hidden" name="tickets" value=(beside);
            div.ds-field {
                label.ds-label for="add" { (reader.say("ticket.add_number")) }
                input #add .ds-input name="add" inputmode="numeric" required maxlength="12" autocomplete="off";
            }
            button.ds-button data-variant="secondary" { (reader.say("ticket.add")) }
        }
        @if !offered.is_empty() {
            p #own-title { (reader.say("ticket.add_own")) }
            ul.tabs aria-labelledby="own-title" {
                @for ticket in offered {
                    li { a href=(beside.with(ticket.number).address()) { (ticket.number) " " span lang=(ticket.lang) { (ticket.subject) } } }
                }
            }
        }
    }
}
