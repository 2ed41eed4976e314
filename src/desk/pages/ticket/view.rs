//! The ticket's page: the conversation, the work, and what helps beside it.

use maud::{Markup, html};

use super::super::files::{self, Target};
use super::super::incidents::link_panel;
use super::super::line::{Side, line};
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::super::{stuck, typing};
use super::notice::Notice;
use super::seen::Seen;
use super::spot::Spot;
use super::{articles, facts, note, replies, similar, work};
use crate::domain::draft::DraftKind;
use crate::domain::message::Visibility;
use crate::domain::permission::Operator;
use crate::ports::TicketSummary;

/// The whole page of one ticket.
pub(super) fn page(reader: &Reader, by: &Operator, seen: &Seen) -> Markup {
    let ticket = seen.ticket();
    let title = reader.fill("desk.ticket", &[("number", &ticket.number.to_string())]);
    let spot = Spot { reader, by, ticket, beside: "" };
    Shell::new(reader, &title, Nav::Operator(by)).wide().scripts(&["ticket.js"]).render(&html! {
        nav.row.apart aria-label=(reader.say("ticket.nav")) {
            a.ds-link href="/desk" { span aria-hidden="true" { "← " } (reader.say("desk.back")) }
            a.ds-link href={ "/desk/work?tickets=" (ticket.number) } { (reader.say("ticket.beside")) }
        }
        h1.ds-heading data-size="md" { (title) }
        p.lead lang=(ticket.lang) { (ticket.subject) }
        div.sides data-events=(events(spot, seen)) data-ticket=(ticket.number) {
            div { (conversation(spot, seen)) }
            aside aria-label=(reader.say("ticket.help")) { (beside(spot, seen)) }
        }
    })
}

/// A ticket among others on one page.
pub(in super::super) fn panel(spot: Spot<'_>, seen: &Seen, close: &str) -> Markup {
    let (reader, ticket) = (spot.reader, spot.ticket);
    let title = reader.fill("desk.ticket", &[("number", &ticket.number.to_string())]);
    html! {
        section.panel aria-labelledby=(spot.id("title")) data-events=(events(spot, seen)) data-ticket=(ticket.number) {
            div.row.apart {
                h2.ds-heading data-size="xs" id=(spot.id("title")) {
                    a.ds-link href={ "/desk/tickets/" (ticket.number) } { (title) }
                }
                a.ds-link href=(close) { (reader.say("ticket.close")) span.unseen { " " (title) } }
            }
            p lang=(ticket.lang) { (ticket.subject) }
            (conversation(spot, seen))
            (beside(spot, seen))
        }
    }
}

fn events(spot: Spot<'_>, seen: &Seen) -> String {
    let last = seen.view.lines.last().map_or(0, |recorded| recorded.line.id.get());
    format!("{}?after={last}&beside={}", spot.address("events"), spot.beside)
}

fn conversation(spot: Spot<'_>, seen: &Seen) -> Markup {
    let (reader, side) = (spot.reader, Side::Desk { asker: spot.asker() });
    let begun = replies::begun_with(spot, seen.draft(DraftKind::Reply), &seen.replies, &seen.opened.used);
    html! {
        section aria-labelledby=(spot.landmark_of("log-title")) {
            div.unseen { (spot.heading(0, "log-title", reader.say("desk.conversation"))) }
            div.log.desk-log id=(spot.id("log")) role="log" aria-live="polite" tabindex="0" aria-labelledby=(spot.id("log-title")) {
                @for recorded in &seen.view.lines { (line(reader, recorded, side)) }
            }
        }
        (stuck::banner(spot.reader, spot.by, spot.ticket.number, &seen.stuck))
        (typing::for_operator(spot.reader, spot.by, spot.ticket).region)
        (said(spot, seen.notice().as_ref()))
        @if spot.works() { input type="hidden" name="client_id" form=(spot.id("reply-form")) value=(seen.forms[0]); }
        (work::work(spot, &begun))
        @if spot.works() { (files::form(reader, Target::Ticket(spot.ticket.number, Visibility::Everyone))) }
    }
}

fn beside(spot: Spot<'_>, seen: &Seen) -> Markup {
    html! {
        (note::note(spot, &seen.forms[1], seen.draft(DraftKind::Note)))
        @if spot.works() { (files::form(spot.reader, Target::Ticket(spot.ticket.number, Visibility::Desk))) }
        (facts::state(spot))
        (link_panel(spot.reader, spot.by, spot.ticket))
        @if !seen.duplicates.is_empty() { (duplicates(spot, &seen.duplicates)) }
        @if !seen.replies.is_empty() { (replies::part(spot, &seen.picked, &seen.opened.replies)) }
        (articles::part(spot, &seen.articles, &seen.aids, &seen.opened.articles))
        (similar::part(spot, &seen.similar))
    }
}

fn duplicates(spot: Spot<'_>, duplicates: &[TicketSummary]) -> Markup {
    spot.part(
        "duplicates",
        spot.say("ticket.duplicates"),
        &html! {
            ul.ds-list {
                @for ticket in duplicates {
                    li {
                        a.ds-link href={ "/desk/tickets/" (ticket.number) } { (ticket.number) } " "
                        span lang=(ticket.lang) { (ticket.subject) }
                    }
                }
            }
        },
    )
}

fn said(spot: Spot<'_>, notice: Option<&Notice>) -> Markup {
    let refused = notice.is_some_and(Notice::is_refusal);
    html! {
        p.said-back.refused[refused] id=(spot.id("said-back")) role="status" {
            @if let Some(notice) = notice { (notice.words(spot.reader)) }
        }
    }
}
