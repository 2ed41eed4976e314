//! A new article: its name, language and title, and then the editor. Other pages lead here with what they have to begin with.

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::edit::{self, Drafted, Screen};
use super::form::Filled;
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;

/// The longest name that is made of a title, in characters.
const LONGEST_NAME: usize = 60;

/// What to begin with: in the address of this page, or from its form. The body and the questions may come along from elsewhere.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begun {
    title: String,
    slug: String,
    lang: String,
    questions: String,
    group: String,
    body: String,
}

/// Asks for the name.
pub(super) async fn ask(reader: Reader, by: SignedIn, query: Result<Query<Begun>, QueryRejection>) -> Result<Markup, Failure> {
    let Query(begun) = query?;
    if !by.operator.edits() {
        return Err(Failure::Refused);
    }
    Ok(page(&reader, &by.operator, &begun, None))
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
    let slug = Slug::new(if begun.slug.trim().is_empty() { name_of(&begun.title) } else { name_of(&begun.slug) });
    if slug.as_str().is_empty() || begun.title.trim().is_empty() {
        return Ok(page(&reader, &by.operator, &begun, Some("editor.new_untitled")).into_response());
    }
    let article = ArticleRef { slug, lang: Lang::from_code(&begun.lang).unwrap_or(desk.lang) };
    let opened = desk.editing.open(&article, &by.operator).await?;
    if opened.file.is_some() {
        return Ok(page(&reader, &by.operator, &begun, Some("editor.new_taken")).into_response());
    }
    let Begun { title, questions, group, body, .. } = begun;
    let body = if body.trim().is_empty() { format!("# {}\n\n", title.trim()) } else { body };
    let filled = Filled { title, questions, group, body, ..Filled::default() };
    let screen = Screen { drafted: Drafted::Shown, ..Screen::of(opened, filled) };
    Ok(edit::page(&reader, &by.operator, &screen).into_response())
}

fn page(reader: &Reader, by: &Operator, begun: &Begun, refused: Option<&str>) -> Markup {
    let title = reader.say("editor.new");
    let chosen = Lang::from_code(&begun.lang).unwrap_or(reader.desk().lang);
    Shell::new(reader, title, Nav::Operator(by)).render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p #said-back .said-back.refused[refused.is_some()] role="status" { @if let Some(key) = refused { (reader.say(key)) } }
        form.ds-card method="post" action="/desk/articles/begin" {
            input type="hidden" name="questions" value=(begun.questions);
            input type="hidden" name="group" value=(begun.group);
            input type="hidden" name="body" value=(begun.body);
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
                p.hint #slug-hint { (reader.say("editor.slug_hint")) }
                input.ds-input #slug type="text" name="slug" value=(begun.slug) aria-describedby="slug-hint" autocomplete="off";
            }
            button.ds-button data-variant="primary" { (reader.say("editor.begin")) }
        }
        p { a.ds-link href="/desk/articles" { (reader.say("editor.to_list")) } }
    })
}

/// A name that a file can have, made of a title: `Låst konto?` is `laast-konto`.
fn name_of(title: &str) -> String {
    let mut name = String::new();
    for c in title.trim().to_lowercase().chars() {
        match c {
            'æ' | 'ä' => name.push_str("ae"),
            'ø' | 'ö' => name.push_str("oe"),
            'å' => name.push_str("aa"),
            'é' | 'è' | 'ê' => name.push('e'),
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    name.truncate(LONGEST_NAME);
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_title_becomes_a_name_that_a_file_can_have() {
        let cases = [("Låst konto?", "laast-konto"), ("  Ærlig  ØL – 365 ", "aerlig-oel-365"), ("../../etc", "etc"), ("«»", "")];
        for (title, name) in cases {
            assert_eq!(name_of(title), name, "{title}");
        }
        assert!(name_of(&"langt ord ".repeat(20)).len() <= 60);
    }
}
