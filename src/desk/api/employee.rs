//! The employee's side: ask, read, write on, choose.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};

use super::asked::{Asked, Named};
use super::bearer::{Holding, MayBegin};
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::shapes::{Conversation, NewConversation, NewMessage};
use super::to_shapes;
use crate::desk::{Desk, Door, Person, hash_of};
use crate::domain::ids::{ConversationId, EmployeeId, ExternalId, MessageId};
use crate::domain::message::{Action, IncomingMessage, LangHint};
use crate::domain::place::Readers;
use crate::flows::Pressed;

/// Begin a conversation
///
/// Nothing but the secret in the answer opens the conversation afterwards, and it is told only here. A call that is repeated
/// begins another conversation, unless the client chose a `secret` itself: then the same one opens the same conversation.
/// Where employees must sign in before they ask, only a system with a token of its own begins one.
#[utoipa::path(
    post,
    path = "/api/v1/conversations",
    tag = "employee",
    request_body = NewConversation,
    responses(
        (status = 201, description = "It has begun, and the bot has answered.", body = Conversation, headers(("Location" = String, description = "Where the conversation is read."))),
        Refusal,
    )
)]
pub(super) async fn begin(
    State(desk): State<Desk>,
    _: MayBegin,
    Sent(new): Sent<NewConversation>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Conversation>), Problem> {
    let typed = desk.typed(&new.text)?;
    let chosen = new.secret.is_some();
    let secret = new.secret.map_or_else(|| Ok(desk.ids.secret()), fit_secret)?;
    let key = if chosen { hash_of(&format!("beginning\n{secret}")).0 } else { desk.ids.secret() };
    let person = new.person.unwrap_or_default();
    let person = Person { name: person.name, email: person.email, organisation: person.organisation };
    let employee = desk.employee(Door::Api.employee(&secret), person);
    let by = employee.id.clone();
    let message = IncomingMessage {
        conversation: None,
        place: Door::Api.place(key.as_str()),
        external_id: ExternalId::new(key),
        employee,
        text: typed.text,
        secrets: typed.secrets,
        lang: new.lang.map_or(LangHint::Likely(desk.lang), |lang| LangHint::Chosen(lang.into())),
        readers: Readers::Alone,
    };
    let id = desk.flows.receive(&message).await?.conversation();
    let begun = Conversation { secret: Some(secret), ..view(&desk, id, &by, None).await? };
    let location = format!("/api/v1/conversations/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(begun)))
}

/// A secret that a client chose, where it is one that is hard to guess and that a header can hold.
fn fit_secret(secret: String) -> Result<String, Problem> {
    let fits =
        (32..=200).contains(&secret.len()) && secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let unfit = "`secret` must be 32–200 letters, digits, `-` and `_`, chosen at random; leave it out to be given one";
    if fits { Ok(secret) } else { Err(Problem::unprocessable(unfit)) }
}

/// Read a conversation
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}",
    tag = "employee",
    params(
        ("id" = String, Path, description = "The conversation's id."),
        ("after" = Option<String>, Query, description = "Only messages after the one with this id."),
    ),
    responses(
        (status = 200, description = "The conversation.", body = Conversation),
        Refusal,
    ),
    security(("conversation" = []))
)]
pub(super) async fn read(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named(id): Named<String>,
    asked: Asked,
) -> Result<Json<Conversation>, Problem> {
    let after = asked.values("after").next().map(|after| after.parse().map(MessageId::new)).transpose();
    let after = after.map_err(|_| Problem::unprocessable("`after` must be the id of a message"))?;
    Ok(Json(view(&desk, conversation_id(&id)?, &by, after).await?))
}

/// Write in a conversation
///
/// With a `client_id` it is safe to send again: the same one twice is one message.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/messages",
    tag = "employee",
    params(("id" = String, Path, description = "The conversation's id.")),
    request_body = NewMessage,
    responses(
        (status = 200, description = "The message is kept, and so is what the bot says to it.", body = Conversation),
        Refusal,
    ),
    security(("conversation" = []))
)]
pub(super) async fn write(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named(id): Named<String>,
    Sent(new): Sent<NewMessage>,
) -> Result<Json<Conversation>, Problem> {
    let own = desk.flows.own_conversation(conversation_id(&id)?, &by).await?;
    let typed = desk.typed(&new.text)?;
    if new.client_id.as_deref() == Some("") {
        return Err(Problem::unprocessable("`client_id` is empty: give each message an id of its own, or none"));
    }
    // Hashed, so that whatever a client uses as an id is not kept as it is.
    let name = new.client_id.map_or_else(|| desk.ids.secret(), |client_id| hash_of(&client_id).0);
    let message = IncomingMessage {
        conversation: Some(own.id),
        place: own.place,
        external_id: ExternalId::new(format!("{}:{name}", own.id)),
        employee: own.employee,
        text: typed.text,
        secrets: typed.secrets,
        lang: LangHint::Likely(own.lang),
        readers: Readers::Alone,
    };
    desk.flows.receive(&message).await?;
    Ok(Json(view(&desk, own.id, &by, None).await?))
}

/// Make a choice
///
/// The ids stand in the messages' `actions`. A choice that is not open (any more) answers 422 and changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/actions/{action}",
    tag = "employee",
    params(
        ("id" = String, Path, description = "The conversation's id."),
        ("action" = String, Path, description = "`helped`, `not_helped`, `human`, `choose:<slug>`, `tell_me`, `something_else`, `resolved_yes` or `resolved_no`."),
    ),
    responses(
        (status = 200, description = "The choice is kept, with what follows from it.", body = Conversation),
        Refusal,
    ),
    security(("conversation" = []))
)]
pub(super) async fn choose(
    State(desk): State<Desk>,
    Holding(by): Holding,
    Named((id, action)): Named<(String, String)>,
) -> Result<Json<Conversation>, Problem> {
    let id = conversation_id(&id)?;
    let action = Action::from_id(&action).ok_or_else(|| Problem::not_found("there is no choice with this id"))?;
    match desk.flows.press(id, &by, &action, None).await? {
        Pressed::Kept | Pressed::SeenBefore => Ok(Json(view(&desk, id, &by, None).await?)),
        Pressed::TooLate => Err(Problem::choice_closed()),
    }
}

async fn view(desk: &Desk, id: ConversationId, by: &EmployeeId, after: Option<MessageId>) -> Result<Conversation, Problem> {
    let conversation = desk.flows.own_conversation(id, by).await?;
    let lines = desk.flows.own_lines(id, by, after).await?;
    let number = match &conversation.ticket {
        Some(ticket) => desk.store.ticket_by_id(ticket.id).await?.map(|summary| summary.number),
        None => None,
    };
    Ok(to_shapes::conversation(desk, &conversation, number, &lines))
}

fn conversation_id(id: &str) -> Result<ConversationId, Problem> {
    let no_such = |_| Problem::not_found("there is no such conversation, or it is not yours");
    id.parse().map(ConversationId::new).map_err(no_such)
}
