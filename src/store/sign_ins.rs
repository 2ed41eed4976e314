//! Our own sign-ins to platforms.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::failure::{Failure, Unreadable};
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::ids::ChannelName;
use crate::domain::time::Timestamp;
use crate::ports::{SignIn, SignIns, StoreError};

/// How long a sign-in is remembered; no platform counts over more than a day.
const REMEMBERED: Duration = Duration::from_hours(48);

#[async_trait]
impl SignIns for SqlStore {
    async fn sign_ins(&self, channel: &ChannelName, since: Timestamp) -> Result<Vec<SignIn>, StoreError> {
        let statement = query(sql::PLATFORM_SIGN_INS).bind(channel.to_string()).bind(since.micros());
        self.many("listed sign-ins to a platform", statement, sign_in).await
    }

    async fn note_sign_in(&self, channel: &ChannelName, shard: u32, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Note { channel: channel.clone(), shard, at }).await
    }

    async fn sign_in_held(&self, channel: &ChannelName, shard: u32, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Held { channel: channel.clone(), shard, at }).await
    }
}

fn sign_in(row: &AnyRow) -> Result<SignIn, Failure> {
    let shard = from_rows::number(row, "shard")?;
    let unreadable = |_| Unreadable { what: "sign-in to a platform", detail: format!("shard {shard}") };
    let shard = u32::try_from(shard).map_err(unreadable)?;
    Ok(SignIn { shard, at: from_rows::time(row, "at")?, held: from_rows::number(row, "held")? != 0 })
}

struct Note {
    channel: ChannelName,
    shard: u32,
    at: Timestamp,
}

#[async_trait]
impl Write for Note {
    type Reply = ();
    const DOING: &'static str = "noted a sign-in to a platform";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Self { channel, shard, at } = self;
        let forgotten = query(sql::FORGET_PLATFORM_SIGN_INS).bind(channel.as_str()).bind(at.before(REMEMBERED).micros());
        forgotten.execute(&mut *connection).await?;
        let noted = query(sql::NOTE_PLATFORM_SIGN_IN).bind(channel.as_str()).bind(i64::from(*shard)).bind(at.micros());
        noted.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Held {
    channel: ChannelName,
    shard: u32,
    at: Timestamp,
}

#[async_trait]
impl Write for Held {
    type Reply = ();
    const DOING: &'static str = "noted that a connection to a platform held";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Self { channel, shard, at } = self;
        let held = query(sql::PLATFORM_SIGN_IN_HELD).bind(channel.as_str()).bind(i64::from(*shard)).bind(at.micros());
        held.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
