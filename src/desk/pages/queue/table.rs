//! Tickets in a table, which stays one for those who hear it and becomes a list of cards on a narrow screen.

use maud::{Markup, html};

use super::super::incidents;
use super::super::reader::Reader;
use super::filter::Filter;
use crate::domain::permission::Operator;
use crate::domain::ticket::{Status, SupportLine, TicketOrder, WaitsFor};
use crate::domain::time::Timestamp;
use crate::ports::TicketSummary;

/// To whom, and when, the tickets are shown.
#[derive(Clone, Copy)]
pub(super) struct Standing<'s> {
    /// The operator who reads.
    pub(super) by: &'s Operator,
    /// Now.
    pub(super) now: Timestamp,
}

/// A column: its sentence, and the order that it stands for where it stands for one.
type Column = (&'static str, Option<(TicketOrder, &'static str)>);

const COLUMNS: [Column; 10] = [
    ("queue.subject", None),
    ("queue.age", Some((TicketOrder::Age, "ascending"))),
    ("queue.priority", Some((TicketOrder::Urgency, "descending"))),
    ("queue.status", None),
    ("queue.waits", None),
    ("queue.group", None),
    ("queue.line", None),
    ("queue.holder", None),
    ("queue.asker", None),
    ("queue.lang", None),
];

/// The table.
pub(super) fn table(
    reader: &Reader,
    standing: Standing<'_>,
    filter: &Filter,
    caption: &str,
    tickets: &[TicketSummary],
) -> Markup {
    html! {
        table.ds-table.stack.queue data-size="sm" {
            caption.unseen { (caption) }
            thead { tr {
                @for column in COLUMNS { (heading(reader, filter, column)) }
                th scope="col" { span.unseen { (reader.say("queue.do")) } }
            } }
            tbody { @for ticket in tickets { (row(reader, standing, ticket, true)) } }
        }
    }
}

fn heading(reader: &Reader, filter: &Filter, (key, sorts): Column) -> Markup {
    let sorted = sorts.filter(|(order, _)| *order == filter.order).map(|(_, direction)| direction);
    let address = |order| Filter { order, ..filter.first() }.address("/desk");
    html! {
        th scope="col" aria-sort=[sorted] {
            @match sorts {
                Some((order, _)) if sorted.is_none() => a href=(address(order)) { (reader.say(key)) },
                _ => (reader.say(key)),
            }
        }
    }
}

/// One ticket: the element with the id `ticket-` and its number. What has left the list since the page was made stays in its
/// place and says so, for nothing may move under somebody's hand.
pub(super) fn row(reader: &Reader, standing: Standing<'_>, ticket: &TicketSummary, listed: bool) -> Markup {
    let number = ticket.number.to_string();
    let cell = |key: &'static str, content: Markup| html! { td data-head=(reader.say(key)) { (content) } };
    html! {
        tr #{ "ticket-" (number) } data-row=(number) .left[!listed] {
            th scope="row" {
                a #{ "open-" (number) } href={ "/desk/tickets/" (number) } {
                    span.number { (number) } " " span lang=(ticket.lang) { (ticket.subject) }
                }
            }
            (cell("queue.age", html! {
                span.age title=(reader.moment(ticket.opened_at)) { (age(reader, ticket.opened_at, standing.now)) }
            }))
            (cell("queue.priority", html! { span.tag.(ticket.priority.as_str()) { (reader.priority(ticket.priority)) } }))
            (cell("queue.status", html! {
                span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) }
                (incidents::ticket_tag(reader, ticket))
            }))
            (cell("queue.waits", html! { (waits(reader, standing, ticket)) }))
            (cell("queue.group", html! { (reader.group(&ticket.group)) }))
            (cell("queue.line", html! { (line_name(reader, ticket.line)) }))
            (cell("queue.holder", html! {
                @match &ticket.holder {
                    Some(holder) => (holder.name),
                    None => span.muted { (reader.say("desk.nobody")) },
                }
            }))
            (cell("queue.asker", html! { (asker(reader, ticket)) }))
            (cell("queue.lang", html! { (reader.language(ticket.lang)) }))
            td {
                @if !listed { span.muted.small { (reader.say("queue.not_here")) } }
                @else if ticket.status == Status::Waiting && standing.by.works_on_tickets() { (take(reader, &number)) }
            }
        }
    }
}

/// Who waits for whom, and since when.
fn waits(reader: &Reader, standing: Standing<'_>, ticket: &TicketSummary) -> String {
    let since = reader.short_moment(ticket.turn.since);
    let asleep = ticket.snoozed_until.filter(|until| *until > standing.now);
    match (ticket.status, asleep, ticket.turn.of, &ticket.holder) {
        (Status::Resolved, ..) => String::new(),
        (_, Some(until), ..) => reader.fill("queue.snoozed_until", &[("until", &reader.short_moment(until))]),
        (_, None, WaitsFor::Employee, _) => reader.fill("queue.employee_waits", &[("since", &since)]),
        (_, None, WaitsFor::Desk, None) => reader.fill("queue.us_wait", &[("since", &since)]),
        (_, None, WaitsFor::Desk, Some(holder)) if holder.id == standing.by.id => {
            reader.fill("queue.you_wait", &[("since", &since)])
        }
        (_, None, WaitsFor::Desk, Some(holder)) => reader.fill("queue.other_waits", &[("name", &holder.name), ("since", &since)]),
    }
}

fn take(reader: &Reader, number: &str) -> Markup {
    html! {
        form #{ "take-" (number) } method="post" action={ "/desk/tickets/" (number) "/take" } data-live {
            input type="hidden" name="from" value="queue";
            button.ds-button.slim #{ "take-button-" (number) } data-variant="secondary" data-size="sm" data-key="take" {
                (reader.say("desk.take")) span.unseen { " " (number) }
            }
        }
    }
}

/// A line of support, in a word.
pub(super) fn line_name(reader: &Reader, line: SupportLine) -> &str {
    reader.say(match line {
        SupportLine::First => "desk.line_first",
        SupportLine::Second => "desk.line_second",
        SupportLine::Third => "desk.line_third",
        SupportLine::Supplier => "desk.line_supplier",
    })
}

/// What to call the asker.
pub(in super::super) fn asker<'r>(reader: &'r Reader, ticket: &'r TicketSummary) -> &'r str {
    ticket.employee_name.as_deref().unwrap_or_else(|| reader.say("desk.anonymous"))
}

/// How long ago, as people say it.
pub(in super::super) fn age(reader: &Reader, since: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(since).as_secs() / 60;
    let (key, count) = match minutes {
        0 => return reader.say("desk.age_now").to_owned(),
        1..60 => ("desk.age_minutes", minutes),
        60..1_440 => ("desk.age_hours", minutes / 60),
        1_440..2_880 => return reader.say("desk.age_day").to_owned(),
        _ => ("desk.age_days", minutes / 1_440),
    };
    reader.fill(key, &[("count", &count.to_string())])
}
