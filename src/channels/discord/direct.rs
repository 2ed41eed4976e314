//! Direct messages: the way to somebody who cannot be reached where they asked.

use serde_json::json;
use serenity::all::{ChannelId, UserId};

use super::bot::Bot;
use super::rest::RestError;

impl Bot {
    /// The direct conversation with somebody; Discord opens it where there is none, and gives back the same one each time.
    /// Whether they take messages there shows only when one is sent.
    pub(super) async fn direct_with(&self, user: UserId) -> Result<ChannelId, RestError> {
        let recipient = json!({ "recipient_id": user.to_string() });
        Ok(self.call(self.http.create_private_channel(&recipient)).await?.id)
    }
}
