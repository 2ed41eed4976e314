//! The page of what is stuck, and the same on a ticket's page.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::Notice;
use crate::domain::ids::TicketNumber;
use crate::domain::permission::{Operator, Role};
use crate::ports::Stuck;

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, stuck: &[Stuck], notice: Option<Notice>) -> Markup {
    let title = reader.say("stuck.title");
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p.lead { (reader.say("stuck.lead")) }
        p #said-back .said-back role="status" { @if let Some(notice) = notice { (reader.say(notice.name_and_key().1)) } }
        @if stuck.is_empty() { p.ds-card { (reader.say("stuck.none")) } }
        @if stuck.len() > 1 && by.works_on_tickets() {
            form method="post" action="/desk/stuck/retry" {
                button.ds-button data-variant="primary" data-size="sm" { (reader.say("stuck.retry_all")) }
            }
        }
        @for errand in stuck {
            section.ds-card {
                h2.ds-heading data-size="2xs" { (ticket(reader, errand)) }
                (one(reader, by, errand, None))
            }
        }
    })
}

/// What is stuck of one ticket, on its page; nothing where nothing is.
pub(in super::super) fn banner(reader: &Reader, by: &Operator, number: TicketNumber, stuck: &[Stuck]) -> Markup {
    html! {
        @if !stuck.is_empty() {
            section.ds-alert data-color="warning" data-size="sm" aria-label=(reader.say("stuck.title")) {
                p { b { (reader.say("stuck.banner")) } }
                @for errand in stuck { (one(reader, by, errand, Some(number))) }
            }
        }
    }
}

fn ticket(reader: &Reader, errand: &Stuck) -> Markup {
    html! {
        @match errand.number {
            Some(number) => a.ds-link href={ "/desk/tickets/" (number) } { (reader.fill("desk.ticket", &[("number", &number.to_string())])) },
            None => (reader.say("stuck.no_ticket")),
        }
    }
}

fn one(reader: &Reader, by: &Operator, errand: &Stuck, on_page_of: Option<TicketNumber>) -> Markup {
    let wording = &reader.desk().wording;
    let name = errand.employee_name.as_deref().unwrap_or_else(|| reader.say("stuck.who_unknown"));
    let what = wording.errand(reader.lang, errand.errand.as_ref());
    html! {
        div.stuck {
            p { (reader.fill("stuck.said", &[("name", name), ("what", what)])) }
            p { b { (wording.obstacle(reader.lang, errand.why)) } " " span.muted { (reader.say("stuck.since")) " " (moment(reader, errand.given_up_at)) } }
            @if by.roles.any(&[Role::Administrator]) {
                details { summary { (reader.say("stuck.technical")) } p.small lang="en" { (errand.reason) } }
            }
            @if by.works_on_tickets() {
                div.row {
                    (verb(reader, errand, "retry", "stuck.retry", on_page_of))
                    (verb(reader, errand, "dismiss", "stuck.dismiss", on_page_of))
                }
            }
        }
    }
}

fn verb(reader: &Reader, errand: &Stuck, verb: &str, key: &str, on_page_of: Option<TicketNumber>) -> Markup {
    html! {
        form method="post" action={ "/desk/stuck/" (errand.id.get()) "/" (verb) } {
            @if let Some(number) = on_page_of { input type="hidden" name="ticket" value=(number); }
            button.ds-button data-variant="secondary" data-size="sm" { (reader.say(key)) }
        }
    }
}
