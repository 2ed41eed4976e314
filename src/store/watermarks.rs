//! How far channels have been read.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::ids::{ChannelName, ExternalId};
use crate::ports::{StoreError, Watermark, Watermarks};

#[async_trait]
impl Watermarks for SqlStore {
    async fn watermark(&self, channel: &ChannelName, address: &str) -> Result<Option<ExternalId>, StoreError> {
        let statement = query(sql::WATERMARK).bind(channel.to_string()).bind(address.to_owned());
        let read = |row: &AnyRow| Ok(ExternalId::new(from_rows::text(row, "last")?));
        self.one("read a watermark", statement, read).await
    }

    async fn set_watermark(&self, mark: &Watermark) -> Result<(), StoreError> {
        self.writer.write(Set(mark.clone())).await
    }

    async fn open_rooms(&self, channel: &ChannelName) -> Result<Vec<String>, StoreError> {
        let read = |row: &AnyRow| Ok(from_rows::text(row, "address")?);
        self.many("listed open rooms", query(sql::OPEN_ROOMS).bind(channel.to_string()), read).await
    }
}

struct Set(Watermark);

#[async_trait]
impl Write for Set {
    type Reply = ();
    const DOING: &'static str = "set a watermark";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Watermark { channel, address, last } = &self.0;
        let set = query(sql::SET_WATERMARK).bind(channel.as_str()).bind(address.as_str()).bind(last.as_str());
        set.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
