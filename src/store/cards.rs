//! Which card shows which ticket, and where operators talk about it.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::ids::{ChannelName, ExternalId, GroupId, TicketId};
use crate::ports::{Cards, StoreError};

#[async_trait]
impl Cards for SqlStore {
    async fn card_posted(&self, channel: &ChannelName, card: &ExternalId) -> Result<Option<(TicketId, GroupId)>, StoreError> {
        let statement = query(sql::CARD_POSTED).bind(channel.to_string()).bind(card.to_string());
        self.one("looked for a card's ticket", statement, from_rows::card_posted).await
    }

    async fn keep_talk(&self, channel: &ChannelName, ticket: TicketId, group: &GroupId, address: &str) -> Result<(), StoreError> {
        let (channel, group, address) = (channel.clone(), group.clone(), address.to_owned());
        self.writer.write(KeepTalk { channel, ticket, group, address }).await
    }
}

struct KeepTalk {
    channel: ChannelName,
    ticket: TicketId,
    group: GroupId,
    address: String,
}

#[async_trait]
impl Write for KeepTalk {
    type Reply = ();
    const DOING: &'static str = "noted where operators talk";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let kept = query(sql::KEEP_TALK).bind(self.ticket.get()).bind(self.group.as_str()).bind(self.channel.as_str());
        kept.bind(self.address.as_str()).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
