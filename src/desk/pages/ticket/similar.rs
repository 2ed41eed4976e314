//! Solved tickets that are like the one on the page.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::markup::free_text;
use super::super::reader::Reader;
use crate::ports::SimilarTicket;

/// The panel beside the conversation.
pub(super) fn panel(reader: &Reader, similar: &[SimilarTicket]) -> Markup {
    html! {
        section #similar .card aria-labelledby="similar-title" {
            h2 #similar-title { (reader.say("desk.similar")) }
            @if similar.is_empty() { p.muted { (reader.say("desk.similar_none")) } }
            @for ticket in similar { (entry(reader, ticket)) }
        }
    }
}

fn entry(reader: &Reader, ticket: &SimilarTicket) -> Markup {
    let number = ticket.number.to_string();
    let title = reader.fill("desk.ticket", &[("number", &number)]);
    html! {
        div.suggestion {
            h3 { a href={ "/desk/tickets/" (number) } { (title) } }
            div lang=(ticket.lang) { (free_text(&ticket.question)) }
            @if ticket.resolution.is_empty() { p.muted.small { (reader.say("desk.similar_no_words")) } } @else {
                details.small {
                    summary { (reader.say("desk.similar_solution")) span.unseen { " " (title) } }
                    div.passage lang=(ticket.lang) tabindex="0" role="region" aria-label=(title) { (free_text(&ticket.resolution)) }
                }
            }
            p.muted.small {
                (reader.group(&ticket.group)) " · " (reader.fill("desk.similar_by", &[("name", &ticket.resolved_by)])) " · "
                (moment(reader, ticket.resolved_at))
            }
        }
    }
}
