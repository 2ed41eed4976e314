//! The employee's chat: ask, choose, follow one's own cases.

mod news;
mod talk;
mod ticket;
mod ticket_view;
mod tickets;
mod view;

pub(super) use ticket::{ticket, work};
pub(super) use tickets::tickets;

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use serde::Deserialize;

use self::news::News;
use self::talk::{Latest, Talk};
use self::view::{Setting, Shown};
use super::failure::Failure;
use super::form::{Sender, Told, unfit};
use super::reader::Reader;
use super::stream::{After, follow};
use super::visitor::{self, Visitor};
use crate::desk::{Desk, Door, Typed, Who};
use crate::domain::decision::Receipt;
use crate::domain::ids::ConversationId;
use crate::domain::message::{Action, IncomingMessage, LangHint};
use crate::domain::place::Readers;
use crate::flows::Pressed;

/// What the text box sends.
#[derive(Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    text: String,
    /// One of the suggested questions, in place of a text.
    example: Option<String>,
    /// The same one twice is one message.
    client_id: Option<String>,
    name: Option<String>,
    /// The conversation that the page shows by its own address.
    #[serde(default)]
    conversation: String,
    /// Given where the page is in another site's frame.
    frame: Option<String>,
}

/// What the button for a new question sends.
#[derive(Deserialize)]
pub(super) struct Anew {
    frame: Option<String>,
}

/// What a choice's button sends.
#[derive(Deserialize)]
pub(super) struct Choice {
    /// The line that the choice stands under: the same choice under the same line is made once.
    line: Option<i64>,
}

/// The latest conversation at the visitor's place, or the beginning of one.
pub(super) async fn latest(State(desk): State<Desk>, reader: Reader, visitor: Visitor) -> Result<Response, Failure> {
    let page = at_place(&desk, &reader, &visitor, Setting::Front).await?;
    Ok(visitor.remembered(&desk, page))
}

/// The same for a page in another site's frame.
pub(super) async fn in_frame(desk: &Desk, reader: &Reader, visitor: &Visitor) -> Result<Markup, Failure> {
    at_place(desk, reader, visitor, Setting::Frame).await
}

async fn at_place(desk: &Desk, reader: &Reader, visitor: &Visitor, setting: Setting) -> Result<Markup, Failure> {
    let Latest { talk, earlier } = Latest::read(desk, visitor).await?;
    let earlier = earlier.filter(|_| setting == Setting::Front);
    Ok(view::page(reader, &Shown { talk: talk.as_ref(), earlier, setting }))
}

/// One of the visitor's own conversations.
pub(super) async fn one(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Path(id) = path?;
    let talk = Talk::read(&desk, ConversationId::new(id), &visitor.id()).await?;
    Ok(view::page(&reader, &Shown { talk: Some(&talk), earlier: None, setting: Setting::Conversation }))
}

/// The news of one of the visitor's own conversations.
pub(super) async fn events(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<After>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Path(id), Query(after)) = (path?, query?);
    let id = ConversationId::new(id);
    desk.flows.own_conversation(id, &visitor.id()).await?;
    Ok(follow(&desk, News::new(reader, id, visitor.id(), after.line(&headers))))
}

/// Takes in what the visitor wrote.
pub(super) async fn write(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    sender: Sender,
    form: Result<Form<Written>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(written) = form?;
    let asked_for = written.conversation.parse().ok().map(ConversationId::new);
    let setting = if written.frame.is_some() { Setting::Frame } else { Setting::Front };
    let page = asked_for.map_or_else(|| format!("{}#text", setting.address()), |id| format!("/chat/{id}#text"));
    if setting == Setting::Frame && visitor.is_new() {
        // Whoever keeps no cookie in the frame would not find the answer either.
        return Ok(Told::refused(reader.say("embed.no_cookies")).answer(sender, &page));
    }
    let told = match desk.typed(written.example.as_deref().unwrap_or(&written.text)) {
        Err(why) => Told::refused(unfit(&reader, why)),
        Ok(typed) => {
            let message = message(&desk, &reader, &visitor, typed, written, asked_for);
            let id = desk.flows.receive(&message).await?.conversation();
            desk.presence().sent(id, &Who::Employee);
            Told::done().events(news::address(id, None))
        }
    };
    Ok(visitor.remembered(&desk, told.answer(sender, &page)))
}

fn message(
    desk: &Desk,
    reader: &Reader,
    visitor: &Visitor,
    typed: Typed,
    written: Written,
    conversation: Option<ConversationId>,
) -> IncomingMessage {
    let Typed { text, secrets } = typed;
    let client_id = written.client_id.filter(|id| !id.is_empty()).unwrap_or_else(|| desk.ids.secret());
    IncomingMessage {
        conversation,
        place: visitor.place(),
        external_id: visitor.external_id(&client_id),
        employee: visitor.employee(desk, written.name),
        text,
        secrets,
        lang: LangHint::Likely(reader.lang),
        readers: Readers::Alone,
    }
}

/// Takes in the visitor's choice.
pub(super) async fn press(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    sender: Sender,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Choice>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((id, action)), Form(choice)) = (path?, form?);
    let id = ConversationId::new(id);
    let action = Action::from_id(&action).ok_or(Failure::NotFound)?;
    let receipt = choice.line.map(|line| Receipt {
        channel: Door::Web.channel(),
        external_id: visitor.external_id(&format!("{id}/{line}/{}", action.id())),
    });
    let told = match desk.flows.press(id, &visitor.id(), &action, receipt).await? {
        Pressed::Kept | Pressed::SeenBefore => Told::done(),
        Pressed::TooLate => Told::refused(reader.say("chat.too_late")),
    };
    Ok(told.answer(sender, &format!("/chat/{id}#text")))
}

/// Leads the visitor to a new place, where the next question begins a conversation of its own.
pub(super) async fn start_anew(
    State(desk): State<Desk>,
    form: Result<Form<Anew>, FormRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Form(anew) = form?;
    let (cookie, setting) = match anew.frame {
        Some(_) => (visitor::new_room_in_frame(&desk), Setting::Frame),
        None => (visitor::new_room(&desk), Setting::Front),
    };
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&format!("{}#text", setting.address()))))
}
