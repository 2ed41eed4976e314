//! Ways to answer one person alone, and messages that stand for good.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::upkeep::Forget;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::ids::{ChannelName, ExternalId, MessageId};
use crate::domain::time::Timestamp;
use crate::ports::{ReplyToken, ReplyTokens, StandingPosts, StoreError, TokenSecret};

#[async_trait]
impl ReplyTokens for SqlStore {
    async fn keep_reply_token(&self, token: &ReplyToken) -> Result<(), StoreError> {
        self.writer.write(Keep(token.clone())).await
    }

    async fn reply_token(
        &self,
        channel: &ChannelName,
        answers: &ExternalId,
        now: Timestamp,
    ) -> Result<Option<ReplyToken>, StoreError> {
        let named = query(sql::REPLY_TOKEN).bind(channel.to_string()).bind(answers.to_string());
        self.one("read a way to answer", named.bind(now.micros()), read).await
    }

    async fn reply_token_that_said(&self, line: MessageId, now: Timestamp) -> Result<Option<ReplyToken>, StoreError> {
        let named = query(sql::REPLY_TOKEN_THAT_SAID).bind(line.get()).bind(now.micros());
        self.one("read a way to answer", named, read).await
    }

    async fn said_by_token(&self, token: &ReplyToken, line: MessageId) -> Result<(), StoreError> {
        self.writer.write(Said { token: token.clone(), line }).await
    }

    async fn forget_reply_token(&self, token: &ReplyToken) -> Result<(), StoreError> {
        self.writer.write(ForgetOne(token.clone())).await
    }

    async fn forget_reply_tokens(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.write(Forget { statement: sql::FORGET_REPLY_TOKENS, until: now }).await
    }
}

#[async_trait]
impl StandingPosts for SqlStore {
    async fn standing_post(&self, channel: &ChannelName, address: &str) -> Result<Option<ExternalId>, StoreError> {
        let statement = query(sql::STANDING_POST).bind(channel.to_string()).bind(address.to_owned());
        let read = |row: &AnyRow| Ok(ExternalId::new(from_rows::text(row, "external_id")?));
        self.one("read which message stands in a place", statement, read).await
    }

    async fn keep_standing_post(&self, channel: &ChannelName, address: &str, post: &ExternalId) -> Result<(), StoreError> {
        self.writer.write(Stand { channel: channel.clone(), address: address.to_owned(), post: post.clone() }).await
    }
}

fn read(row: &AnyRow) -> Result<ReplyToken, Failure> {
    Ok(ReplyToken {
        channel: ChannelName::new(from_rows::text(row, "channel")?),
        answers: ExternalId::new(from_rows::text(row, "external_id")?),
        secret: TokenSecret::new(from_rows::text(row, "token")?),
        expires_at: from_rows::time(row, "expires_at")?,
    })
}

struct Keep(ReplyToken);

#[async_trait]
impl Write for Keep {
    type Reply = ();
    const DOING: &'static str = "kept a way to answer";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let ReplyToken { channel, answers, secret, expires_at } = &self.0;
        let kept = query(sql::KEEP_REPLY_TOKEN).bind(channel.as_str()).bind(answers.as_str()).bind(secret.reveal());
        kept.bind(expires_at.micros()).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Said {
    token: ReplyToken,
    line: MessageId,
}

#[async_trait]
impl Write for Said {
    type Reply = ();
    const DOING: &'static str = "noted what was said to one person alone";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let said = query(sql::SAID_BY_TOKEN).bind(self.token.channel.as_str()).bind(self.token.answers.as_str());
        said.bind(self.line.get()).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct ForgetOne(ReplyToken);

#[async_trait]
impl Write for ForgetOne {
    type Reply = ();
    const DOING: &'static str = "forgot a way to answer";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let forgotten = query(sql::FORGET_REPLY_TOKEN).bind(self.0.channel.as_str()).bind(self.0.answers.as_str());
        forgotten.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Stand {
    channel: ChannelName,
    address: String,
    post: ExternalId,
}

#[async_trait]
impl Write for Stand {
    type Reply = ();
    const DOING: &'static str = "noted which message stands in a place";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let kept = query(sql::KEEP_STANDING_POST).bind(self.channel.as_str()).bind(self.address.as_str());
        kept.bind(self.post.as_str()).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
