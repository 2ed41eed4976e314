//! The forms in which coordinators announce an incident and put it in other words.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::filled::{Filled, Wrong};
use super::{form, words};
use crate::desk::Desk;
use crate::domain::ids::IncidentNumber;
use crate::domain::incident::{IncidentKind, IncidentState, Move};
use crate::domain::permission::Operator;
use crate::flows::{FlowError, Moved};

type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// An empty form.
pub(super) async fn blank(reader: Reader, by: SignedIn) -> Result<impl IntoResponse, Failure> {
    by.operator.may_coordinate().map_err(FlowError::from)?;
    let planned = reader.address.ends_with("?kind=maintenance");
    let kind = if planned { IncidentKind::Maintenance } else { IncidentKind::Incident };
    Ok(page(&reader, &by.operator, None, &Filled::blank(&reader, kind), &[]))
}

/// Announces what was filled in; where something is wrong with it, the form comes back as it was.
pub(super) async fn announce(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    fields: Fields,
) -> Result<Response, Failure> {
    let filled = Filled(fields?.0);
    let announced = match filled.announcement(&desk) {
        Ok(announced) => announced,
        Err(wrong) => return Ok(again(&page(&reader, &by.operator, None, &filled, &wrong))),
    };
    let moved = desk.flows.announce_incident(&by.operator, announced.matter, announced.state, announced.next_update).await?;
    match moved {
        Moved::Done(number) => Ok(Redirect::to(&format!("/desk/incidents/{number}?said=announced")).into_response()),
        Moved::Already | Moved::Ended | Moved::Impossible => Err(Failure::Unreadable),
    }
}

/// The form with an incident as it is.
pub(super) async fn edit(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<impl IntoResponse, Failure> {
    let number = IncidentNumber::new(path?.0);
    by.operator.may_coordinate().map_err(FlowError::from)?;
    let view = desk.flows.incident(number, &by.operator).await?;
    Ok(page(&reader, &by.operator, Some(number), &Filled::of(&view.record.incident, &reader), &[]))
}

/// Puts an incident in other words.
pub(super) async fn revise(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (number, filled) = (IncidentNumber::new(path?.0), Filled(fields?.0));
    let announced = match filled.announcement(&desk) {
        Ok(announced) => announced,
        Err(wrong) => return Ok(again(&page(&reader, &by.operator, Some(number), &filled, &wrong))),
    };
    let said = match desk.flows.coordinate(number, &by.operator, Move::Revise(announced.matter)).await? {
        Moved::Done(_) => "revised",
        Moved::Already => "already",
        Moved::Ended | Moved::Impossible => "impossible",
    };
    Ok(Redirect::to(&format!("/desk/incidents/{number}?said={said}")).into_response())
}

/// The same form once more, as it was filled in.
pub(super) fn again(page: &Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page.clone()).into_response()
}

fn page(reader: &Reader, by: &Operator, number: Option<IncidentNumber>, filled: &Filled, wrong: &[Wrong]) -> Markup {
    let title = match number {
        Some(number) => reader.fill("incident.edit_title", &[("number", &words::name(number))]),
        None => reader.say("incident.new").to_owned(),
    };
    let back = number.map_or_else(|| "/desk/incidents".to_owned(), |number| format!("/desk/incidents/{number}"));
    let action = number.map_or_else(|| back.clone(), |_| format!("{back}/edit"));
    let form = form::Form { reader, filled, wrong, prefix: "" };
    Shell::new(reader, &title, Nav::Operator(by)).render(&html! {
        p.small { a.ds-link href=(back) { span aria-hidden="true" { "← " } (reader.say("incident.back")) } }
        h1 { (title) }
        (form::summary(reader, wrong))
        form.ds-card.incident-form method="post" action=(action) novalidate {
            (form.matter(number.is_none()))
            @if number.is_none() {
                (form.states(IncidentKind::Incident, IncidentState::Confirmed))
                p.hint { (reader.say("incident.state_hint")) }
                (form.moment("next_update", "incident.next_update", "incident.next_update_hint"))
            }
            button.ds-button { (reader.say(if number.is_some() { "incident.save" } else { "incident.announce" })) }
        }
    })
}
