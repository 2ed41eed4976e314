//! Messages in channels and threads.

use std::ops::Bound;

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::Value;

use super::{Body, Fake, Routes, no_content};
use crate::testing::discord::ids::{ChannelId, MessageId};
use crate::testing::discord::message::{Message, REPLY};
use crate::testing::discord::refusal::Refusal;
use crate::testing::discord::requests::Payload;
use crate::testing::discord::state::State;
use crate::testing::discord::{mention, permission, rules};

const PAGE: usize = 50;
const LARGEST_PAGE: usize = 100;

pub(super) fn routes() -> Routes {
    let one = get(read).patch(edit).delete(delete);
    vec![
        ("/channels/{channel_id}/messages", get(list).merge(post(create))),
        ("/channels/{channel_id}/messages/{message_id}", one),
    ]
}

#[derive(Debug, Deserialize)]
pub(super) struct Window {
    after: Option<MessageId>,
    before: Option<MessageId>,
    around: Option<MessageId>,
    limit: Option<usize>,
}

impl Window {
    /// How many messages it asks for.
    pub(super) fn size(&self) -> Result<usize, Refusal> {
        let limit = self.limit.unwrap_or(PAGE);
        rules::require((1..=LARGEST_PAGE).contains(&limit), "limit: Must be between 1 and 100.").map(|()| limit)
    }
}

async fn list(fake: Fake, Path(channel): Path<ChannelId>, Query(window): Query<Window>) -> Result<Json<Value>, Refusal> {
    let limit = window.size()?;
    fake.read(|state| {
        let may = state.bot_permissions(state.visible(channel)?);
        if may & permission::READ_MESSAGE_HISTORY == 0 {
            return Ok(Json(Value::Array(Vec::new())));
        }
        let mut page = within(state, channel, &window, limit);
        page.sort_by_key(|message| std::cmp::Reverse(message.id));
        Ok(Json(page.into_iter().map(|message| readable(state, message)).collect()))
    })
}

/// The messages of a page: after the mark the oldest ones, otherwise the newest.
pub(super) fn within<'a>(state: &'a State, channel: ChannelId, window: &Window, limit: usize) -> Vec<&'a Message> {
    let Some(room) = state.messages.get(&channel) else { return Vec::new() };
    let hidden = |message: &Message| state.hides_own && message.author == state.bot;
    let shown = |(_, message): (&MessageId, &'a Message)| (message.is_public() && !hidden(message)).then_some(message);
    if let Some(after) = window.after {
        return room.range((Bound::Excluded(after), Bound::Unbounded)).filter_map(shown).take(limit).collect();
    }
    if let Some(around) = window.around {
        let older = room.range(..=around).rev().filter_map(shown).take(limit / 2 + 1);
        let newer = room.range((Bound::Excluded(around), Bound::Unbounded)).filter_map(shown).take(limit / 2);
        return older.chain(newer).collect();
    }
    let before = window.before.map_or(Bound::Unbounded, Bound::Excluded);
    room.range((Bound::Unbounded, before)).rev().filter_map(shown).take(limit).collect()
}

/// A message as the bot may read it.
fn readable(state: &State, message: &Message) -> Value {
    let body = state.message_json(message);
    if !state.gateway.content_allowed && state.hides_content(message) { rules::without_content(&body) } else { body }
}

async fn read(fake: Fake, Path((channel, id)): Path<(ChannelId, MessageId)>) -> Result<Json<Value>, Refusal> {
    fake.read(|state| {
        state.permitted(channel, permission::READ_MESSAGE_HISTORY)?;
        let message = state.message(channel, id).filter(|message| message.is_public());
        Ok(Json(readable(state, message.ok_or(Refusal::UnknownMessage)?)))
    })
}

async fn create(fake: Fake, Path(channel): Path<ChannelId>, payload: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        let id = state.create_message(channel, &payload)?;
        // What a nonce led to before may have been deleted since; the platform gives it back from memory.
        let remembered = || state.log.iter().find(|message| message.id == id);
        let posted = state.find_message(id).or_else(remembered).ok_or(Refusal::UnknownMessage)?;
        let mut body = state.message_json(posted);
        if let Some(nonce) = &posted.nonce {
            body["nonce"] = nonce.clone();
        }
        Ok(Json(body))
    })
}

async fn edit(fake: Fake, Path((channel, id)): Path<(ChannelId, MessageId)>, payload: Body) -> Result<Json<Value>, Refusal> {
    fake.change(|state| {
        state.visible(channel)?;
        let author = state.message(channel, id).filter(|m| m.is_public()).ok_or(Refusal::UnknownMessage)?.author;
        if author != state.bot {
            return Err(Refusal::NotYourMessage);
        }
        rules::check_parts(&payload.json)?;
        state.edit(channel, id, &payload.json)?;
        Ok(Json(state.message(channel, id).map_or(Value::Null, |message| state.message_json(message))))
    })
}

async fn delete(fake: Fake, Path((channel, id)): Path<(ChannelId, MessageId)>) -> Result<Response, Refusal> {
    fake.change(|state| {
        state.visible(channel)?;
        let author = state.message(channel, id).ok_or(Refusal::UnknownMessage)?.author;
        if author != state.bot {
            state.permitted(channel, permission::MANAGE_MESSAGES)?;
        }
        state.delete(channel, id).map(|()| no_content())
    })
}

impl State {
    /// Posts what the bot sent, or finds what the same nonce posted before.
    fn create_message(&mut self, channel: ChannelId, payload: &Payload) -> Result<MessageId, Refusal> {
        let body = &payload.json;
        self.may_post(channel, payload)?;
        rules::check_new(body, payload.files.len())?;
        self.wants_allowed_mentions("POST /channels/{channel_id}/messages", body);
        let nonce = body.get("nonce").filter(|nonce| !nonce.is_null());
        if let Some(nonce) = nonce.filter(|_| body["enforce_nonce"] == true)
            && let Some((_, first)) = self.nonces.first(self.bot, nonce, self.now())
        {
            return Ok(first);
        }
        let content = body["content"].as_str().unwrap_or_default();
        let mut message = Message::new(channel, self.bot, content);
        message.take(body);
        message.nonce = nonce.cloned();
        message.mentions = mention::by_bot(self, body, content);
        message.attachments = self.keep_files(&payload.files);
        message.answers = self.answered(channel, &body["message_reference"])?;
        if message.answers.is_some() {
            message.kind = REPLY;
        }
        Ok(self.post(message))
    }

    fn may_post(&self, id: ChannelId, payload: &Payload) -> Result<(), Refusal> {
        let channel = self.visible(id)?;
        let (thread, body) = (channel.thread(), &payload.json);
        let writes = if thread.is_some() { permission::SEND_MESSAGES_IN_THREADS } else { permission::SEND_MESSAGES };
        let embeds = if body["embeds"].as_array().is_some_and(|e| !e.is_empty()) { permission::EMBED_LINKS } else { 0 };
        let files = if payload.files.is_empty() { 0 } else { permission::ATTACH_FILES };
        self.permitted(id, writes | embeds | files)?;
        if let crate::testing::discord::state::Kind::Direct(person) = channel.kind {
            self.may_write_to(person)?;
        }
        if self.is_forum(id) {
            return Err(Refusal::NotATextChannel);
        }
        let locked = thread.is_some_and(|thread| thread.locked);
        let may_anyway = self.bot_permissions(channel) & permission::MANAGE_THREADS != 0;
        if locked && !may_anyway { Err(Refusal::ThreadIsLocked) } else { Ok(()) }
    }

    /// The message that is replied to; a reply to nothing fails unless the request allows it.
    fn answered(&self, channel: ChannelId, reference: &Value) -> Result<Option<MessageId>, Refusal> {
        let Some(id) = mention::snowflake(&reference["message_id"]).map(MessageId::new) else { return Ok(None) };
        self.permitted(channel, permission::READ_MESSAGE_HISTORY).map_err(|_| Refusal::CannotReadHistory)?;
        if self.message(channel, id).is_some_and(Message::is_public) {
            return Ok(Some(id));
        }
        let may_fail = reference["fail_if_not_exists"] == false;
        if may_fail { Ok(None) } else { Err(Refusal::UnknownReference) }
    }

    /// The house rule: nobody's text may ping whom the program did not mean.
    pub(super) fn wants_allowed_mentions(&mut self, place: &str, body: &Value) {
        if !body["allowed_mentions"].is_object() {
            self.violation(format!("{place}: allowed_mentions is missing"));
        }
    }
}
