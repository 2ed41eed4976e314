//! Responses to interactions, and the messages that follow through their webhook.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Body, Fake, Routes, no_content};
use crate::testing::discord::ids::{ChannelId, InteractionId, MessageId};
use crate::testing::discord::interaction::AnswerKind;
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::rules;
use crate::testing::discord::state::State;

pub(super) fn routes() -> Routes {
    vec![
        ("/interactions/{interaction_id}/{interaction_token}/callback", post(answer)),
        ("/webhooks/{webhook_id}/{webhook_token}", post(follow_up)),
        (
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            get(read_original).patch(edit_original).delete(delete_original),
        ),
        ("/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", get(read).patch(edit).delete(delete)),
    ]
}

#[derive(Debug, Deserialize)]
struct Wish {
    with_response: Option<bool>,
}

async fn answer(
    fake: Fake,
    Path((id, token)): Path<(InteractionId, String)>,
    Query(wish): Query<Wish>,
    body: Body,
) -> Result<Response, Refusal> {
    fake.change(|state| {
        state.answer(id, &token, &body.json)?;
        if matches!(body.json["type"].as_u64(), Some(4)) {
            state.wants_allowed_mentions("POST interaction callback", &body.json["data"]);
        }
        if wish.with_response == Some(true) { Ok(state.answered_json(id).into_response()) } else { Ok(no_content()) }
    })
}

async fn follow_up(fake: Fake, Path((_, token)): Path<(u64, String)>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let interaction = state.by_token(&token)?;
        rules::check_new(&body.json, body.files.len())?;
        state.wants_allowed_mentions("POST /webhooks/{webhook_id}/{webhook_token}", &body.json);
        let posted = state.follow_up(interaction, &body.json)?;
        state.shown(posted)
    })
}

async fn read_original(fake: Fake, Path((_, token)): Path<(u64, String)>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.original(&token).and_then(|(_, id)| state.shown(id)))
}

async fn edit_original(fake: Fake, Path((_, token)): Path<(u64, String)>, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let (channel, id) = state.original(&token)?;
        rules::check_parts(&body.json)?;
        state.edit(channel, id, &body.json)?;
        state.shown(id)
    })
}

async fn delete_original(fake: Fake, Path((_, token)): Path<(u64, String)>) -> Result<Response, Refusal> {
    fake.change(|state| {
        let (channel, id) = state.original(&token)?;
        state.delete(channel, id).map(|()| no_content())
    })
}

type OfMessage = Path<(u64, String, MessageId)>;

async fn read(fake: Fake, Path((_, token, id)): OfMessage) -> Result<Json<Value>, Refusal> {
    fake.read(|state| state.own(&token, id).and_then(|_| state.shown(id)))
}

async fn edit(fake: Fake, Path((_, token, id)): OfMessage, body: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let channel = state.own(&token, id)?;
        rules::check_parts(&body.json)?;
        state.edit(channel, id, &body.json)?;
        state.shown(id)
    })
}

async fn delete(fake: Fake, Path((_, token, id)): OfMessage) -> Result<Response, Refusal> {
    fake.change(|state| {
        let channel = state.own(&token, id)?;
        state.delete(channel, id).map(|()| no_content())
    })
}

impl State {
    /// The channel and message that `@original` means for a token.
    fn original(&self, token: &str) -> Result<(ChannelId, MessageId), Refusal> {
        let id = self.by_token(token)?;
        let interaction = self.interactions.get(&id).ok_or(Refusal::ExpiredToken)?;
        Ok((interaction.channel, interaction.original.ok_or(Refusal::UnknownMessage)?))
    }

    /// The channel of a message that came through a token.
    fn own(&self, token: &str, message: MessageId) -> Result<ChannelId, Refusal> {
        let id = self.by_token(token)?;
        let interaction = self.interactions.get(&id).ok_or(Refusal::ExpiredToken)?;
        let is_own = interaction.original == Some(message) || interaction.follow_ups.contains(&message);
        if is_own { Ok(interaction.channel) } else { Err(Refusal::UnknownMessage) }
    }

    fn shown(&self, id: MessageId) -> Result<Json<Value>, Refusal> {
        self.find_message(id).map(|message| Json(self.message_json(message))).ok_or(Refusal::UnknownMessage)
    }

    fn answered_json(&self, id: InteractionId) -> Json<Value> {
        let Some(interaction) = self.interactions.get(&id) else { return Json(Value::Null) };
        let mut body = json!({ "interaction": { "id": id.to_string(), "type": interaction.kind as u8 } });
        let message = interaction.original.and_then(|id| self.find_message(id));
        if let Some((message, answer)) = message.zip(interaction.answer.as_ref()) {
            let kind = if answer.kind == AnswerKind::Update { 7 } else { 4 };
            body["interaction"]["response_message_id"] = json!(message.id.to_string());
            body["resource"] = json!({ "type": kind, "message": self.message_json(message) });
        }
        Json(body)
    }
}
