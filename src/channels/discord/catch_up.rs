//! Reading what was written while nobody listened. After a new session of the gateway nothing is replayed, so every place where
//! Firstline talks is read by REST from its watermark on; what was handled already is recognised by its receipt.
//!
//! Two things cannot be known: the first word of somebody who never wrote to the bot alone before (a bot cannot list who wrote to
//! it; once they write again it is read), and a mention in a channel that is not listened in and where the bot was never spoken to.
//! Two are not looked for: what was written in a place where nobody had written for thirty days, until somebody writes there again,
//! and what was changed or deleted of messages that were heard before.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ChannelId, GetMessages, GuildId, Message, MessageId};
use tracing::{info, warn};

use super::bot::{Bot, channel_at, channel_name, moment_of, number, snowflake_at};
use super::from_discord::is_from_a_person;
use super::lanes::Work;
use super::listen::NotHeard;
use super::looks::Kind;
use super::progress::Owed;
use super::rest::{RestError, code};
use crate::domain::ids::ExternalId;
use crate::ports::{StoreError, Watermark};

/// How many messages Discord gives at a time.
pub(super) const PAGE: u8 = 100;

/// How many pages are read before the messages on them are handled: who has answered already stands after the question.
const PAGES: usize = 5;

/// How far before the watermark reading begins, in milliseconds: messages may have overtaken each other by as much.
const OVERLAP_MS: u64 = 5_000;

/// A place where nobody wrote for this long is read once somebody does.
const QUIET: Duration = Duration::from_hours(30 * 24);

/// How far back a channel is read where only what is said to the bot counts, and a direct conversation that nobody knew of.
const MENTIONS_BACK: Duration = Duration::from_hours(24);

/// The pauses between tries to read a place.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(10);
const LONGEST_SILENCE: Duration = Duration::from_secs(20);

/// How long to wait with reading a place because there was no room for what came from there.
const RELIEF: Duration = Duration::from_secs(10);

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
        let session = self.progress.begin();
        // Before anything is waited for: what is written there from now on must come after what was missed.
        for channel in self.config.channels.keys() {
            self.progress.owe(*channel, Owed::Soon);
            self.read_missed_in(ChannelId::new(*channel)).await;
        }
        let Some(places) = self.places(session).await else { return };
        self.progress.owe_all(session, places.iter().map(|(place, owed)| (place.get(), *owed)));
        for (place, _) in places.into_iter().filter(|(_, owed)| *owed == Owed::Soon) {
            self.read_missed_in(place).await;
        }
    }

    /// The places to read beside the listened channels, however long the store takes to tell them; `None` where the session or the channel is over meanwhile.
    async fn places(&self, session: u64) -> Option<Vec<(ChannelId, Owed)>> {
        let mut pause = FIRST_PAUSE;
        let marks = loop {
            match self.store.watched(&channel_name(), self.clock.now()).await {
                Ok(marks) => break marks,
                Err(error) => warn!(%error, "the places to read could not be listed yet"),
            }
            tokio::select! {
                () = self.stopping.cancelled() => return None,
                () = tokio::time::sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
            }
            if self.progress.session() != session {
                return None;
            }
        };
        let quiet_since = snowflake_at(self.clock.now().before(QUIET));
        let others = marks.iter().filter_map(|mark| {
            let (place, last) = channel_at(&mark.address).zip(number(mark.last.as_str()))?;
            let is_quiet = last.get() < quiet_since;
            let is_listened = self.config.channels.contains_key(&place.get());
            (!is_listened).then_some((place, if is_quiet { Owed::OnceHeard } else { Owed::Soon }))
        });
        Some(others.collect())
    }

    /// Puts reading a place before everything else that waits from there.
    pub(super) async fn read_missed_in(self: &Arc<Self>, place: ChannelId) {
        if !self.lanes.push(place.get(), 0, self.reading(place, FIRST_PAUSE)).await {
            self.read_missed_after(RELIEF, place, FIRST_PAUSE);
        }
    }

    /// There was no room for something from a place: it is read when there is.
    pub(super) fn read_later(self: &Arc<Self>, place: ChannelId) {
        if self.progress.owe(place.get(), Owed::Behind) {
            warn!(channel.id = %place, "more comes from Discord than can be handled; a channel is read later");
            self.read_missed_after(RELIEF, place, FIRST_PAUSE);
        }
    }

    fn read_missed_after(self: &Arc<Self>, wait: Duration, place: ChannelId, pause: Duration) {
        self.lanes.later(wait, place.get(), self.reading(place, pause));
    }

    fn reading(self: &Arc<Self>, place: ChannelId, pause: Duration) -> Work {
        let bot = Arc::clone(self);
        Box::pin(async move { bot.read_missed(place, pause).await })
    }

    /// Reads a place that may have been written in since it began, unless it was read before.
    pub(super) async fn read_from_the_beginning(self: &Arc<Self>, place: ChannelId) -> Result<(), StoreError> {
        if self.store.watermark(&channel_name(), &place.to_string()).await?.is_none() {
            self.mark(place, place.get()).await?;
            self.read_missed_in(place).await;
        }
        Ok(())
    }

    /// Notes that a place is read up to a message, where nothing older can be unread there.
    pub(super) async fn read_up_to(&self, place: ChannelId, message: u64) {
        if self.progress.is_read(place.get())
            && let Err(error) = self.mark(place, message).await
        {
            warn!(channel.id = %place, %error, "it could not be noted how far a channel is read");
        }
    }

    /// Notes that a room begins after this id. Where the bot was spoken to before, reading goes on from where it was left: what still
    /// waits there is not passed over.
    pub(super) async fn room_begins(&self, room: ChannelId, after: u64) -> Result<(), StoreError> {
        let mark = self.store.watermark(&channel_name(), &room.to_string()).await?;
        let quiet_since = snowflake_at(self.clock.now().before(QUIET));
        if mark.and_then(|mark| number(mark.as_str())).is_some_and(|mark| mark.get() >= quiet_since) {
            return Ok(());
        }
        self.mark(room, after).await
    }

    /// Notes where reading begins in a place in which the bot is spoken to for the first time, before anything is made of it. What
    /// somebody wrote to the bot alone before that, while nobody listened, comes first: no session tells of it.
    pub(super) async fn place_begins(&self, message: &Message) -> Result<(), NotHeard> {
        let (place, id) = (message.channel_id, message.id.get());
        if self.store.watermark(&channel_name(), &place.to_string()).await?.is_some() {
            return Ok(());
        }
        if message.guild_id.is_some() {
            self.mark(place, id - 1).await?;
            self.progress.begins(place.get());
            return Ok(());
        }
        let since = snowflake_at(moment_of(id).before(MENTIONS_BACK)).max(place.get());
        let (mut before, _) = self.some_pages(place, since).await?;
        before.retain(|earlier| earlier.id.get() < id && is_from_a_person(earlier));
        for earlier in before {
            Box::pin(self.attend_to(&earlier)).await;
        }
        self.mark(place, id - 1).await?;
        self.progress.begins(place.get());
        Ok(())
    }

    async fn mark(&self, place: ChannelId, message: u64) -> Result<(), StoreError> {
        let last = ExternalId::new(message.to_string());
        self.store.set_watermark(&Watermark { channel: channel_name(), address: place.to_string(), last }).await
    }

    /// Reads a place; where it cannot be read now, no hand waits for it: it is tried again after a pause, and what comes from there
    /// meanwhile is left to the reading. Where Discord refuses to let it be read, what comes is heard all the same.
    async fn read_missed(self: Arc<Self>, place: ChannelId, pause: Duration) {
        let session = self.progress.session();
        if matches!(self.look(place).await, Ok(look) if look.kind == Kind::Forum) {
            if self.read_posts(place).await {
                return self.progress.read(place.get(), session);
            }
            return self.read_missed_after(pause, place, LONGEST_PAUSE.min(pause * 2));
        }
        match self.read_from_watermark(place, session).await {
            Ok(0) => {}
            Ok(read) => info!(channel.id = %place, read, "messages from the time away were read"),
            Err(Unread::Rest(error)) if error.code() == Some(code::UNKNOWN_CHANNEL) => {
                warn!(channel.id = %place, "a channel or thread that was listened in is gone");
                self.progress.read(place.get(), session);
            }
            Err(error) => {
                warn!(channel.id = %place, %error, "a channel could not be read yet; does the bot see it?");
                let is_refused = matches!(&error, Unread::Rest(error) if error.code().is_some());
                if !is_refused {
                    self.progress.owe(place.get(), Owed::Behind);
                }
                let longest = if is_refused { LONGEST_PAUSE } else { LONGEST_SILENCE };
                self.read_missed_after(pause, place, longest.min(pause * 2));
            }
        }
    }

    /// Handles what was written after the watermark, oldest first; at the very first start nothing old is answered.
    async fn read_from_watermark(&self, place: ChannelId, session: u64) -> Result<usize, Unread> {
        let mark = self.store.watermark(&channel_name(), &place.to_string()).await?;
        let Some(mark) = mark.and_then(|mark| number(mark.as_str())) else {
            self.begin_at_the_end(place).await?;
            self.progress.read(place.get(), session);
            return Ok(0);
        };
        let room = self.store.conversation_in_room(&channel_name(), &place.to_string()).await?;
        let look = self.look(place).await?;
        let is_listened =
            self.config.channels.contains_key(&place.get()) || matches!(look.kind, Kind::Direct | Kind::Post { .. });
        let overlapping = mark.get().saturating_sub(OVERLAP_MS << 22).max(1);
        let (mut after, mut read) = (overlapping, 0);
        loop {
            let (messages, is_all) = self.some_pages(place, after).await?;
            let answered = if room.is_none() { self.answered_by_people(&messages, look.guild).await? } else { HashSet::new() };
            for mut message in messages {
                message.guild_id = look.guild;
                after = message.id.get();
                let is_passed_over = room.is_none() && !is_listened && self.is_far_back(&message);
                if !answered.contains(&after) && !is_passed_over {
                    self.attend_to(&message).await;
                }
                if self.stopping.is_cancelled() {
                    return Ok(read);
                }
                read += 1;
            }
            if is_all {
                break;
            }
        }
        self.progress.read(place.get(), session);
        self.mark(place, after.max(mark.get())).await?;
        Ok(read)
    }

    async fn begin_at_the_end(&self, place: ChannelId) -> Result<(), Unread> {
        if self.config.channels.contains_key(&place.get()) {
            let newest = self.messages(place, GetMessages::new().limit(1)).await?;
            self.mark(place, newest.first().map_or(place.get(), |message| message.id.get())).await?;
        }
        Ok(())
    }

    /// In a channel that is not listened in, somebody who got no answer for this long has found another way.
    fn is_far_back(&self, message: &Message) -> bool {
        self.clock.now().since(moment_of(message.id.get())) > MENTIONS_BACK
    }

    /// Messages of a place after this one, oldest first, and whether these are all.
    async fn some_pages(&self, place: ChannelId, after: u64) -> Result<(Vec<Message>, bool), RestError> {
        let mut read: Vec<Message> = Vec::new();
        for _ in 0..PAGES {
            let after = read.last().map_or(after, |message| message.id.get());
            let page = self.messages(place, GetMessages::new().after(MessageId::new(after)).limit(PAGE)).await?;
            let is_last = page.len() < usize::from(PAGE);
            read.extend(page);
            if is_last {
                return Ok((read, true));
            }
        }
        Ok((read, false))
    }

    /// Messages of a place, oldest first.
    pub(super) async fn messages(&self, place: ChannelId, which: GetMessages) -> Result<Vec<Message>, RestError> {
        let mut page = self.call(place.messages(&self.http, which)).await?;
        page.sort_unstable_by_key(|message| message.id);
        Ok(page)
    }

    /// The newest messages of a place after this id, oldest first.
    pub(super) async fn recent(&self, place: ChannelId, after: u64) -> Result<Vec<Message>, RestError> {
        self.messages(place, GetMessages::new().after(MessageId::new(after.max(1))).limit(PAGE)).await
    }

    /// Which of these messages a person has seen to already.
    async fn answered_by_people(&self, messages: &[Message], guild: Option<GuildId>) -> Result<HashSet<u64>, Unread> {
        let Some(guild) = guild else { return Ok(HashSet::new()) };
        let operators = self.operators_among(messages, guild).await?;
        let seen: Vec<_> = messages.iter().map(|message| super::answered::Seen::of(message, &operators)).collect();
        Ok(super::answered::answered(&seen))
    }
}
