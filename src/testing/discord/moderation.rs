//! What a moderator does with other people's messages.

use serde_json::json;

use super::FakeDiscord;
use super::event::Event;
use super::ids::{ChannelId, MessageId};
use super::refusal::Refusal;
use super::state::State;

impl FakeDiscord {
    /// Messages of one channel are taken away together.
    ///
    /// # Panics
    /// Where one of them is not there.
    pub async fn purges(&self, channel: ChannelId, messages: &[MessageId]) {
        let purged = self.shared.change(|state| state.purge(channel, messages));
        purged.unwrap_or_else(|refusal| panic!("the messages cannot be taken away: {refusal}"));
        self.flushed().await;
    }

    /// A preview of a link is added to a message: the platform tells of it as of a change, but nobody edited anything.
    pub async fn unfurls(&self, channel: ChannelId, message: MessageId) {
        self.shared.change(|state| {
            if let Some(message) = state.message_mut(channel, message) {
                message.embeds = json!([{ "type": "link", "url": "https://example.no", "title": "Eksempel" }]);
            }
            state.emit_message("MESSAGE_UPDATE", channel, message);
        });
        self.flushed().await;
    }
}

impl State {
    fn purge(&mut self, channel: ChannelId, messages: &[MessageId]) -> Result<(), Refusal> {
        let room = self.messages.get_mut(&channel).ok_or(Refusal::UnknownMessage)?;
        for message in messages {
            room.remove(message).ok_or(Refusal::UnknownMessage)?;
        }
        let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
        let payload = self.with_guild(channel, json!({ "ids": ids, "channel_id": channel.to_string() }));
        self.emit(Event::in_channel("MESSAGE_DELETE_BULK", self.message_intent(channel), channel, payload));
        Ok(())
    }
}
