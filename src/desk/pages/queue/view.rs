//! The queue's page.

use maud::{Markup, html};

use super::super::incidents;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::filter::{Filter, Standing, Whose};
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::domain::time::Timestamp;
use crate::ports::TicketSummary;

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, filter: &Filter, tickets: &[TicketSummary]) -> Markup {
    let title = reader.say("desk.queue");
    let events = Some(filter.address("/desk/events"));
    Shell::new(reader, title, Nav::Operator(by)).wide().events(events).render(&html! {
        h1 { (title) }
        (tabs(reader, filter))
        (filters(reader, by, filter))
        p #said-back .said-back role="status" {}
        (table(reader, tickets))
    })
}

fn tabs(reader: &Reader, filter: &Filter) -> Markup {
    html! {
        nav aria-label=(reader.say("desk.whose")) {
            ul.tabs {
                @for whose in Whose::ALL {
                    @let address = Filter { whose, ..filter.clone() }.address("/desk");
                    @let current = (whose == filter.whose).then_some("page");
                    li { a href=(address) aria-current=[current] {
                        (reader.say(match whose {
                            Whose::All => "desk.whose_all",
                            Whose::Mine => "desk.whose_mine",
                            Whose::Free => "desk.whose_free",
                        }))
                    } }
                }
            }
        }
    }
}

fn filters(reader: &Reader, by: &Operator, filter: &Filter) -> Markup {
    html! {
        form.filters method="get" action="/desk" role="search" aria-label=(reader.say("desk.filter")) {
            input type="hidden" name="whose" value=(filter.whose.as_str());
            div.field {
                label for="status" { (reader.say("desk.filter_status")) }
                select #status name="status" {
                    @for standing in Standing::ALL {
                        option value=(standing.as_str()) selected[standing == filter.status] { (standing_name(reader, standing)) }
                    }
                }
            }
            div.field {
                label for="group" { (reader.say("desk.filter_group")) }
                select #group name="group" {
                    option value="" { (reader.say("desk.filter_every")) }
                    @for group in reader.desk().facts.groups.iter().filter(|group| by.belongs_to(&group.id)) {
                        option value=(group.id) selected[filter.group.as_ref() == Some(&group.id)] { (group.name(reader.lang)) }
                    }
                }
            }
            button { (reader.say("desk.filter_show")) }
        }
    }
}

fn standing_name(reader: &Reader, standing: Standing) -> &str {
    match standing {
        Standing::Open => reader.say("desk.filter_open"),
        Standing::Any => reader.say("desk.filter_any"),
        Standing::At(status) => reader.status(status),
    }
}

/// The tickets: the element with the id `queue`.
pub(super) fn table(reader: &Reader, tickets: &[TicketSummary]) -> Markup {
    let now = reader.desk().clock.now();
    let columns = ["number", "subject", "asker", "group", "priority", "age", "status", "holder", "do"];
    html! {
        section #queue .card aria-label=(reader.say("desk.queue")) {
            @if tickets.is_empty() { p { (reader.say("desk.none")) } } @else {
                p.muted { (count(reader, tickets.len())) }
                div.scroll {
                    table.stack {
                        caption.unseen { (reader.say("desk.caption")) }
                        thead { tr { @for column in columns { th scope="col" { (heading(reader, column)) } } } }
                        tbody { @for ticket in tickets { (row(reader, ticket, now)) } }
                    }
                }
            }
        }
    }
}

fn count(reader: &Reader, count: usize) -> String {
    match count {
        1 => reader.say("desk.count_one").to_owned(),
        _ => reader.fill("desk.count", &[("count", &count.to_string())]),
    }
}

fn heading<'r>(reader: &'r Reader, column: &str) -> &'r str {
    reader.say(match column {
        "number" => "desk.col_number",
        "subject" => "desk.col_subject",
        "asker" => "desk.col_asker",
        "group" => "desk.col_group",
        "priority" => "desk.col_priority",
        "age" => "desk.col_age",
        "status" => "desk.col_status",
        "holder" => "desk.col_holder",
        _ => "desk.col_do",
    })
}

fn row(reader: &Reader, ticket: &TicketSummary, now: Timestamp) -> Markup {
    let address = format!("/desk/tickets/{}", ticket.number);
    let priority = reader.priority(ticket.priority);
    html! {
        tr {
            th scope="row" data-head=(heading(reader, "number")) { a href=(address) { (ticket.number) } }
            td.subject lang=(ticket.lang) { a href=(address) { (ticket.subject) } }
            td data-head=(heading(reader, "asker")) { (asker(reader, ticket)) }
            td data-head=(heading(reader, "group")) { (reader.group(&ticket.group)) }
            td data-head=(heading(reader, "priority")) { span.tag.(ticket.priority.as_str()) { (priority) } }
            td data-head=(heading(reader, "age")) { span.age title=(reader.moment(ticket.opened_at)) { (age(reader, ticket.opened_at, now)) } }
            td data-head=(heading(reader, "status")) {
                span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) }
                (incidents::ticket_tag(reader, ticket))
            }
            td data-head=(heading(reader, "holder")) {
                @match &ticket.holder {
                    Some(holder) => (holder.name),
                    None => span.muted { (reader.say("desk.nobody")) },
                }
            }
            td { @if ticket.status == Status::Waiting { (take(reader, ticket)) } }
        }
    }
}

fn take(reader: &Reader, ticket: &TicketSummary) -> Markup {
    let number = ticket.number.to_string();
    html! {
        form #{ "take-" (number) } method="post" action={ "/desk/tickets/" (number) "/take" } data-live {
            input type="hidden" name="from" value="queue";
            button.slim #{ "take-button-" (number) } { (reader.say("desk.take")) span.unseen { " " (number) } }
        }
    }
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
