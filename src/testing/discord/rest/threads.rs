//! Threads and who is in them.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post, put};
use serde_json::Value;

use super::{Body, Fake, Routes, no_content};
use crate::testing::discord::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::render::thread_member_json;
use crate::testing::discord::state::{Channel, Kind, State, Thread};
use crate::testing::discord::{permission, rules};

const NAME_CHARS: usize = 100;
const PRIVATE_THREAD: u64 = 12;

pub(super) fn routes() -> Routes {
    vec![
        ("/channels/{channel_id}/threads", post(create)),
        ("/channels/{channel_id}/messages/{message_id}/threads", post(create_from_message)),
        ("/channels/{channel_id}/threads/archived/private", get(archived_private)),
        ("/channels/{channel_id}/threads/archived/public", get(archived_public)),
        ("/channels/{channel_id}/thread-members", get(members)),
        ("/channels/{channel_id}/thread-members/@me", put(join).delete(leave)),
        ("/channels/{channel_id}/thread-members/{user_id}", get(member).put(add).delete(remove)),
        ("/guilds/{guild_id}/threads/active", get(active)),
    ]
}

type Created = Result<(StatusCode, Json<Value>), Refusal>;

async fn create(fake: Fake, Path(parent): Path<ChannelId>, body: Body) -> Created {
    let is_private = body.json["type"].as_u64().unwrap_or(PRIVATE_THREAD) == PRIVATE_THREAD;
    let needed = if is_private { permission::CREATE_PRIVATE_THREADS } else { permission::CREATE_PUBLIC_THREADS };
    fake.change(|state| state.make_thread(parent, None, needed, &body.json))
}

async fn create_from_message(fake: Fake, Path((parent, starter)): Path<(ChannelId, MessageId)>, body: Body) -> Created {
    fake.change(|state| {
        state.visible(parent)?;
        state.message(parent, starter).filter(|m| m.is_public()).ok_or(Refusal::UnknownMessage)?;
        state.make_thread(parent, Some(starter), permission::CREATE_PUBLIC_THREADS, &body.json)
    })
}

async fn archived_private(fake: Fake, Path(parent): Path<ChannelId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.permitted(parent, permission::READ_MESSAGE_HISTORY | permission::MANAGE_THREADS)?;
        Ok(Json(state.archived(parent, true)))
    })
}

async fn archived_public(fake: Fake, Path(parent): Path<ChannelId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.permitted(parent, permission::READ_MESSAGE_HISTORY)?;
        Ok(Json(state.archived(parent, false)))
    })
}

async fn active(fake: Fake, Path(guild): Path<GuildId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.known_guild(guild)?;
        let mut active = state.active_threads();
        active.retain(|thread| state.guild_of(*thread) == guild);
        let mut body = state.threads_json(&active);
        body["has_more"] = Value::Bool(false);
        Ok(Json(body))
    })
}

async fn members(fake: Fake, Path(thread): Path<ChannelId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        let inside = &state.thread(thread)?.members;
        Ok(Json(inside.iter().map(|(user, joined)| thread_member_json(thread, *user, *joined)).collect()))
    })
}

async fn member(fake: Fake, Path((thread, user)): Path<(ChannelId, UserId)>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        let joined = state.thread(thread)?.members.get(&user).ok_or(Refusal::UnknownMember)?;
        Ok(Json(thread_member_json(thread, user, *joined)))
    })
}

async fn join(fake: Fake, Path(thread): Path<ChannelId>) -> Result<Response, Refusal> {
    fake.change(|state| {
        state.awake_thread(thread)?;
        state.join_thread(thread, state.bot);
        Ok(no_content())
    })
}

async fn leave(fake: Fake, Path(thread): Path<ChannelId>) -> Result<Response, Refusal> {
    fake.change(|state| {
        state.awake_thread(thread)?;
        state.leave_thread(thread, state.bot);
        Ok(no_content())
    })
}

async fn add(fake: Fake, Path((thread, user)): Path<(ChannelId, UserId)>) -> Result<Response, Refusal> {
    fake.change(|state| {
        state.awake_thread(thread)?;
        state.permitted(thread, permission::SEND_MESSAGES_IN_THREADS)?;
        state.may_be_taken_in(thread, user)?;
        state.add_to_thread(thread, user);
        Ok(no_content())
    })
}

async fn remove(fake: Fake, Path((thread, user)): Path<(ChannelId, UserId)>) -> Result<Response, Refusal> {
    fake.change(|state| {
        let inside = state.awake_thread(thread)?;
        let is_own = inside.private && inside.owner == state.bot;
        if !is_own {
            state.permitted(thread, permission::MANAGE_THREADS)?;
        }
        state.leave_thread(thread, user);
        Ok(no_content())
    })
}

impl State {
    fn make_thread(&mut self, parent: ChannelId, starter: Option<MessageId>, needed: u64, body: &Value) -> Created {
        let room = self.permitted(parent, needed)?;
        let is_private = starter.is_none() && body["type"].as_u64().unwrap_or(PRIVATE_THREAD) == PRIVATE_THREAD;
        if !matches!(room.kind, Kind::Text) || is_private && room.sort != 0 {
            return Err(Refusal::WrongChannelType);
        }
        self.may_have_another_thread()?;
        let name = body["name"].as_str().unwrap_or_default().chars().count();
        rules::require((1..=NAME_CHARS).contains(&name), "name: Must be between 1 and 100 in length.")?;
        let id = self.create_thread(parent, starter, body)?;
        Ok((StatusCode::CREATED, Json(self.channel_json(id))))
    }

    fn thread(&self, id: ChannelId) -> Result<&Thread, Refusal> {
        self.visible(id)?.thread().ok_or(Refusal::WrongChannelType)
    }

    fn awake_thread(&self, id: ChannelId) -> Result<&Thread, Refusal> {
        let thread = self.thread(id)?;
        if thread.archived { Err(Refusal::ThreadIsArchived) } else { Ok(thread) }
    }

    fn archived(&self, parent: ChannelId, private: bool) -> Value {
        let wanted =
            |channel: &Channel| channel.thread().is_some_and(|t| t.parent == parent && t.archived && t.private == private);
        let found: Vec<_> = self.channels.iter().filter(|(_, channel)| wanted(channel)).map(|(id, _)| *id).collect();
        self.threads_json(&found)
    }
}
