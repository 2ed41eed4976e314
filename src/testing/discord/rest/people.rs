//! What people's own clients ask for. The platform keeps this side to itself; the fake has enough of it for somebody to write,
//! read and press with a client that knows nothing of the program under test.

use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::guild::gateway_bot;
use super::messages::{Window, within};
use super::{Body, Fake, no_content};
use crate::testing::discord::ids::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::testing::discord::interaction::{AnswerKind, Interaction, InteractionKind};
use crate::testing::discord::mention::{self, snowflake};
use crate::testing::discord::message::{Message, REPLY};
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::rules;
use crate::testing::discord::shared::Shared;
use crate::testing::discord::state::State;

/// Whose client it is, as the token says.
type Me = Extension<UserId>;
type Methods = MethodRouter<std::sync::Arc<Shared>>;

/// The path on which people press and command, and the one where their client learns which commands there are.
const INTERACTIONS: &str = "/interactions";
const COMMAND_INDEX: &str = "/guilds/{guild_id}/application-command-index";

/// The paths that bots have none like.
pub(super) const ONLY_FOR_PEOPLE: [&str; 2] = [INTERACTIONS, COMMAND_INDEX];

/// What answers a person's client at a path.
pub(super) fn methods(template: &str) -> Methods {
    match template {
        "/gateway/bot" => get(gateway_bot),
        "/users/@me" => get(me),
        "/users/@me/channels" => post(open_direct),
        "/channels/{channel_id}" => get(channel),
        "/channels/{channel_id}/messages" => get(read).post(write),
        INTERACTIONS => post(act),
        COMMAND_INDEX => get(command_index),
        _ => Methods::new(),
    }
}

async fn me(fake: Fake, Extension(me): Me) -> Json<Value> {
    Json(fake.read(|state| state.own_account_json(me)))
}

async fn channel(fake: Fake, Extension(me): Me, Path(id): Path<ChannelId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.open_to(me, id).map(|()| Json(state.channel_json(id))))
}

/// The bot is the only one to talk to alone.
async fn open_direct(fake: Fake, Extension(me): Me, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let other = snowflake(&body.json["recipient_id"]).map(UserId::new);
        other.filter(|other| *other == state.bot).ok_or(Refusal::ClosedToMessages)?;
        let id = state.direct_channel(me);
        let mut channel = state.channel_json(id);
        channel["recipients"] = json!([state.user_json(state.bot)]);
        Ok(Json(channel))
    })
}

async fn read(
    fake: Fake,
    Extension(me): Me,
    Path(id): Path<ChannelId>,
    Query(window): Query<Window>,
) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.open_to(me, id)?;
        let mut page = within(state, id, &window, window.size()?);
        page.sort_by_key(|message| std::cmp::Reverse(message.id));
        Ok(Json(page.into_iter().map(|message| state.message_json(message)).collect()))
    })
}

async fn write(fake: Fake, Extension(me): Me, Path(id): Path<ChannelId>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        state.open_to(me, id)?;
        rules::check_new(&body.json, body.files.len())?;
        let words = body.json["content"].as_str().unwrap_or_default();
        let answers = snowflake(&body.json["message_reference"]["message_id"]).map(MessageId::new);
        let mut message = Message::new(id, me, words);
        message.nonce = body.json.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
        message.mentions = mention::by_person(state, words, answers);
        message.answers = answers.filter(|answered| state.message(id, *answered).is_some());
        if message.answers.is_some() {
            message.kind = REPLY;
        }
        let posted = state.post(message);
        Ok(Json(state.message(id, posted).map_or(Value::Null, |message| state.message_json(message))))
    })
}

async fn command_index(fake: Fake, Path(guild): Path<GuildId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.known_guild(guild)?;
        let commands: Vec<&Value> = state.commands.values().flatten().collect();
        let application = json!({ "id": state.application.to_string(), "name": "Firstline", "bot": state.user_json(state.bot) });
        Ok(Json(json!({ "applications": [application], "application_commands": commands })))
    })
}

/// A pressed button, a choice, a command or a form that was filled in.
async fn act(fake: Fake, Extension(me): Me, body: Body) -> Result<Response, Refusal> {
    fake.change(|state| {
        let (wish, data) = (&body.json, &body.json["data"]);
        let place = snowflake(&wish["channel_id"]).map(ChannelId::new).ok_or(Refusal::UnknownChannel)?;
        state.open_to(me, place)?;
        rules::require(snowflake(&wish["application_id"]) == Some(state.application), "application_id: Unknown application")?;
        rules::require(state.has_session(me, &wish["session_id"]), "session_id: Unknown session")?;
        match wish["type"].as_u64() {
            Some(2) => {
                state.find_command(data)?;
                state.interact(InteractionKind::Command, me, place, None, data);
            }
            Some(3) => {
                let message = snowflake(&wish["message_id"]).map(MessageId::new).ok_or(Refusal::UnknownMessage)?;
                state.find_control(me, message, data)?;
                state.interact(InteractionKind::Component, me, place, Some(message), data);
            }
            Some(5) => {
                let (message, fields) = state.find_form(me, place, data)?;
                state.interact(InteractionKind::Form, me, place, message, &fields);
            }
            _ => return Err(Refusal::form("type: The fake knows commands, components and forms")),
        }
        Ok(no_content())
    })
}

impl State {
    /// Whether a person sees a place, and how the platform says that they do not.
    fn open_to(&self, person: UserId, place: ChannelId) -> Result<(), Refusal> {
        if !self.channels.contains_key(&place) {
            return Err(Refusal::UnknownChannel);
        }
        if self.sees(person, place) { Ok(()) } else { Err(Refusal::MissingAccess) }
    }

    fn has_session(&self, person: UserId, name: &Value) -> bool {
        let session = name.as_str().and_then(|name| self.gateway.sessions.get(name));
        session.is_some_and(|session| session.who == person)
    }

    fn find_command(&self, data: &Value) -> Result<(), Refusal> {
        let is_it = |command: &&Value| ["id", "name", "type", "version"].iter().all(|key| command[key] == data[key]);
        self.commands.values().flatten().find(is_it).map(|_| ()).ok_or(Refusal::UnknownCommand)
    }

    /// The form that was shown to this person, by the interaction that showed it: the message it belongs to, and what the bot is
    /// told of how it was filled in.
    fn find_form(&self, person: UserId, place: ChannelId, data: &Value) -> Result<(Option<MessageId>, Value), Refusal> {
        let id = snowflake(&data["id"]).map(InteractionId::new).ok_or(Refusal::UnknownInteraction)?;
        let own = |began: &&Interaction| began.user == person && began.channel == place;
        let began = self.interactions.get(&id).filter(own).ok_or(Refusal::UnknownInteraction)?;
        let shown = began.answer.as_ref().filter(|answer| answer.kind == AnswerKind::Form).ok_or(Refusal::UnknownInteraction)?;
        rules::require(shown.data["custom_id"] == data["custom_id"], "data: Component validation failed")?;
        Ok((began.message, json!({ "custom_id": data["custom_id"], "components": data["components"] })))
    }

    fn find_control(&self, person: UserId, message: MessageId, data: &Value) -> Result<(), Refusal> {
        let shown = |message: &&Message| message.only_for.is_none_or(|only| only == person);
        let message = self.find_message(message).filter(shown).ok_or(Refusal::UnknownMessage)?;
        let is_it = |control: &&Value| control["custom_id"] == data["custom_id"] && control["disabled"] != true;
        rules::require(message.controls().any(|control| is_it(&control)), "data: Component validation failed")
    }
}
