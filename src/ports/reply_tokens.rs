//! The need to keep what a platform gives for answering one person alone.

use std::fmt;

use async_trait::async_trait;

use super::StoreError;
use crate::domain::ids::{ChannelName, ExternalId, MessageId};
use crate::domain::time::Timestamp;

/// Ways to answer one person alone, each good for minutes, so that an answer finds its way through a restart.
#[async_trait]
pub trait ReplyTokens: Send + Sync {
    /// Keeps a way to answer; the same one twice is one.
    async fn keep_reply_token(&self, token: &ReplyToken) -> Result<(), StoreError>;

    /// The way to answer what has this receipt, where there is one and it is good at `now`.
    async fn reply_token(
        &self,
        channel: &ChannelName,
        answers: &ExternalId,
        now: Timestamp,
    ) -> Result<Option<ReplyToken>, StoreError>;

    /// The way by which this line was the last one to be shown, where it is still good at `now`.
    async fn reply_token_that_said(&self, line: MessageId, now: Timestamp) -> Result<Option<ReplyToken>, StoreError>;

    /// Notes the last line that was shown by a way.
    async fn said_by_token(&self, token: &ReplyToken, line: MessageId) -> Result<(), StoreError>;

    /// Forgets a way that is no good any more.
    async fn forget_reply_token(&self, token: &ReplyToken) -> Result<(), StoreError>;

    /// Forgets every way that is over at `now`, and says how many.
    async fn forget_reply_tokens(&self, now: Timestamp) -> Result<u64, StoreError>;
}

/// A way to answer one person alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyToken {
    /// The channel that it is good on.
    pub channel: ChannelName,
    /// The receipt of what it answers.
    pub answers: ExternalId,
    /// The platform's own secret.
    pub secret: TokenSecret,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// A secret that lets whoever has it speak in our name. It stands in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

impl TokenSecret {
    /// The secret with this text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be given to the platform and to the store alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

/// Messages of ours that stand in a place for good, one in each.
#[async_trait]
pub trait StandingPosts: Send + Sync {
    /// The message that stands at an address.
    async fn standing_post(&self, channel: &ChannelName, address: &str) -> Result<Option<ExternalId>, StoreError>;

    /// Notes the message that stands at an address from now on.
    async fn keep_standing_post(&self, channel: &ChannelName, address: &str, post: &ExternalId) -> Result<(), StoreError>;
}
