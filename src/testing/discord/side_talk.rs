//! Threads that people make from messages, in the platform's own client.

use std::collections::BTreeMap;

use serde_json::json;

use super::ids::{ChannelId, MessageId};
use super::people::Person;
use super::state::Channel;

impl Person {
    /// Makes a public thread from a message, and is in it alone.
    ///
    /// # Panics
    /// Where the person does not see the message, or it has a thread already.
    pub async fn opens_thread(&self, from: MessageId, name: &str) -> ChannelId {
        let thread = self.fake().shared.change(|state| {
            let parent = state.find_message(from).map(|message| message.channel);
            let parent = parent.filter(|parent| state.sees(self.id(), *parent));
            let parent = parent.unwrap_or_else(|| panic!("{} does not see the message {from}", state.user_name(self.id())));
            let made = state.create_thread(parent, Some(from), &json!({ "name": name }));
            let id = made.unwrap_or_else(|refusal| panic!("the thread cannot be made: {refusal}"));
            let now = state.now();
            if let Some(thread) = state.channels.get_mut(&id).and_then(Channel::thread_mut) {
                thread.owner = self.id();
                thread.members = BTreeMap::from([(self.id(), now)]);
            }
            id
        });
        self.fake().flushed().await;
        thread
    }
}
