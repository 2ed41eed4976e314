//! The way to a new standard reply or link: its title, language and name, and then the editor.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use maud::{Markup, html};

use super::super::super::failure::Failure;
use super::super::super::reader::Reader;
use super::super::super::session::SignedIn;
use super::super::super::shell::{Nav, Shell};
use super::super::edit::{Drafted, Screen};
use super::super::form::Filled;
use super::super::new::{Begun, name_of};
use super::{Words, edit};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;

/// Asks for the title, language and name.
pub(super) async fn ask(Extension(aid): Extension<Aid>, reader: Reader, by: SignedIn) -> Result<Markup, Failure> {
    if by.operator.edits() { Ok(page(&reader, &by.operator, aid, &Begun::default(), None)) } else { Err(Failure::Refused) }
}

/// Opens the editor; nothing is saved yet.
pub(super) async fn begin(
    State(desk): State<Desk>,
    Extension(aid): Extension<Aid>,
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
        return Ok(page(&reader, &by.operator, aid, &begun, Some("editor.new_untitled")).into_response());
    }
    let one = ArticleRef { slug, lang: Lang::from_code(&begun.lang).unwrap_or(desk.lang) };
    let opened = desk.editing.aids(aid).open(&one, &by.operator).await?;
    if opened.file.is_some() {
        return Ok(page(&reader, &by.operator, aid, &begun, Some(Words::of(aid).taken)).into_response());
    }
    let filled = Filled { title: begun.title, ..Filled::default() };
    let screen = Screen { drafted: Drafted::Shown, ..Screen::of(opened, filled) };
    Ok(edit::page(&reader, &by.operator, aid, &screen).into_response())
}

fn page(reader: &Reader, by: &Operator, aid: Aid, begun: &Begun, refused: Option<&str>) -> Markup {
    let words = Words::of(aid);
    let title = reader.say(words.new);
    let chosen = Lang::from_code(&begun.lang).unwrap_or(reader.desk().lang);
    Shell::new(reader, title, Nav::Operator(by)).render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p #said-back .said-back.refused[refused.is_some()] role="status" { @if let Some(key) = refused { (reader.say(key)) } }
        form.ds-card method="post" action={ (words.list) "/new" } {
            div.ds-field {
                label.ds-label for="title" { (reader.say(words.title)) }
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
                p.hint #slug-hint { (reader.say(words.slug_hint)) }
                input.ds-input #slug type="text" name="slug" value=(begun.slug) aria-describedby="slug-hint" autocomplete="off";
            }
            button.ds-button data-variant="primary" { (reader.say("editor.begin")) }
        }
        p { a.ds-link href=(words.list) { (reader.say(words.to_list)) } }
    })
}
