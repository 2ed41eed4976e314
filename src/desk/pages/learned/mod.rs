//! What was learned, as operators go through it.

mod view;

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::view::Notice;
use super::failure::Failure;
use super::form::{Sender, Told};
use super::reader::Reader;
use super::session::SignedIn;
use crate::desk::Desk;
use crate::domain::ids::LearnedId;
use crate::domain::learned::LearnedState;
use crate::flows::{FlowError, Settled, Verdict};

/// The query as it was sent.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    state: String,
    before: Option<i64>,
    #[serde(default)]
    said: String,
    about: Option<i64>,
}

/// What the forms send besides the verdict: the list that they stand in.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    state: String,
}

/// The questions that the address asks for; proposals where it does not say.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Query(asked) = query?;
    let state = state(&asked.state);
    let page = desk.learning.list(&by.operator, state, asked.before.map(LearnedId::new)).await?;
    let about = match asked.about {
        Some(id) => known(desk.learning.one(LearnedId::new(id), &by.operator).await)?,
        None => None,
    };
    let notice = about.and_then(|question| Notice::of(&asked.said, question));
    Ok(view::page(&reader, &by.operator, state, &page, notice.as_ref()))
}

/// Carries out a verdict, if the flows allow it, and says how it went.
pub(super) async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((id, verb)), Form(filled)) = (path?, form?);
    let verdict = match verb.as_str() {
        "approve" => Verdict::Approve,
        "decline" => Verdict::Decline,
        _ => return Err(Failure::NotFound),
    };
    let notice = match desk.learning.settle(LearnedId::new(id), &by.operator, verdict).await? {
        Settled::Done(question) => Notice::Done(verdict, question),
        Settled::Already(question) => Notice::Already(question),
    };
    let (state, said) = (state(&filled.state).as_str(), notice.code());
    let page = format!("/desk/learned?state={state}&said={said}&about={id}#said-back");
    Ok(Told::well(notice.words(&reader)).answer(sender, &page))
}

fn state(name: &str) -> LearnedState {
    LearnedState::from_name(name).unwrap_or(LearnedState::Proposed)
}

/// What a notice is about may be gone, or no longer the reader's to know; then there is no notice.
fn known<T>(found: Result<T, FlowError>) -> Result<Option<T>, FlowError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(FlowError::NotFound | FlowError::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}
