//! Channels: read, changed, written in, and direct conversations.

use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::Value;

use super::{Body, Fake, Routes, no_content};
use crate::testing::discord::ids::{ChannelId, UserId};
use crate::testing::discord::mention::snowflake;
use crate::testing::discord::permission;
use crate::testing::discord::refusal::Refusal;

pub(super) fn routes() -> Routes {
    vec![
        ("/channels/{channel_id}", get(read).patch(edit)),
        ("/channels/{channel_id}/typing", post(typing)),
        ("/users/@me/channels", post(open_direct)),
    ]
}

async fn read(fake: Fake, Path(id): Path<ChannelId>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.visible(id).map(|_| Json(state.channel_json(id))))
}

async fn edit(fake: Fake, Path(id): Path<ChannelId>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let channel = state.visible(id)?;
        let is_own = channel.thread().is_some_and(|thread| thread.owner == state.bot);
        // Only who manages threads locks and unlocks, and takes a locked one out of the archive.
        let is_locked = channel.thread().is_some_and(|thread| thread.locked);
        if !is_own || is_locked || body.json.get("locked").is_some() {
            state.permitted(id, permission::MANAGE_THREADS)?;
        }
        state.edit_channel(id, &body.json)?;
        Ok(Json(state.channel_json(id)))
    })
}

async fn typing(fake: Fake, Path(id): Path<ChannelId>) -> Result<Response, Refusal> {
    fake.read(|state| state.visible(id).map(|_| no_content()))
}

async fn open_direct(fake: Fake, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let person = snowflake(&body.json["recipient_id"]).map(UserId::new);
        let person = person.filter(|person| state.users.contains_key(person)).ok_or(Refusal::UnknownUser)?;
        let id = state.direct_channel(person);
        Ok(Json(state.channel_json(id)))
    })
}
