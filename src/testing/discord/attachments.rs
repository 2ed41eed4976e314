//! Files that people and the bot send along, and where the platform keeps them.

use serde_json::{Value, json};

use super::FakeDiscord;
use super::ids::{ChannelId, MessageId};
use super::mention;
use super::message::Message;
use super::people::Person;
use super::requests::File;
use super::state::State;

impl State {
    /// Keeps files, each at an address of its own, and gives back how a message shows them.
    pub(super) fn keep_files(&mut self, files: &[File]) -> Value {
        let kept = files.iter().map(|file| {
            let id = self.ids.next();
            let url = format!("{}/attachments/{id}/{}", self.cdn_url, file.name);
            self.files.insert(id, file.bytes.clone());
            json!({ "id": id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": url, "proxy_url": url })
        });
        kept.collect()
    }
}

impl Person {
    /// Writes with files sent along; the words may be empty.
    ///
    /// # Panics
    /// As [`Person::says`].
    pub async fn sends(&self, channel: ChannelId, words: &str, files: &[(&str, &[u8])]) -> MessageId {
        let files: Vec<File> =
            files.iter().map(|(name, bytes)| File { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect();
        let id = self.fake().shared.change(|state| {
            state.may_write(self.id(), channel);
            let mut message = Message::new(channel, self.id(), words);
            message.mentions = mention::by_person(state, words, None);
            message.attachments = state.keep_files(&files);
            state.post(message)
        });
        self.fake().flushed().await;
        id
    }
}

impl FakeDiscord {
    /// The files that a message shows, with what is in them.
    #[must_use]
    pub fn files_of(&self, message: MessageId) -> Vec<(String, Vec<u8>)> {
        self.shared.read(|state| {
            let shown = state.find_message(message).and_then(|message| message.attachments.as_array().cloned());
            let kept = |file: &Value| {
                let id = mention::snowflake(&file["id"])?;
                Some((file["filename"].as_str()?.to_owned(), state.files.get(&id)?.clone()))
            };
            shown.unwrap_or_default().iter().filter_map(kept).collect()
        })
    }

    /// Whatever is kept is not to be found any more.
    pub fn loses_files(&self) {
        self.shared.change(|state| state.files.clear());
    }
}
