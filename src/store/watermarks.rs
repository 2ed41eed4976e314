//! How far channels have been read.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::conversation::RESOLUTION_STAYS_OPEN;
use crate::domain::ids::{ChannelName, ExternalId};
use crate::domain::time::Timestamp;
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

    async fn watched(&self, channel: &ChannelName, now: Timestamp) -> Result<Vec<Watermark>, StoreError> {
        let since = now.before(RESOLUTION_STAYS_OPEN).micros();
        let statement = query(sql::WATCHED_PLACES).bind(channel.to_string()).bind(since);
        let read = |row: &AnyRow| Ok((from_rows::text(row, "address")?, ExternalId::new(from_rows::text(row, "last")?)));
        let places = self.many("listed the places that are watched", statement, read).await?;
        let mark = |(address, last)| Watermark { channel: channel.clone(), address, last };
        Ok(places.into_iter().map(mark).collect())
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
