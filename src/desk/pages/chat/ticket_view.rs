//! The page of one of the employee's own cases.

use maud::{Markup, html};

use super::super::line::{Side, line, moment};
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use crate::desk::LONGEST_TEXT;
use crate::domain::history::{Stage, Step};
use crate::domain::ticket::{Status, SupportLine, WaitsFor};
use crate::domain::time::Timestamp;
use crate::flows::OwnTicketView;
use crate::ports::TicketSummary;

/// The case; `told` is the sentence about what was just done, and whether it was.
pub(super) fn page(reader: &Reader, own: &OwnTicketView, told: Option<(&str, bool)>) -> Markup {
    let OwnTicketView { ticket, lines, history, .. } = own;
    let title = reader.fill("chat.ticket_number", &[("number", &ticket.number.to_string())]);
    Shell::new(reader, &title, Nav::Employee).render(&html! {
        div.row.apart.ahead {
            h1.ds-heading data-size="md" { (title) }
            span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) }
        }
        @if let Some((key, done)) = told {
            p.said-back.refused[!done] role="status" { (reader.say(key)) }
        }
        section.ds-card.strip.done[ticket.status == Status::Resolved] aria-label=(reader.say("chat.status")) {
            p.lead lang=(ticket.lang) { (ticket.subject) }
            p { (stands(reader, ticket, history)) }
            @if waits_for_employee(ticket) { p { b { (reader.say("chat.ticket_waits_for_you")) } } }
            dl.facts {
                dt { (reader.say("chat.ticket_group")) } dd { (reader.group(&ticket.group)) }
                dt { (reader.say("chat.ticket_reported")) } dd { (moment(reader, ticket.opened_at)) }
            }
        }
        (actions(reader, own))
        h2.ds-heading data-size="xs" { (reader.say("chat.ticket_history")) }
        ol.steps { @for step in history { li { (words(reader, &step.what)) " · " span.muted { (moment(reader, step.at)) } } } }
        h2.ds-heading data-size="xs" { (reader.say("chat.ticket_said")) }
        div.log { @for recorded in lines { (line(reader, recorded, Side::Employee)) } }
        p { a.ds-link href={ "/chat/" (ticket.conversation) } { (reader.say("chat.ticket_open")) } }
    })
}

fn waits_for_employee(ticket: &TicketSummary) -> bool {
    ticket.status == Status::Taken && ticket.turn.of == WaitsFor::Employee
}

/// Where the case stands, since when.
fn stands(reader: &Reader, ticket: &TicketSummary, history: &[Step]) -> String {
    if let Some(Step { what: Stage::MergedInto(original), .. }) = history.last() {
        return reader.fill("chat.ticket_goes_on", &[("number", &original.to_string())]);
    }
    let name = ticket.holder.as_ref().map_or("", |holder| holder.name.as_str());
    let since = |begins: fn(&Stage) -> bool| {
        let step = history.iter().rev().find(|step| begins(&step.what));
        reader.moment(step.map_or(ticket.opened_at, |step: &Step| -> Timestamp { step.at }))
    };
    match ticket.status {
        Status::Waiting => reader.fill("chat.ticket_waiting_since", &[("when", &since(begins_to_wait))]),
        Status::Taken => {
            let when = since(|stage| matches!(stage, Stage::TakenBy(_)));
            reader.fill("chat.ticket_taken_since", &[("name", name), ("when", &when)])
        }
        Status::Resolved => {
            let when = since(|stage| matches!(stage, Stage::ResolvedBy(_)));
            reader.fill("chat.ticket_resolved_at", &[("name", name), ("when", &when)])
        }
    }
}

const fn begins_to_wait(stage: &Stage) -> bool {
    matches!(stage, Stage::Received | Stage::PutBack | Stage::TransferredTo(_) | Stage::MovedTo(_) | Stage::Reopened)
}

/// A step of the case's way in words.
fn words(reader: &Reader, stage: &Stage) -> String {
    match stage {
        Stage::Received => reader.say("chat.step_received").to_owned(),
        Stage::TakenBy(name) => reader.fill("chat.step_taken", &[("name", name)]),
        Stage::PutBack => reader.say("chat.step_put_back").to_owned(),
        Stage::TransferredTo(group) => reader.fill("chat.step_transferred", &[("group", reader.group(group))]),
        Stage::MovedTo(line) => reader.fill("chat.step_moved", &[("line", reader.say(line_key(*line)))]),
        Stage::AnsweredBy(name) => reader.fill("chat.step_answered", &[("name", name)]),
        Stage::Added => reader.say("chat.step_added").to_owned(),
        Stage::ResolvedBy(name) => reader.fill("chat.step_resolved", &[("name", name)]),
        Stage::MergedInto(number) => reader.fill("chat.step_merged", &[("number", &number.to_string())]),
        Stage::Confirmed => reader.say("chat.step_confirmed").to_owned(),
        Stage::Reopened => reader.say("chat.step_reopened").to_owned(),
    }
}

const fn line_key(line: SupportLine) -> &'static str {
    match line {
        SupportLine::First => "chat.line_first",
        SupportLine::Second => "chat.line_second",
        SupportLine::Third => "chat.line_third",
        SupportLine::Supplier => "chat.line_supplier",
    }
}

/// What the employee can do as the case stands.
fn actions(reader: &Reader, own: &OwnTicketView) -> Markup {
    let number = own.ticket.number;
    let confirmed = matches!(own.history.last(), Some(Step { what: Stage::Confirmed, .. }));
    html! {
        @if own.can_add {
            form.ds-card method="post" action={ "/chat/tickets/" (number) "/add" } {
                input type="hidden" name="client_id" value=(reader.desk().ids.secret());
                h2.ds-heading data-size="xs" { (reader.say("chat.add")) }
                div.ds-field.field {
                    label.ds-label for="text" { (reader.say("chat.add_text")) }
                    textarea #text .ds-input name="text" rows="3" required maxlength=(LONGEST_TEXT) {}
                }
                p { button.ds-button { (reader.say("chat.add_send")) } }
            }
        }
        @if own.can_reopen {
            section.ds-card aria-labelledby="solved" {
                h2 #solved .ds-heading data-size="xs" { (reader.say("chat.solved_ask")) }
                div.row {
                    @if !confirmed { (verb(reader, &format!("/chat/tickets/{number}/solved"), "chat.solved_yes")) }
                    (verb(reader, &format!("/chat/tickets/{number}/reopen"), "chat.solved_no"))
                }
            }
        }
    }
}

fn verb(reader: &Reader, action: &str, key: &str) -> Markup {
    html! { form method="post" action=(action) { button.ds-button data-variant="secondary" { (reader.say(key)) } } }
}
