//! One incident as the desk keeps it, with the tickets that are about it.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::filled::{Filled, TEXT, Wrong};
use super::form::Form as Fields;
use super::keep::again;
use super::{form, words};
use crate::desk::Desk;
use crate::domain::ids::{IncidentNumber, TicketNumber};
use crate::domain::incident::{Incident, IncidentKind, IncidentState, Move};
use crate::domain::permission::Operator;
use crate::flows::{FlowError, IncidentView, Linked, Moved};
use crate::ports::{IncidentRecord, TicketSummary};

/// A form that came back: which, how it was filled in, and what is wrong with it.
struct Returned {
    verb: String,
    filled: Filled,
    wrong: Vec<Wrong>,
}

/// The incident.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<impl IntoResponse, Failure> {
    let view = desk.flows.incident(IncidentNumber::new(path?.0), &by.operator).await?;
    Ok(page(&reader, &by.operator, &view, None))
}

/// Does what was asked, if the flows allow it, and says how it went.
pub(super) async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((number, verb)), filled) = (path?, Filled(form?.0));
    let number = IncidentNumber::new(number);
    let said = match verb.as_str() {
        "link" | "unlink" => linked(&desk, &by.operator, number, &verb, &filled).await?,
        _ => {
            let mut wrong = Vec::new();
            let wish = wish(&desk, &verb, &filled, &mut wrong)?;
            let Some(wish) = wish.filter(|_| wrong.is_empty()) else {
                let view = desk.flows.incident(number, &by.operator).await?;
                let returned = Returned { verb, filled, wrong };
                return Ok(again(&page(&reader, &by.operator, &view, Some(&returned))));
            };
            moved(desk.flows.coordinate(number, &by.operator, wish).await?)
        }
    };
    Ok(Redirect::to(&format!("/desk/incidents/{number}?said={said}")).into_response())
}

/// What a coordinator wants; `None` where something is wrong with how they said it.
fn wish(desk: &Desk, verb: &str, filled: &Filled, wrong: &mut Vec<Wrong>) -> Result<Option<Move>, Failure> {
    Ok(match verb {
        "update" => {
            let next_update = filled.moment(desk, "next_update", wrong);
            let text = filled.localised(desk, TEXT, None, wrong);
            text.map(|text| Move::Update { text, state: IncidentState::from_name(filled.get("state")), next_update })
        }
        "end" => Some(Move::End(filled.words(desk, wrong))),
        "cancel" => Some(Move::Cancel(filled.words(desk, wrong))),
        "reopen" => Some(Move::Reopen(filled.words(desk, wrong))),
        _ => return Err(Failure::NotFound),
    })
}

const fn moved(moved: Moved) -> &'static str {
    match moved {
        Moved::Done(_) => "done",
        Moved::Already => "already",
        Moved::Ended => "ended",
        Moved::Impossible => "impossible",
    }
}

async fn linked(
    desk: &Desk,
    by: &Operator,
    number: IncidentNumber,
    verb: &str,
    filled: &Filled,
) -> Result<&'static str, FlowError> {
    let Ok(ticket) = filled.get("ticket").parse().map(TicketNumber::new) else { return Ok("no-ticket") };
    let incident = (verb == "link").then_some(number);
    match desk.flows.link_ticket(ticket, incident, by).await {
        Ok(Linked::Done) => Ok(if incident.is_some() { "linked" } else { "unlinked" }),
        Ok(Linked::Already) => Ok("already"),
        Ok(Linked::NotOpen) => Ok("resolved"),
        Ok(Linked::Ended) => Ok("ended"),
        Err(FlowError::NotFound | FlowError::Refused(_)) => Ok("no-ticket"),
        Err(failure) => Err(failure),
    }
}

fn page(reader: &Reader, by: &Operator, view: &IncidentView, returned: Option<&Returned>) -> Markup {
    let IncidentRecord { number, incident, .. } = &view.record;
    let title = format!("{} {}", words::name(*number), incident.matter.title.for_reader(reader.lang).0);
    Shell::new(reader, &title, Nav::Operator(by)).wide().render(&html! {
        p.small { a.ds-link href="/desk/incidents" { span aria-hidden="true" { "← " } (reader.say("incident.list")) } }
        h1 { (words::name(*number)) " " (words::title(reader, incident)) }
        @match returned {
            Some(returned) => (form::summary(reader, &returned.wrong)),
            None => (said(reader)),
        }
        div.sides {
            div {
                (about(reader, by, &view.record))
                (tickets(reader, by, view))
            }
            aside aria-label=(reader.say("incident.work")) {
                @if by.may_coordinate().is_ok() { (work(reader, &view.record, returned)) }
            }
        }
    })
}

/// How the last form went, as the address says it.
fn said(reader: &Reader) -> Markup {
    let code = reader.address.split_once("said=").map_or("", |(_, code)| code.split(['&', '#']).next().unwrap_or_default());
    let (key, refused) = match code {
        "announced" => ("incident.did_announce", false),
        "revised" => ("incident.did_revise", false),
        "done" => ("incident.did", false),
        "linked" => ("incident.did_link", false),
        "unlinked" => ("incident.did_unlink", false),
        "already" => ("desk.already", true),
        "ended" => ("incident.is_over", true),
        "impossible" => ("incident.impossible", true),
        "resolved" => ("incident.ticket_resolved", true),
        "no-ticket" => ("incident.no_ticket", true),
        _ => return html! { p #said-back .said-back role="status" {} },
    };
    html! { p #said-back .said-back.refused[refused] role="status" { (reader.say(key)) } }
}

fn about(reader: &Reader, by: &Operator, record: &IncidentRecord) -> Markup {
    let IncidentRecord { number, incident, .. } = record;
    let touches = &incident.matter.touches;
    let groups: Vec<&str> = touches.groups.iter().map(|group| reader.group(group)).collect();
    let articles: Vec<&str> = touches.articles.iter().map(crate::domain::ids::Slug::as_str).collect();
    let listed = [
        ("incident.services", touches.services.join(", ")),
        ("incident.words", touches.words.join(", ")),
        ("incident.articles", articles.join(", ")),
        ("incident.groups", groups.join(", ")),
    ];
    html! {
        section.ds-card aria-labelledby="about-title" {
            h2 #about-title { (words::kind(reader, incident.matter.kind)) }
            p { (words::tag(reader, incident)) " " (words::severity(reader, incident.matter.severity)) }
            (words::when(reader, incident))
            (words::text(reader, &incident.matter.text))
            dl.facts {
                @for (key, value) in &listed { @if !value.is_empty() { dt { (reader.say(key)) } dd { (value) } } }
            }
            (words::updates(reader, &incident.updates))
            @if by.may_coordinate().is_ok() {
                p { a.ds-link href={ "/desk/incidents/" (number) "/edit" } { (reader.say("incident.edit")) } }
            }
        }
    }
}

fn work(reader: &Reader, record: &IncidentRecord, returned: Option<&Returned>) -> Markup {
    let IncidentRecord { number, incident, .. } = record;
    let form = |verb: &'static str, title: &str, button: &str, colour: &str, fields: fn(&Fields<'_>, &Incident) -> Markup| {
        let returned = returned.filter(|returned| returned.verb == verb);
        let empty = Filled::default();
        let wrong = returned.map_or(&[][..], |returned| returned.wrong.as_slice());
        let filled = returned.map_or(&empty, |returned| &returned.filled);
        let prefix = match verb {
            "update" => "update-",
            "end" => "end-",
            "cancel" => "cancel-",
            _ => "reopen-",
        };
        html! {
            section.ds-card aria-labelledby={ (prefix) "title" } {
                h2 #{ (prefix) "title" } { (reader.say(title)) }
                form method="post" action={ "/desk/incidents/" (number) "/" (verb) } {
                    (fields(&Fields { reader, filled, wrong, prefix }, incident))
                    button.ds-button data-color=(colour) { (reader.say(button)) }
                }
            }
        }
    };
    let last_word: fn(&Fields<'_>, &Incident) -> Markup = |form, _| form.text("incident.last_word");
    html! {
        @if incident.is_open() {
            (form("update", "incident.update", "incident.tell", "accent", update_fields))
            (form("end", "incident.end", "incident.end_button", "accent", last_word))
            @if incident.matter.kind == IncidentKind::Maintenance {
                (form("cancel", "incident.cancel", "incident.cancel_button", "danger", last_word))
            }
        } @else {
            (form("reopen", "incident.reopen", "incident.reopen_button", "accent", last_word))
        }
    }
}

fn update_fields(form: &Fields<'_>, incident: &Incident) -> Markup {
    let state = incident.stands(form.reader.desk().clock.now());
    html! {
        (form.text("incident.update_text"))
        (form.states(incident.matter.kind, state))
        (form.moment("next_update", "incident.next_update", "incident.next_update_hint"))
    }
}

fn tickets(reader: &Reader, by: &Operator, view: &IncidentView) -> Markup {
    let number = view.record.number;
    let may = by.works_on_tickets();
    html! {
        section.ds-card aria-labelledby="tickets-title" {
            h2 #tickets-title { (reader.fill("incident.tickets", &[("count", &view.record.linked.to_string())])) }
            @if view.tickets.is_empty() { p.muted { (reader.say("incident.tickets_none")) } } @else {
                ul.linked {
                    @for ticket in &view.tickets { li { (linked_ticket(reader, number, ticket, may)) } }
                }
            }
            @if may && view.record.incident.is_open() {
                form.row method="post" action={ "/desk/incidents/" (number) "/link" } {
                    div.ds-field {
                        label.ds-label for="link-ticket" { (reader.say("incident.link_number")) }
                        input.ds-input #link-ticket type="text" name="ticket" inputmode="numeric" required;
                    }
                    button.ds-button data-variant="secondary" { (reader.say("incident.link")) }
                }
            }
        }
    }
}

fn linked_ticket(reader: &Reader, number: IncidentNumber, ticket: &TicketSummary, may: bool) -> Markup {
    html! {
        div.row {
            a.ds-link href={ "/desk/tickets/" (ticket.number) } { (ticket.number) }
            span lang=(ticket.lang) { (ticket.subject) }
            span.tag.(ticket.status.as_str()) { (reader.status(ticket.status)) }
            @if may && ticket.status != crate::domain::ticket::Status::Resolved {
                form method="post" action={ "/desk/incidents/" (number) "/unlink" } {
                    input type="hidden" name="ticket" value=(ticket.number);
                    button.ds-button data-variant="tertiary" data-size="sm" {
                        (reader.say("incident.unlink")) span.unseen { " " (ticket.number) }
                    }
                }
            }
        }
    }
}
