//! Solved tickets that are like the one on the page.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::markup::free_text;
use super::articles::insert;
use super::spot::Spot;
use crate::ports::SimilarTicket;

/// The part beside the conversation.
pub(super) fn part(spot: Spot<'_>, similar: &[SimilarTicket]) -> Markup {
    spot.part(
        "similar",
        spot.say("desk.similar"),
        &html! {
            @if similar.is_empty() { p.muted { (spot.say("desk.similar_none")) } }
            @for ticket in similar { (entry(spot, ticket)) }
        },
    )
}

fn entry(spot: Spot<'_>, ticket: &SimilarTicket) -> Markup {
    let reader = spot.reader;
    let number = ticket.number.to_string();
    let title = reader.fill("desk.ticket", &[("number", &number)]);
    let about = reader.fill("desk.insert_about", &[("title", &title)]);
    html! {
        div.suggestion {
            p.named { a.ds-link href={ "/desk/tickets/" (number) } { (title) } }
            div lang=(ticket.lang) { (free_text(&ticket.question)) }
            @if ticket.resolution.is_empty() { p.muted.small { (reader.say("desk.similar_no_words")) } } @else {
                details.small {
                    summary { (reader.say("desk.similar_solution")) span.unseen { " " (title) } }
                    div.passage lang=(ticket.lang) tabindex="0" role="group" aria-label=(title) { (free_text(&ticket.resolution)) }
                }
                @if spot.works() {
                    div.row data-needs-script hidden { (insert(reader.say("ticket.insert_solution"), &about, &ticket.resolution)) }
                }
            }
            p.muted.small {
                (reader.group(&ticket.group)) " · " (reader.fill("desk.similar_by", &[("name", &ticket.resolved_by)])) " · "
                (moment(reader, ticket.resolved_at))
            }
        }
    }
}
