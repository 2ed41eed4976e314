//! Reading what was written while nobody listened. After a new session of the gateway nothing is replayed, so every watched
//! place is read by REST from its watermark on; what was handled already is recognised by its receipt.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::{ChannelId, GetMessages, Message, MessageId};
use tracing::{info, warn};

use super::bot::{Bot, channel_at, channel_name, number};
use super::rest::{RestError, within};
use crate::domain::ids::ExternalId;
use crate::ports::{StoreError, Watermark};

/// How many messages Discord gives at a time.
const PAGE: u8 = 100;

/// How far before the watermark reading begins, in milliseconds: messages may have overtaken each other by as much.
const OVERLAP_MS: u64 = 5_000;

/// How often a place is tried that cannot be read at once.
const ATTEMPTS: u32 = 6;

/// Which places have been read to the end since the gateway's latest session began. Only theirs are watermarks moved:
/// elsewhere an older message may still be unread.
#[derive(Default)]
pub(super) struct Progress {
    session: AtomicU64,
    caught_up: Mutex<HashMap<u64, u64>>,
}

impl Progress {
    /// A new session began: what came before it may not have been heard.
    pub(super) fn begin(&self) {
        self.session.fetch_add(1, Ordering::SeqCst);
    }

    /// The place is read to the end, as far as the session that this number stands for goes.
    fn caught_up(&self, place: u64, session: u64) {
        self.caught_up.lock().unwrap_or_else(PoisonError::into_inner).insert(place, session);
    }

    fn session(&self) -> u64 {
        self.session.load(Ordering::SeqCst)
    }

    fn is_caught_up(&self, place: u64) -> bool {
        let caught_up = self.caught_up.lock().unwrap_or_else(PoisonError::into_inner);
        caught_up.get(&place) == Some(&self.session())
    }
}

/// Why a place could not be read.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error(transparent)]
    Rest(#[from] RestError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bot {
    /// A new session began: every watched place is read before anything that comes from there now.
    pub(super) async fn catch_up(self: &Arc<Self>) {
        self.progress.begin();
        // Before anything is waited for: what is written there from now on must come after what was missed.
        for channel in self.config.channels.keys() {
            self.read_first(ChannelId::new(*channel)).await;
        }
        let rooms = match self.store.open_rooms(&channel_name()).await {
            Ok(rooms) => rooms,
            Err(error) => {
                warn!(%error, "the open rooms could not be listed; what was written there meanwhile is read at the next session");
                Vec::new()
            }
        };
        let talks = self.store.open_talks(&channel_name()).await.unwrap_or_else(|error| {
            warn!(%error, "where operators talk could not be listed; what they said meanwhile is read at the next session");
            Vec::new()
        });
        for room in rooms.iter().chain(&talks).filter_map(|address| channel_at(address)) {
            self.read_first(room).await;
        }
    }

    /// Puts the reading of what was missed before everything else in a place's lane.
    async fn read_first(self: &Arc<Self>, place: ChannelId) {
        let bot = Arc::clone(self);
        self.lanes.push(place.get(), 0, Box::pin(async move { bot.read_missed(place).await })).await;
    }

    /// Reads a place that may have been written in since it began, unless it was read before.
    pub(super) async fn read_from_the_beginning(self: &Arc<Self>, place: ChannelId) -> Result<(), StoreError> {
        if self.store.watermark(&channel_name(), &place.to_string()).await?.is_none() {
            self.mark(place, place.get()).await?;
            self.read_first(place).await;
        }
        Ok(())
    }

    /// Notes that a place is read up to a message, where nothing older can be unread there.
    pub(super) async fn read_up_to(&self, place: ChannelId, message: u64) {
        if self.progress.is_caught_up(place.get())
            && let Err(error) = self.mark(place, message).await
        {
            warn!(channel.id = %place, %error, "it could not be noted how far a channel is read");
        }
    }

    /// Notes that a room begins after this id, and that it has been listened to from its beginning.
    pub(super) async fn room_begins(&self, room: ChannelId, after: u64) -> Result<(), StoreError> {
        self.mark(room, after).await?;
        self.progress.caught_up(room.get(), self.progress.session());
        Ok(())
    }

    async fn mark(&self, place: ChannelId, message: u64) -> Result<(), StoreError> {
        let last = ExternalId::new(message.to_string());
        self.store.set_watermark(&Watermark { channel: channel_name(), address: place.to_string(), last }).await
    }

    async fn read_missed(&self, place: ChannelId) {
        let session = self.progress.session();
        let mut pause = Duration::from_secs(1);
        for attempt in 1..=ATTEMPTS {
            match self.read_from_watermark(place, session).await {
                Ok(0) => return,
                Ok(read) => return info!(channel.id = %place, read, "messages from the time away were read"),
                Err(Unread::Rest(error)) if error.code().is_some() => {
                    return warn!(channel.id = %place, %error, "a channel cannot be read; does the bot see it?");
                }
                Err(error) => warn!(channel.id = %place, %error, attempt, "a channel could not be read yet"),
            }
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(pause) => pause *= 2,
            }
        }
    }

    /// Handles what was written after the watermark, oldest first; at the very first start nothing old is answered.
    async fn read_from_watermark(&self, place: ChannelId, session: u64) -> Result<usize, Unread> {
        let mark = self.store.watermark(&channel_name(), &place.to_string()).await?;
        let Some(mark) = mark.and_then(|mark| number(mark.as_str())) else {
            let newest = self.messages(place, GetMessages::new().limit(1)).await?;
            self.mark(place, newest.first().map_or(place.get(), |message| message.id.get())).await?;
            self.progress.caught_up(place.get(), session);
            return Ok(0);
        };
        let mut after = mark.get().saturating_sub(OVERLAP_MS << 22).max(1);
        let mut read = 0;
        loop {
            let page = self.messages(place, GetMessages::new().after(MessageId::new(after)).limit(PAGE)).await?;
            for message in &page {
                self.attend_to(message).await;
                if self.stopping.is_cancelled() {
                    return Ok(read);
                }
                after = message.id.get();
                read += 1;
            }
            if page.len() < usize::from(PAGE) {
                break;
            }
        }
        self.progress.caught_up(place.get(), session);
        self.mark(place, after.max(mark.get())).await?;
        Ok(read)
    }

    /// Messages of a place, oldest first.
    pub(super) async fn messages(&self, place: ChannelId, which: GetMessages) -> Result<Vec<Message>, RestError> {
        let mut page = within(place.messages(&self.http, which)).await?;
        page.sort_unstable_by_key(|message| message.id);
        Ok(page)
    }

    /// The newest messages of a place after this id, oldest first.
    pub(super) async fn recent(&self, place: ChannelId, after: u64) -> Result<Vec<Message>, RestError> {
        self.messages(place, GetMessages::new().after(MessageId::new(after.max(1))).limit(PAGE)).await
    }
}
