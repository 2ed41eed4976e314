//! All incidents, for the desk.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::line::moment;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::words;
use crate::desk::Desk;
use crate::domain::ids::IncidentNumber;
use crate::domain::permission::Operator;
use crate::ports::IncidentRecord;

/// Where the list begins.
#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<i64>,
}

/// The incidents, newest first.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let before = query?.0.before.map(IncidentNumber::new);
    let records = desk.flows.incidents(&by.operator, before).await?;
    Ok(page(&reader, &by.operator, &records))
}

fn page(reader: &Reader, by: &Operator, records: &[IncidentRecord]) -> Markup {
    let title = reader.say("incident.list");
    let older = records.last().filter(|record| record.number.get() > 1).map(|record| record.number);
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        h1 { (title) }
        @if by.may_coordinate().is_ok() {
            p.row {
                a.ds-button href="/desk/incidents/new" { (reader.say("incident.new_incident")) }
                a.ds-button data-variant="secondary" href="/desk/incidents/new?kind=maintenance" { (reader.say("incident.new_maintenance")) }
            }
        }
        @if records.is_empty() { p.ds-card { (reader.say("incident.list_none")) } } @else { (table(reader, records)) }
        @if let Some(before) = older { p { a.ds-link href={ "/desk/incidents?before=" (before) } { (reader.say("incident.older")) } } }
    })
}

fn table(reader: &Reader, records: &[IncidentRecord]) -> Markup {
    let columns = [
        "incident.col_number",
        "incident.col_title",
        "incident.state",
        "incident.severity",
        "incident.col_from",
        "incident.col_linked",
    ];
    html! {
        div.scroll tabindex="0" role="region" aria-label=(reader.say("incident.list")) {
            table.ds-table.stack {
                thead { tr { @for column in columns { th scope="col" { (reader.say(column)) } } } }
                tbody { @for record in records { (row(reader, record)) } }
            }
        }
    }
}

fn row(reader: &Reader, record: &IncidentRecord) -> Markup {
    let IncidentRecord { number, incident, linked } = record;
    let late = incident.is_late(reader.desk().clock.now());
    html! {
        tr {
            th scope="row" data-head=(reader.say("incident.col_number")) { (words::name(*number)) }
            td data-head=(reader.say("incident.col_title")) {
                a.ds-link href={ "/desk/incidents/" (number) } { (words::title(reader, incident)) }
                span.small.muted { " " (words::kind(reader, incident.matter.kind)) }
            }
            td data-head=(reader.say("incident.state")) {
                (words::tag(reader, incident))
                @if late { span.small { " " (reader.say("incident.late")) } }
            }
            td data-head=(reader.say("incident.severity")) { (words::severity(reader, incident.matter.severity)) }
            td data-head=(reader.say("incident.col_from")) { (moment(reader, incident.matter.from)) }
            td data-head=(reader.say("incident.col_linked")) { (linked) }
        }
    }
}
