//! Standard replies and links, as editors keep them: the list, the editor, a new one, the history. Kept as articles are;
//! `editor.js` makes it live.

mod act;
mod begin;
mod edit;
mod found;
mod links;
mod replies;
mod words;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Extension, Router};
use maud::Markup;

pub(super) use self::edit::{address, home};
pub(super) use self::found::beside;

use self::words::Words;
use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::edit::{Drafted, Screen};
use super::form::Filled;
use super::{Asked, history, named};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::flows::Opened;

/// The pages of both. Every address stands here whole, so that whoever looks for the forms that there are finds it.
pub(super) fn router() -> Router<Desk> {
    let replies = Router::new()
        .route("/desk/replies", get(replies::show))
        .route("/desk/replies/new", get(begin::ask).post(begin::begin))
        .route("/desk/replies/{lang}/{slug}", get(show))
        .route("/desk/replies/{lang}/{slug}/history", get(history::of_aid))
        .route("/desk/replies/{lang}/{slug}/{verb}", get(act::back).post(act::act))
        .layer(Extension(Aid::Reply));
    let links = Router::new()
        .route("/desk/links", get(links::show))
        .route("/desk/links/new", get(begin::ask).post(begin::begin))
        .route("/desk/links/{lang}/{slug}", get(show))
        .route("/desk/links/{lang}/{slug}/history", get(history::of_aid))
        .route("/desk/links/{lang}/{slug}/{verb}", get(act::back).post(act::act))
        .layer(Extension(Aid::Link));
    replies.merge(links)
}

/// Where the list of a kind is, and what leads there.
pub(super) const fn list(aid: Aid) -> (&'static str, &'static str) {
    let words = Words::of(aid);
    (words.list, words.to_list)
}

/// The editor of one; of a version that is yet to be written where another language has it.
async fn show(
    State(desk): State<Desk>,
    Extension(aid): Extension<Aid>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path((lang, slug)), Query(Asked { said })) = (path?, query?);
    let opened = desk.editing.aids(aid).open(&named(&lang, &slug)?, &by.operator).await?;
    if opened.file.is_none() && opened.languages.is_empty() {
        return Err(Failure::NotFound);
    }
    let filled = filled(&opened);
    let saved = said == "saved";
    let notice = saved.then(|| (reader.say(Words::of(aid).saved).to_owned(), true));
    let drafted = if saved { Drafted::Saved } else { Drafted::Maybe };
    Ok(edit::page(&reader, &by.operator, aid, &Screen { notice, drafted, ..Screen::of(opened, filled) }))
}

/// The form as the file has it.
fn filled(opened: &Opened) -> Filled {
    opened.file.as_ref().map_or_else(Filled::default, |file| Filled::of(&file.hash.0, &file.text, opened.parts.as_ref()))
}
