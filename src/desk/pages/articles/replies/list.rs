//! The list of standard replies, and the way to a new one.

use axum::Form;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::super::super::failure::Failure;
use super::super::super::reader::Reader;
use super::super::super::session::SignedIn;
use super::super::super::shell::{Nav, Shell};
use super::super::Asked;
use super::super::edit::{Drafted, Screen};
use super::super::form::Filled;
use super::super::new::{Begun, name_of};
use super::{LIST, edit};
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::ports::{Listing, Shelved};

/// Every standard reply, by title.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(Asked { said }) = query?;
    let mut listing = desk.editing.replies(&by.operator).await?;
    listing.files.sort_by_cached_key(|file| (file.article.slug.clone(), file.article.lang));
    Ok(view(&reader, &by.operator, &listing, said == "retired"))
}

fn view(reader: &Reader, by: &Operator, listing: &Listing, retired: bool) -> Markup {
    let title = reader.say("replies.nav");
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        div.row.apart.ahead {
            h1.ds-heading data-size="md" { (title) }
            @if by.edits() && listing.writable {
                a.ds-button data-variant="primary" href={ (LIST) "/new" } { (reader.say("replies.new")) }
            }
        }
        p #said-back .said-back role="status" { @if retired { (reader.say("replies.retired")) } }
        p.lead { (reader.say("replies.lead")) }
        @if !listing.writable { p.ds-alert data-color="info" { (reader.say("editor.read_only")) } }
        p role="status" { (reader.fill("replies.found", &[("count", &listing.files.len().to_string())])) }
        @if !listing.files.is_empty() { (table(reader, &listing.files)) }
    })
}

const HEADS: [&str; 5] = ["editor.title", "page.language", "editor.group", "editor.tags", "editor.head_faults"];

fn table(reader: &Reader, files: &[Shelved]) -> Markup {
    html! {
        div.scroll {
            table.ds-table.stack.articles {
                thead { tr { @for key in HEADS { th scope="col" { (reader.say(key)) } } } }
                tbody { @for file in files { (row(reader, file)) } }
            }
        }
    }
}

fn row(reader: &Reader, file: &Shelved) -> Markup {
    let title = if file.title.is_empty() { file.article.slug.as_str() } else { &file.title };
    let group = file.group.as_ref().map_or_else(|| reader.say("editor.every_group"), |group| reader.group(group));
    html! {
        tr {
            th.subject scope="row" { a.ds-link href=(edit::home(&file.article)) lang=(file.article.lang) { (title) } }
            td data-head=(reader.say("page.language")) { (reader.language(file.article.lang)) }
            td data-head=(reader.say("editor.group")) { (group) }
            td data-head=(reader.say("editor.tags")) { (file.tags.join(", ")) }
            td data-head=(reader.say("editor.head_faults")) {
                @if file.faults.is_empty() { "0" } @else { span.ds-tag data-size="sm" data-color="danger" { (file.faults.len()) } }
            }
        }
    }
}

/// Asks for the new reply's title, language and name.
pub(super) async fn ask(reader: Reader, by: SignedIn) -> Result<Markup, Failure> {
    if by.operator.edits() { Ok(page(&reader, &by.operator, &Begun::default(), None)) } else { Err(Failure::Refused) }
}

/// Opens the editor; nothing is saved yet.
pub(super) async fn begin(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    form: Result<Form<Begun>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(begun) = form?;
    if !by.operator.edits() {
        return Err(Failure::Refused);
    }
    let slug = Slug::new(name_of(if begun.slug.trim().is_empty() { &begun.title } else { &begun.slug }));
    if slug.as_str().is_empty() || begun.title.trim().is_empty() {
        return Ok(page(&reader, &by.operator, &begun, Some("editor.new_untitled")).into_response());
    }
    let reply = ArticleRef { slug, lang: Lang::from_code(&begun.lang).unwrap_or(desk.lang) };
    let opened = desk.editing.open_reply(&reply, &by.operator).await?;
    if opened.file.is_some() {
        return Ok(page(&reader, &by.operator, &begun, Some("replies.taken")).into_response());
    }
    let filled = Filled { title: begun.title, ..Filled::default() };
    let screen = Screen { drafted: Drafted::Shown, ..Screen::of(opened, filled) };
    Ok(edit::page(&reader, &by.operator, &screen).into_response())
}

fn page(reader: &Reader, by: &Operator, begun: &Begun, refused: Option<&str>) -> Markup {
    let title = reader.say("replies.new");
    let chosen = Lang::from_code(&begun.lang).unwrap_or(reader.desk().lang);
    Shell::new(reader, title, Nav::Operator(by)).render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p #said-back .said-back.refused[refused.is_some()] role="status" { @if let Some(key) = refused { (reader.say(key)) } }
        form.ds-card method="post" action={ (LIST) "/new" } {
            div.ds-field {
                label.ds-label for="title" { (reader.say("editor.title")) }
                input.ds-input #title type="text" name="title" value=(begun.title) required;
            }
            div.ds-field {
                label.ds-label for="lang" { (reader.say("page.language")) }
                select.ds-input #lang name="lang" {
                    @for lang in Lang::ALL { option value=(lang) selected[lang == chosen] { (reader.language(lang)) } }
                }
            }
            div.ds-field {
                label.ds-label for="slug" { (reader.say("editor.slug")) }
                p.hint #slug-hint { (reader.say("replies.slug_hint")) }
                input.ds-input #slug type="text" name="slug" value=(begun.slug) aria-describedby="slug-hint" autocomplete="off";
            }
            button.ds-button data-variant="primary" { (reader.say("editor.begin")) }
        }
        p { a.ds-link href=(LIST) { (reader.say("replies.to_list")) } }
    })
}
