//! The gateway's address, the bot's own account, the guild, its people and its commands.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get};
use serde_json::{Value, json};

use super::{Body, Fake, Routes, no_content};
use crate::testing::discord::command;
use crate::testing::discord::ids::{GuildId, UserId};
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::state::State;

pub(super) fn routes() -> Routes {
    vec![
        ("/gateway", get(gateway)),
        ("/gateway/bot", get(gateway_bot)),
        ("/users/@me", get(me)),
        ("/users/{user_id}", get(user)),
        ("/applications/@me", get(application)),
        ("/oauth2/applications/@me", get(application)),
        ("/guilds/{guild_id}", get(guild)),
        ("/guilds/{guild_id}/channels", get(channels)),
        ("/guilds/{guild_id}/roles", get(roles)),
        ("/guilds/{guild_id}/members/{user_id}", get(member)),
        ("/applications/{application_id}/commands", get(commands).put(set_commands).post(add_command)),
        ("/applications/{application_id}/commands/{command_id}", delete(remove_command)),
        (
            "/applications/{application_id}/guilds/{guild_id}/commands",
            get(guild_commands).put(set_guild_commands).post(add_guild_command),
        ),
        ("/applications/{application_id}/guilds/{guild_id}/commands/{command_id}", delete(remove_guild_command)),
    ]
}

async fn gateway(fake: Fake) -> Json<Value> {
    Json(json!({ "url": fake.read(|state| state.gateway_url.clone()) }))
}

pub(super) async fn gateway_bot(fake: Fake) -> Json<Value> {
    Json(fake.read(State::gateway_bot_json))
}

async fn me(fake: Fake) -> Json<Value> {
    Json(fake.read(State::me_json))
}

async fn user(fake: Fake, Path(id): Path<UserId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.users.get(&id).map(|_| Json(state.user_json(id))).ok_or(Refusal::UnknownUser))
}

async fn application(fake: Fake) -> Json<Value> {
    Json(fake.read(State::application_json))
}

async fn guild(fake: Fake, Path(id): Path<GuildId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.known_guild(id).map(|()| Json(state.guild_json(id))))
}

async fn channels(fake: Fake, Path(id): Path<GuildId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.known_guild(id).map(|()| Json(state.text_channels_json(id))))
}

async fn roles(fake: Fake, Path(id): Path<GuildId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.known_guild(id).map(|()| Json(state.roles_json(id))))
}

async fn member(fake: Fake, Path((guild, id)): Path<(GuildId, UserId)>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.known_guild(guild)?;
        let member = state.member_json(guild, id);
        let is_there = !member.is_null() && !state.left.contains(&id);
        if is_there { Ok(Json(member)) } else { Err(Refusal::UnknownMember) }
    })
}

async fn commands(fake: Fake, Path(_): Path<u64>) -> Json<Value> {
    Json(fake.read(|state| state.commands_json(None)))
}

async fn guild_commands(fake: Fake, Path((_, guild)): Path<(u64, GuildId)>) -> Json<Value> {
    Json(fake.read(|state| state.commands_json(Some(guild))))
}

async fn set_commands(fake: Fake, Path(_): Path<u64>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        state.set_commands(None, &body.json)?;
        Ok(Json(state.commands_json(None)))
    })
}

async fn set_guild_commands(fake: Fake, Path((_, guild)): Path<(u64, GuildId)>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        state.set_commands(Some(guild), &body.json)?;
        Ok(Json(state.commands_json(Some(guild))))
    })
}

async fn add_command(fake: Fake, Path(_): Path<u64>, body: Body) -> Result<(StatusCode, Json<Value>), Refusal> {
    let command = fake.change(|state| state.add_command(None, &body.json))?;
    Ok((StatusCode::CREATED, Json(command)))
}

async fn add_guild_command(
    fake: Fake,
    Path((_, guild)): Path<(u64, GuildId)>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let command = fake.change(|state| state.add_command(Some(guild), &body.json))?;
    Ok((StatusCode::CREATED, Json(command)))
}

async fn remove_command(fake: Fake, Path((_, command)): Path<(u64, u64)>) -> Result<Response, Refusal> {
    fake.change(|state| state.remove_command(None, command)).map(|()| no_content())
}

async fn remove_guild_command(fake: Fake, Path((_, guild, command)): Path<(u64, GuildId, u64)>) -> Result<Response, Refusal> {
    fake.change(|state| state.remove_command(Some(guild), command)).map(|()| no_content())
}

/// A slash command's type; menus on users and messages may have capitals in their names.
const SLASH: u64 = 1;

impl State {
    fn commands_json(&self, guild: Option<GuildId>) -> Value {
        Value::Array(self.commands.get(&guild).cloned().unwrap_or_default())
    }

    pub(in super::super) fn add_command(&mut self, guild: Option<GuildId>, wanted: &Value) -> Result<Value, Refusal> {
        command::check(wanted)?;
        let kind = wanted["type"].as_u64().unwrap_or(SLASH);
        let command = self.stored_command(guild, kind, wanted);
        let stored = self.commands.entry(guild).or_default();
        stored.retain(|other| other["name"] != command["name"] || other["type"] != command["type"]);
        stored.push(command.clone());
        Ok(command)
    }

    fn stored_command(&mut self, guild: Option<GuildId>, kind: u64, wanted: &Value) -> Value {
        let mut command = json!({
            "id": self.ids.next().to_string(),
            "application_id": self.application.to_string(),
            "version": self.ids.next().to_string(),
            "type": kind,
            "default_member_permissions": null,
            "nsfw": false,
            "description": "",
        });
        for (key, value) in wanted.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
            command[key] = if key == "options" { command::stored_options(value) } else { value.clone() };
        }
        if let Some(guild) = guild {
            command["guild_id"] = json!(guild.to_string());
        }
        command
    }

    fn remove_command(&mut self, guild: Option<GuildId>, command: u64) -> Result<(), Refusal> {
        let stored = self.commands.entry(guild).or_default();
        let before = stored.len();
        let id = command.to_string();
        stored.retain(|other| other["id"] != id.as_str());
        if stored.len() < before { Ok(()) } else { Err(Refusal::UnknownCommand) }
    }
}
