//! Both tickets, before one is resolved as a duplicate of the other.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::line::moment;
use super::super::queue::asker;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use crate::desk::Desk;
use crate::domain::ids::TicketNumber;
use crate::ports::TicketSummary;

/// The number as it was typed.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    into: String,
}

/// Shows both, and asks.
pub(super) async fn ask(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path(number), Query(asked)) = (path?, query?);
    let ticket = desk.flows.ticket_alone(TicketNumber::new(number), &by.operator).await?;
    let into = asked.into.trim().parse().map(TicketNumber::new).ok();
    let original = match into.filter(|into| *into != ticket.number) {
        None => None,
        Some(into) => match desk.flows.ticket_alone(into, &by.operator).await {
            Ok(original) => Some(original),
            Err(failure) => match Failure::from(failure) {
                Failure::NotFound | Failure::Refused => None,
                broken => return Err(broken),
            },
        },
    };
    let title = reader.fill("ticket.merge_title", &[("number", &ticket.number.to_string())]);
    Ok(Shell::new(&reader, &title, Nav::Operator(&by.operator)).render(&html! {
        p { a.ds-link href={ "/desk/tickets/" (ticket.number) } { span aria-hidden="true" { "← " } (reader.say("ticket.merge_back")) } }
        h1.ds-heading data-size="md" { (title) }
        @match &original {
            None => div.ds-alert data-color="warning" { p { (reader.fill("ticket.not_there", &[("number", &asked.into)])) } },
            Some(original) => (both(&reader, &ticket, original)),
        }
    }))
}

fn both(reader: &Reader, ticket: &TicketSummary, original: &TicketSummary) -> Markup {
    let number = original.number.to_string();
    html! {
        (shown(reader, reader.say("ticket.merge_this"), ticket))
        (shown(reader, reader.say("ticket.merge_original"), original))
        p { (reader.fill("ticket.merge_text", &[("number", &number)])) }
        form method="post" action={ "/desk/tickets/" (ticket.number) "/merge" } {
            input type="hidden" name="into" value=(number);
            button.ds-button { (reader.fill("ticket.merge_send", &[("number", &number)])) }
        }
    }
}

fn shown(reader: &Reader, role: &str, ticket: &TicketSummary) -> Markup {
    let title = reader.fill("desk.ticket", &[("number", &ticket.number.to_string())]);
    html! {
        section.ds-card {
            h2.ds-heading data-size="2xs" { (role) ": " a.ds-link href={ "/desk/tickets/" (ticket.number) } { (title) } }
            p lang=(ticket.lang) { (ticket.subject) }
            p.muted.small {
                (asker(reader, ticket)) " · " (reader.group(&ticket.group)) " · " (reader.status(ticket.status)) " · "
                (moment(reader, ticket.opened_at))
            }
        }
    }
}
