//! What an operator has begun to write is kept as they type.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::form::{Told, unfit};
use super::super::reader::Reader;
use super::super::session::SignedIn;
use crate::desk::{Desk, Unfit};
use crate::domain::draft::DraftKind;
use crate::domain::ids::TicketNumber;
use crate::domain::message::Redacted;

/// The longest name of a form that is kept, in characters; ours are shorter.
const LONGEST_FORM: usize = 64;

/// What the script sends while somebody types.
#[derive(Deserialize)]
pub(super) struct Begun {
    kind: String,
    #[serde(default)]
    form: String,
    #[serde(default)]
    text: String,
}

/// Keeps what is written so far, and says so.
pub(super) async fn keep(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    form: Result<Form<Begun>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path(number), Form(begun)) = (path?, form?);
    let kind = DraftKind::from_name(&begun.kind).ok_or(Failure::Unreadable)?;
    let form: String = begun.form.chars().take(LONGEST_FORM).collect();
    let text = match desk.typed(&begun.text) {
        Ok(typed) => typed.text,
        Err(Unfit::Empty) => Redacted::vouched(""),
        Err(why) => return Ok(Told::refused(unfit(&reader, why)).json().into_response()),
    };
    desk.flows.keep_draft(TicketNumber::new(number), &by.operator, kind, &form, text).await?;
    let at = reader.short_moment(desk.clock.now());
    Ok(Told::well(reader.fill("ticket.draft_kept", &[("at", &at)])).json().into_response())
}
