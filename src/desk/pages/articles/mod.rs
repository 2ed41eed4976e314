//! Articles, as editors keep them: the list, the editor, the history. Complete without script; `editor.js` makes it live.

mod act;
mod aids;
mod conflict;
mod diff;
mod edit;
mod fields;
mod filter;
mod form;
mod history;
mod list;
mod new;
mod trial;
mod words;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::Markup;
use serde::Deserialize;

pub(super) use self::edit::home;
pub(super) use self::new::{Begun, ask_with, title_of};

use self::edit::{Drafted, Screen};
use self::form::Filled;
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::flows::{EditError, FlowError, Opened};

/// The largest form that is read, in bytes: the largest article with every byte escaped, twice, since its old head comes along.
const LARGEST_FORM: usize = 4 * 1024 * 1024;

/// The pages of articles.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/articles", get(list::show))
        .route("/desk/articles/new", get(new::ask))
        .route("/desk/articles/begin", get(new::ask).post(new::begin))
        .route("/desk/articles/trials/{id}", get(trial::ask))
        .route("/desk/articles/{lang}/{slug}", get(show))
        .route("/desk/articles/{lang}/{slug}/history", get(history::show))
        .route("/desk/articles/{lang}/{slug}/{verb}", get(act::back).post(act::act))
        .merge(aids::router())
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// What the address of an article says besides.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    said: String,
}

/// The editor of one article; of a translation that is yet to be written where another language has it.
async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let (Path((lang, slug)), Query(Asked { said })) = (path?, query?);
    let opened = desk.editing.open(&named(&lang, &slug)?, &by.operator).await?;
    if opened.file.is_none() && opened.source.is_none() && opened.languages.is_empty() {
        return Err(Failure::NotFound);
    }
    let others = desk.editing.others_at(&opened.article, &by.operator);
    let filled = filled(&opened);
    let notice = edit::notice(&said);
    let drafted = if notice.is_some() { Drafted::Saved } else { Drafted::Maybe };
    let screen =
        Screen { notice: notice.map(|key| (reader.say(key).to_owned(), true)), others, drafted, ..Screen::of(opened, filled) };
    Ok(edit::page(&reader, &by.operator, &screen).into_response())
}

/// The editor of the article at this place, with these example questions added to its own; nothing is saved yet.
pub(super) async fn with_questions(
    reader: &Reader,
    by: &Operator,
    (lang, slug): (&str, &str),
    questions: &[String],
) -> Result<Markup, Failure> {
    if !by.edits() {
        return Err(Failure::Refused);
    }
    let editing = &reader.desk().editing;
    let opened = editing.open(&named(lang, slug)?, by).await?;
    if opened.file.is_none() {
        return Err(Failure::NotFound);
    }
    if !opened.may_edit {
        return Err(Failure::Refused);
    }
    let mut filled = filled(&opened);
    let others = editing.others_at(&opened.article, by);
    if filled.whole.is_some() {
        let notice = Some((reader.say("missing.unreadable").to_owned(), false));
        return Ok(edit::page(reader, by, &Screen { notice, others, ..Screen::of(opened, filled) }));
    }
    let known = |line: &str| filled.questions.lines().any(|known| known.to_lowercase() == line.to_lowercase());
    let lines = questions.iter().map(|question| question.split_whitespace().collect::<Vec<_>>().join(" "));
    let new: Vec<String> = lines.filter(|line| !line.is_empty() && !known(line)).collect();
    let key = if new.is_empty() { "missing.nothing_new" } else { "missing.added" };
    let own = filled.questions.lines().map(str::to_owned);
    filled.questions = own.chain(new).collect::<Vec<_>>().join("\n");
    let notice = Some((reader.say(key).to_owned(), true));
    Ok(edit::page(reader, by, &Screen { notice, others, drafted: Drafted::Shown, ..Screen::of(opened, filled) }))
}

/// The form as the file has it; for a translation as its source has it, without what is in the other language only.
fn filled(opened: &Opened) -> Filled {
    match (&opened.file, &opened.source) {
        (Some(file), _) => Filled::of(&file.hash.0, &file.text, opened.parts.as_ref()),
        (None, Some((_, source))) => {
            let of_source = Filled::of_parts(source);
            Filled { head: String::new(), tags: String::new(), questions: String::new(), reviewed: String::new(), ..of_source }
        }
        (None, None) => Filled::default(),
    }
}

/// The article that an address names.
fn named(lang: &str, slug: &str) -> Result<ArticleRef, Failure> {
    let lang = Lang::from_code(lang).ok_or(Failure::NotFound)?;
    Ok(ArticleRef { slug: Slug::new(slug), lang })
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => Self::NotFound,
            EditError::Refused(_) => Self::Refused,
            EditError::Store(error) => Self::Broken(FlowError::Store(error)),
            EditError::Shelf(error) => Self::Files(error),
        }
    }
}
