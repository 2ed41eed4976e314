//! A reader whom the article did not help asks a person, who gets to know which article it was.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::visitor::Visitor;
use super::{Address, address, find};
use crate::desk::{Desk, LONGEST_TEXT, Typed};
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::message::{Action, IncomingMessage, LangHint, Redacted};
use crate::domain::place::Readers;

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    text: String,
    /// The same one twice is one question.
    client_id: Option<String>,
}

/// Begins a conversation about the article, fetches a person and leads there.
pub(super) async fn ask(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    path: Address,
    form: Result<Form<Asked>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((lang, slug)), Form(asked)) = (path?, form?);
    let article = find(&desk, &lang, &slug).ok_or(Failure::NotFound)?;
    let (visitor, place_cookie) = visitor.at_new_place(&desk);
    let client_id = asked.client_id.filter(|id| !id.is_empty()).unwrap_or_else(|| desk.ids.secret());
    let Typed { text, secrets } = about(&desk, &reader, &article, &asked.text);
    let message = IncomingMessage {
        conversation: None,
        place: visitor.place(),
        external_id: visitor.external_id(&client_id),
        employee: visitor.employee(&desk, None),
        text,
        secrets,
        lang: LangHint::Likely(reader.lang),
        readers: Readers::Alone,
    };
    let id = desk.flows.receive(&message).await?.conversation();
    // It is too late where the question was urgent enough for a person at once, or was sent before.
    desk.flows.press(id, &visitor.id(), &Action::Human, None).await?;
    let mut response = visitor.remembered(&desk, Redirect::to(&format!("/chat/{id}#text")).into_response());
    response.headers_mut().append(SET_COOKIE, place_cookie);
    Ok(response)
}

/// What the reader wrote, if anything, and which article it is about.
fn about(desk: &Desk, reader: &Reader, article: &Article, text: &str) -> Typed {
    let url = format!("{}{}", desk.facts.public_url, address(&article.article));
    let about = reader.fill("article.ask_about", &[("title", &article.title), ("url", &url)]);
    match desk.typed(text) {
        Ok(Typed { text, secrets }) => Typed { text: Redacted::vouched(format!("{}\n\n{about}", text.as_str())), secrets },
        Err(_) => Typed { text: Redacted::vouched(about), secrets: Vec::new() },
    }
}

/// The form; it stands open where the reader has said that the article was not useful.
pub(super) fn form(reader: &Reader, article: &ArticleRef, open: bool) -> Markup {
    html! {
        details.ds-card.no-print open[open] {
            summary { (reader.say("article.ask")) }
            form method="post" action={ (address(article)) "/ask" } {
                input type="hidden" name="client_id" value=(reader.desk().ids.secret());
                div.ds-field.field {
                    label.ds-label for="person" { (reader.say("article.ask_text")) }
                    textarea #person .ds-input name="text" rows="3" maxlength=(LONGEST_TEXT) {}
                }
                p { button.ds-button.main { (reader.say("article.ask_send")) } }
            }
        }
    }
}
