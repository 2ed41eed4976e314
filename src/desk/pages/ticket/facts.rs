//! Where a ticket stands, and what is known of whose it is.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::queue::age;
use super::super::reader::Reader;
use super::spot::Spot;
use super::verbs;
use crate::desk::Door;
use crate::domain::ticket::SupportLine;
use crate::ports::TicketSummary;

/// The element with the id `state-<number>`.
pub(super) fn state(spot: Spot<'_>) -> Markup {
    let (reader, ticket) = (spot.reader, spot.ticket);
    let now = reader.desk().clock.now();
    spot.part("state", reader.say("desk.facts"), &html! {
        dl.facts {
            dt { (reader.say("desk.col_status")) } dd { span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) } }
            dt { (reader.say("desk.col_holder")) }
            dd { (ticket.holder.as_ref().map_or_else(|| reader.say("desk.nobody"), |holder| holder.name.as_str())) }
            dt { (reader.say("desk.col_priority")) }
            dd {
                span.tag.(ticket.priority.as_str()) { (reader.priority(ticket.priority)) }
                @if let Some(judged) = ticket.assessment {
                    " " span.muted.small { (verbs::impact(spot, judged.impact)) " · " (verbs::urgency(spot, judged.urgency)) }
                }
            }
            @if let Some(until) = ticket.snoozed_until.filter(|until| *until > now) {
                dt { (reader.say("ticket.asleep")) } dd { (moment(reader, until)) }
            }
            @if let Some(original) = ticket.duplicate_of {
                dt { (reader.say("ticket.duplicate_of")) } dd { a.ds-link href={ "/desk/tickets/" (original) } { (original) } }
            }
            dt { (reader.say("desk.col_group")) } dd { (reader.group(&ticket.group)) }
            dt { (reader.say("desk.fact_line")) } dd { (support_line(reader, ticket.line)) }
            dt { (reader.say("desk.col_asker")) } dd { (spot.asker()) }
            @if let Some(organisation) = &ticket.organisation {
                dt { (reader.say("desk.fact_organisation")) } dd { (organisation) }
            }
            dt { (reader.say("desk.fact_language")) } dd { (reader.language(ticket.lang)) }
            dt { (reader.say("desk.fact_channel")) } dd { (channel(reader, ticket)) }
            dt { (reader.say("desk.col_age")) }
            dd { (moment(reader, ticket.opened_at)) " (" (age(reader, ticket.opened_at, now)) ")" }
        }
    })
}

/// A line of support's name.
pub(super) fn support_line(reader: &Reader, line: SupportLine) -> &str {
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
