//! Beside a ticket: the incident that it is about.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::form::{Sender, Told};
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::words;
use crate::desk::Desk;
use crate::domain::ids::{IncidentNumber, TicketNumber};
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::flows::Linked;
use crate::ports::TicketSummary;

/// What the form sends: the incident's number, or nothing where the link goes.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    incident: String,
}

/// The panel beside a ticket: the element with the id `incident-<number>`, since several tickets may stand on one page.
pub(in super::super) fn link_panel(reader: &Reader, by: &Operator, ticket: &TicketSummary) -> Markup {
    let open = reader.desk().flows.open_incidents();
    let may = by.works_on_tickets() && by.may_see(&ticket.group).is_ok() && ticket.status != Status::Resolved;
    if ticket.incident.is_none() && (!may || open.is_empty()) {
        return html! { div #{ "incident-" (ticket.number) } {} };
    }
    let id = |name: &str| format!("{name}-{}", ticket.number);
    let named = format!("{}, {}", reader.say("incident.panel"), ticket.number);
    let action = format!("/desk/tickets/{}/incident", ticket.number);
    html! {
        section.ds-card id=(id("incident")) aria-label=(named) {
            h2.ds-heading data-size="xs" { (reader.say("incident.panel")) }
            (said(reader))
            @if let Some(number) = ticket.incident {
                p { (linked(reader, number)) }
                @if may {
                    form id=(id("unlink-incident")) method="post" action=(action) data-live {
                        button.ds-button data-variant="tertiary" data-size="sm" { (reader.say("incident.unlink")) }
                    }
                }
            } @else {
                form id=(id("link-incident")) method="post" action=(action) data-live {
                    div.ds-field {
                        label.ds-label for=(id("incident-number")) { (reader.say("incident.choose")) }
                        select.ds-input id=(id("incident-number")) name="incident" {
                            @for watched in open.iter() {
                                option value=(watched.number) {
                                    (words::name(watched.number)) " " (watched.incident.matter.title.for_reader(reader.lang).0)
                                }
                            }
                        }
                    }
                    button.ds-button data-variant="secondary" data-size="sm" { (reader.say("incident.link")) }
                }
            }
        }
    }
}

/// A tag beside a ticket in a list: the incident that it is about.
pub(in super::super) fn ticket_tag(reader: &Reader, ticket: &TicketSummary) -> Markup {
    html! {
        @if let Some(number) = ticket.incident {
            " " a.ds-tag data-color="warning" data-size="sm" href={ "/desk/incidents/" (number) } {
                span.unseen { (reader.say("incident.panel")) " " } (words::name(number))
            }
        }
    }
}

fn linked(reader: &Reader, number: IncidentNumber) -> Markup {
    let open = reader.desk().flows.open_incidents();
    let watched = open.iter().find(|watched| watched.number == number);
    html! {
        a.ds-link href={ "/desk/incidents/" (number) } {
            (words::name(number))
            @if let Some(watched) = watched { " " (words::title(reader, &watched.incident)) }
        }
        @if let Some(watched) = watched { " " (words::tag(reader, &watched.incident)) }
    }
}

/// How a form without script went, as the address says it.
fn said(reader: &Reader) -> Markup {
    let refused =
        [("?incident=ended", Linked::Ended), ("?incident=resolved", Linked::NotOpen), ("?incident=already", Linked::Already)];
    let found = refused.iter().find(|(query, _)| reader.address.ends_with(query));
    html! { @if let Some((_, linked)) = found { p.said-back.refused role="status" { (reader.say(key(*linked))) } } }
}

const fn key(linked: Linked) -> &'static str {
    match linked {
        Linked::Done => "incident.did",
        Linked::Already => "desk.already",
        Linked::NotOpen => "incident.ticket_resolved",
        Linked::Ended => "incident.is_over",
    }
}

/// Links the ticket, or takes its link away.
pub(super) async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<i64>, PathRejection>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path(number), Form(filled)) = (path?, form?);
    let incident = match filled.incident.trim() {
        "" => None,
        written => Some(IncidentNumber::new(written.parse().map_err(|_| Failure::Unreadable)?)),
    };
    let linked = desk.flows.link_ticket(TicketNumber::new(number), incident, &by.operator).await?;
    let words = reader.say(key(linked));
    let (told, query) = match linked {
        Linked::Done => (Told::well(words), ""),
        Linked::Already => (Told::refused(words), "?incident=already"),
        Linked::NotOpen => (Told::refused(words), "?incident=resolved"),
        Linked::Ended => (Told::refused(words), "?incident=ended"),
    };
    Ok(told.answer(sender, &format!("/desk/tickets/{number}{query}")))
}
