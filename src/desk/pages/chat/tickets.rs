//! The employee's own cases.

use axum::extract::State;
use axum::response::IntoResponse;
use maud::{Markup, html};

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::super::visitor::Visitor;
use crate::desk::Desk;
use crate::domain::ticket::Status;
use crate::ports::TicketSummary;

/// The visitor's own cases, newest first.
pub(in super::super) async fn tickets(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
) -> Result<impl IntoResponse, Failure> {
    let tickets = desk.flows.own_ticket_list(&visitor.id()).await?;
    Ok(page(&reader, &tickets))
}

fn page(reader: &Reader, tickets: &[TicketSummary]) -> Markup {
    let title = reader.say("chat.tickets");
    Shell::new(reader, title, Nav::Employee).render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p.muted { (reader.say(if tickets.is_empty() { "chat.tickets_none" } else { "chat.tickets_where" })) }
        @if !tickets.is_empty() {
            ul.tickets { @for ticket in tickets { li.ds-card { (card(reader, ticket)) } } }
        }
    })
}

fn card(reader: &Reader, ticket: &TicketSummary) -> Markup {
    let number = ticket.number.to_string();
    html! {
        div.row.apart.ahead {
            h2.ds-heading data-size="xs" { (reader.fill("chat.ticket_number", &[("number", &number)])) }
            span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) }
        }
        p lang=(ticket.lang) { (ticket.subject) }
        p.muted.small {
            (state(reader, ticket)) " · " (reader.group(&ticket.group)) " · "
            (reader.fill("chat.ticket_opened", &[("when", &reader.moment(ticket.opened_at))]))
        }
        p.row {
            a.ds-link href={ "/chat/tickets/" (number) } {
                (reader.say("chat.ticket_see"))
                span.unseen { " " (reader.fill("chat.ticket_open_number", &[("number", &number)])) }
            }
            a.ds-link href={ "/chat/" (ticket.conversation) } {
                (reader.say("chat.ticket_open"))
                span.unseen { " " (reader.fill("chat.ticket_open_number", &[("number", &number)])) }
            }
        }
    }
}

fn state(reader: &Reader, ticket: &TicketSummary) -> String {
    let name = ticket.holder.as_ref().map_or("", |holder| holder.name.as_str());
    match ticket.status {
        Status::Waiting => reader.say("chat.ticket_waiting").to_owned(),
        Status::Taken => reader.fill("chat.ticket_taken", &[("name", name)]),
        Status::Resolved => reader.fill("chat.ticket_resolved", &[("name", name)]),
    }
}
