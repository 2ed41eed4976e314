//! Standard replies, as editors keep them: the list, the editor, a new one. Kept as articles are; `editor.js` makes it live.

mod act;
mod edit;
mod list;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use maud::Markup;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::edit::{Drafted, Screen};
use super::form::Filled;
use super::{Asked, named};
use crate::desk::Desk;
use crate::flows::Opened;

const LIST: &str = "/desk/replies";

/// The pages of standard replies.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/replies", get(list::show))
        .route("/desk/replies/new", get(list::ask).post(list::begin))
        .route("/desk/replies/{lang}/{slug}", get(show))
        .route("/desk/replies/{lang}/{slug}/{verb}", get(act::back).post(act::act))
}

/// The editor of one standard reply; of a version that is yet to be written where another language has it.
async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path((lang, slug)), Query(Asked { said })) = (path?, query?);
    let opened = desk.editing.open_reply(&named(&lang, &slug)?, &by.operator).await?;
    if opened.file.is_none() && opened.languages.is_empty() {
        return Err(Failure::NotFound);
    }
    let filled = filled(&opened);
    let saved = said == "saved";
    let notice = saved.then(|| (reader.say("replies.saved").to_owned(), true));
    let drafted = if saved { Drafted::Saved } else { Drafted::Maybe };
    Ok(edit::page(&reader, &by.operator, &Screen { notice, drafted, ..Screen::of(opened, filled) }))
}

/// The form as the file has it.
fn filled(opened: &Opened) -> Filled {
    opened.file.as_ref().map_or_else(Filled::default, |file| Filled::of(&file.hash.0, &file.text, opened.parts.as_ref()))
}
