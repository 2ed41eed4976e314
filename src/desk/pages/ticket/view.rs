//! The ticket's page: the conversation, the work, and what helps beside it.

use maud::{Markup, html};

use super::super::incidents::link_panel;
use super::super::line::{Side, line, moment};
use super::super::markup::{markdown, plain};
use super::super::queue::{age, asker};
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::notice::Notice;
use super::{similar, work};
use crate::desk::Door;
use crate::domain::answer::Candidate;
use crate::domain::permission::Operator;
use crate::domain::ticket::SupportLine;
use crate::flows::TicketView;
use crate::ports::{SimilarTicket, TicketSummary};

/// The least likely article that is worth an operator's look, per mille.
const LEAST_CONFIDENCE: u16 = 50;

/// How many articles are suggested at most.
const MOST_SUGGESTED: usize = 4;

/// The whole page.
pub(super) fn page(
    reader: &Reader,
    by: &Operator,
    view: &TicketView,
    similar: &[SimilarTicket],
    notice: Option<&Notice>,
) -> Markup {
    let ticket = &view.ticket;
    let title = reader.fill("desk.ticket", &[("number", &ticket.number.to_string())]);
    let last = view.lines.last().map_or(0, |recorded| recorded.line.id.get());
    let events = format!("/desk/tickets/{}/events?after={last}", ticket.number);
    let side = Side::Desk { asker: asker(reader, ticket) };
    Shell::new(reader, &title, Nav::Operator(by)).wide().events(Some(events)).render(&html! {
        p.small { a href="/desk" { span aria-hidden="true" { "← " } (reader.say("desk.back")) } }
        h1 { (title) }
        p.lead lang=(ticket.lang) { (ticket.subject) }
        div.sides {
            div {
                section aria-labelledby="log-title" {
                    h2 #log-title .unseen { (reader.say("desk.conversation")) }
                    div #log .log.desk-log role="log" aria-live="polite" aria-label=(reader.say("desk.conversation")) {
                        @for recorded in &view.lines { (line(reader, recorded, side)) }
                    }
                }
                (said(reader, notice))
                (work::work(reader, by, ticket))
                (work::note(reader, ticket))
            }
            aside {
                (state(reader, ticket))
                (link_panel(reader, by, ticket))
                (suggestions(reader, &view.suggested))
                (similar::panel(reader, similar))
            }
        }
    })
}

fn said(reader: &Reader, notice: Option<&Notice>) -> Markup {
    let refused = notice.is_some_and(Notice::is_refusal);
    html! {
        p #said-back .said-back.refused[refused] role="status" { @if let Some(notice) = notice { (notice.words(reader)) } }
    }
}

/// Where the ticket stands: the element with the id `state`.
pub(super) fn state(reader: &Reader, ticket: &TicketSummary) -> Markup {
    let now = reader.desk().clock.now();
    html! {
        section #state .card aria-labelledby="state-title" {
            h2 #state-title { (reader.say("desk.facts")) }
            dl.facts {
                dt { (reader.say("desk.col_status")) } dd { span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) } }
                dt { (reader.say("desk.col_holder")) }
                dd { (ticket.holder.as_ref().map_or_else(|| reader.say("desk.nobody"), |holder| holder.name.as_str())) }
                dt { (reader.say("desk.col_priority")) }
                dd { span.tag.(ticket.priority.as_str()) { (reader.priority(ticket.priority)) } }
                dt { (reader.say("desk.col_group")) } dd { (reader.group(&ticket.group)) }
                dt { (reader.say("desk.fact_line")) } dd { (support_line(reader, ticket.line)) }
                dt { (reader.say("desk.col_asker")) } dd { (asker(reader, ticket)) }
                @if let Some(organisation) = &ticket.organisation {
                    dt { (reader.say("desk.fact_organisation")) } dd { (organisation) }
                }
                dt { (reader.say("desk.fact_language")) } dd { (reader.language(ticket.lang)) }
                dt { (reader.say("desk.fact_channel")) } dd { (channel(reader, ticket)) }
                dt { (reader.say("desk.col_age")) }
                dd { (moment(reader, ticket.opened_at)) " (" (age(reader, ticket.opened_at, now)) ")" }
            }
        }
    }
}

fn support_line(reader: &Reader, line: SupportLine) -> &str {
    reader.say(match line {
        SupportLine::First => "desk.line_first",
        SupportLine::Second => "desk.line_second",
        SupportLine::Third => "desk.line_third",
        SupportLine::Supplier => "desk.line_supplier",
    })
}

fn channel(reader: &Reader, ticket: &TicketSummary) -> String {
    if ticket.place.channel == Door::Web.channel() {
        return reader.say("desk.channel_web").to_owned();
    }
    let name = ticket.place.channel.as_str();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn suggestions(reader: &Reader, suggested: &[Candidate]) -> Markup {
    let suggested: Vec<&Candidate> =
        suggested.iter().filter(|candidate| candidate.confidence.get() >= LEAST_CONFIDENCE).take(MOST_SUGGESTED).collect();
    html! {
        section.card aria-labelledby="suggested-title" {
            h2 #suggested-title { (reader.say("desk.suggested")) }
            @if suggested.is_empty() { p.muted { (reader.say("desk.suggested_none")) } }
            @for candidate in suggested { (suggestion(reader, candidate)) }
        }
    }
}

fn suggestion(reader: &Reader, candidate: &Candidate) -> Markup {
    let percent = ((candidate.confidence.get() + 5) / 10).to_string();
    let url = reader.desk().facts.article_url(&candidate.article);
    let link = format!("{}: {url}", candidate.title);
    let about = reader.fill("desk.insert_about", &[("title", &candidate.title)]);
    let base = format!("/kb/{}/", candidate.article.lang);
    html! {
        div.suggestion {
            h3 lang=(candidate.article.lang) {
                a href={ (base) (candidate.article.slug) } { (candidate.title) }
            }
            p.muted.small { (reader.fill("desk.suggested_confidence", &[("percent", &percent)])) }
            details.small {
                summary { (reader.say("desk.suggested_passage")) span.unseen { " " (about) } }
                div.passage lang=(candidate.article.lang) tabindex="0" role="region" aria-label=(candidate.title) {
                    (markdown(&candidate.passage, &base, 2))
                }
            }
            div.row data-needs-script hidden {
                button.slim type="button" data-insert=(link) {
                    (reader.say("desk.insert_link")) span.unseen { " " (about) }
                }
                button.slim type="button" data-insert=(plain(&candidate.passage)) {
                    (reader.say("desk.insert_passage")) span.unseen { " " (about) }
                }
            }
        }
    }
}
