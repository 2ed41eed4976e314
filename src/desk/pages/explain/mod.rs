//! Why a question is answered as it is, for those who look after the articles.

mod view;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use self::view::Shown;
use super::failure::Failure;
use super::form;
use super::reader::Reader;
use super::session::SignedIn;
use crate::desk::Desk;
use crate::domain::message::LangHint;

/// The query as it was sent.
#[derive(Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
}

/// Every step from the question in the address to what the bot would do; only the form where there is no question.
/// A question with something in it that must not be kept is led to the same page without that in its address.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(Asked { q }) = query?;
    let shown = match q.as_deref().map(|question| desk.typed(question)) {
        None => Shown::Form,
        Some(Err(unfit)) => Shown::Unfit(form::unfit(&reader, unfit)),
        Some(Ok(typed)) if !typed.secrets.is_empty() => {
            return Ok(Redirect::to(&format!("/desk/explain?q={}", in_address(typed.text.as_str()))).into_response());
        }
        Some(Ok(typed)) => {
            let why = desk.index.why(&typed.text, LangHint::Likely(reader.lang)).map(Box::new);
            Shown::Question(typed.text, why)
        }
    };
    Ok(view::page(&reader, &by.operator, &shown).into_response())
}

/// A text as it may stand in an address.
fn in_address(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
