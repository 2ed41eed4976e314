//! Errands: given out in order, noted as done, postponed or given up.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};
use tracing::error;

use super::engine::Engine;
use super::failure::Failure;
use super::names::Named;
use super::stuck::{Change, GiveUp};
use super::upkeep::{Forget, ForgetOver};
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::decision::Errand;
use crate::domain::ids::{ConversationId, MessageId, OutboxId};
use crate::domain::obstacle::Obstacle;
use crate::domain::time::Timestamp;
use crate::ports::{Leased, Outbox, Receipted, StoreError, Stuck};

#[async_trait]
impl Outbox for SqlStore {
    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Leased>, StoreError> {
        self.writer.write(Lease { engine: self.engine, now, until, limit }).await
    }

    async fn done(&self, errand: &Leased, left: &Receipted, now: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Done { errand: errand.clone(), left: left.clone(), now }).await
    }

    async fn keep_room(&self, errand: &Leased, address: &str) -> Result<(), StoreError> {
        self.writer.write(KeepRoom { errand: errand.clone(), address: address.to_owned() }).await
    }

    async fn postpone(&self, id: OutboxId, due: Timestamp, reason: &str) -> Result<(), StoreError> {
        self.writer.write(Postpone { id, due, reason: reason.to_owned() }).await
    }

    async fn put_back(&self, id: OutboxId, due: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Change { statement: sql::PUT_BACK, id, at: due }).await.map(drop)
    }

    async fn give_up(&self, id: OutboxId, why: Obstacle, reason: &str, now: Timestamp) -> Result<(), StoreError> {
        self.writer.write(GiveUp { id, why, reason: reason.to_owned(), now }).await
    }

    async fn stuck(&self, limit: u32) -> Result<Vec<Stuck>, StoreError> {
        self.many("read stuck errands", query(sql::STUCK).bind(i64::from(limit)), from_rows::stuck).await
    }

    async fn stuck_in(&self, conversation: ConversationId) -> Result<Vec<Stuck>, StoreError> {
        let statement = query(sql::STUCK_IN).bind(conversation.get());
        self.many("read a conversation's stuck errands", statement, from_rows::stuck).await
    }

    async fn stuck_one(&self, id: OutboxId) -> Result<Option<Stuck>, StoreError> {
        self.one("read a stuck errand", query(sql::STUCK_ONE).bind(id.get()), from_rows::stuck).await
    }

    async fn count_stuck(&self) -> Result<u64, StoreError> {
        let read = |row: &AnyRow| Ok(from_rows::number(row, "stuck")?);
        let stuck = self.one("counted stuck errands", query(sql::COUNT_STUCK), read).await?;
        Ok(stuck.and_then(|stuck| u64::try_from(stuck).ok()).unwrap_or(0))
    }

    async fn retry(&self, id: OutboxId, now: Timestamp) -> Result<bool, StoreError> {
        self.writer.write(Change { statement: sql::RETRY, id, at: now }).await
    }

    async fn dismiss(&self, id: OutboxId, now: Timestamp) -> Result<bool, StoreError> {
        self.writer.write(Change { statement: sql::DISMISS, id, at: now }).await
    }

    async fn still_waits(&self, id: OutboxId) -> Result<bool, StoreError> {
        let found = query(sql::STILL_WAITS).bind(id.get());
        let found = self.one("looked whether an errand waits", found, |row: &AnyRow| Ok(from_rows::number(row, "id")?)).await?;
        Ok(found.is_some())
    }

    async fn waiting(&self) -> Result<u64, StoreError> {
        let read = |row: &AnyRow| Ok(from_rows::number(row, "waiting")?);
        let waiting = self.one("counted waiting errands", query(sql::WAITING), read).await?;
        Ok(waiting.and_then(|waiting| u64::try_from(waiting).ok()).unwrap_or(0))
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let due = self.one("asked when the next errand is due", query(sql::NEXT_DUE), from_rows::due).await?;
        Ok(due.flatten())
    }

    async fn forget_done(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.writer.write(Forget { statement: sql::FORGET_DONE, until: before }).await
    }

    async fn forget_receipts(&self, since: Timestamp, before: Timestamp) -> Result<u64, StoreError> {
        self.writer.write(ForgetOver { since, before }).await
    }
}

impl SqlStore {
    /// Lets go of every errand, whoever held it and until when.
    pub(super) async fn let_go(&self) -> Result<(), StoreError> {
        self.writer.write(LetGo).await
    }
}

struct LetGo;

#[async_trait]
impl Write for LetGo {
    type Reply = ();
    const DOING: &'static str = "let go of errands";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        query(sql::LET_GO).execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Lease {
    engine: Engine,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
}

#[async_trait]
impl Write for Lease {
    type Reply = Vec<Leased>;
    const DOING: &'static str = "gave out errands";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<Vec<Leased>>, Failure> {
        let taken = query(self.engine.lease()).bind(self.now.micros()).bind(self.until.micros()).bind(i64::from(self.limit));
        let taken = taken.fetch_all(&mut *connection).await?;
        let ids: Result<Vec<i64>, sqlx::Error> = taken.iter().map(|row| from_rows::number(row, "id")).collect();
        let mut ids = ids?;
        ids.sort_unstable();
        let mut leased = Vec::with_capacity(ids.len());
        for id in ids {
            let row = query(sql::LEASED).bind(id).fetch_one(&mut *connection).await?;
            match from_rows::leased(&row) {
                Ok(errand) => leased.push(errand),
                Err(Failure::Unreadable(unreadable)) => self.set_aside(connection, id, &unreadable.to_string()).await?,
                Err(failure) => return Err(failure),
            }
        }
        Ok(Applied::Keep(leased))
    }
}

impl Lease {
    /// One errand that nobody can read must not hold up the others.
    async fn set_aside(&self, connection: &mut AnyConnection, id: i64, reason: &str) -> Result<(), Failure> {
        error!(errand.id = id, reason, "an errand is unreadable and was given up");
        let given_up = query(sql::GIVE_UP).bind(id).bind(reason.to_owned()).bind(self.now.micros());
        given_up.bind(Obstacle::Other.word()).execute(connection).await?;
        Ok(())
    }
}

struct Done {
    errand: Leased,
    left: Receipted,
    now: Timestamp,
}

#[async_trait]
impl Write for Done {
    type Reply = ();
    const DOING: &'static str = "noted a done errand";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        query(sql::DONE).bind(self.errand.id.get()).bind(self.now.micros()).execute(&mut *connection).await?;
        if let Some(address) = &self.left.room {
            keep_room(connection, &self.errand, address).await?;
        }
        match self.errand.errand {
            Errand::Say { message, .. } | Errand::Amend { message, .. } => self.keep_post(message, connection).await?,
            Errand::ShowCard { .. } | Errand::RefreshCard { .. } => self.keep_card(connection).await?,
            Errand::OpenRoom { .. } | Errand::Admit { .. } | Errand::Retract { .. } | Errand::PostNote { .. } => {}
        }
        Ok(Applied::Keep(()))
    }
}

impl Done {
    async fn keep_post(&self, line: MessageId, connection: &mut AnyConnection) -> Result<(), Failure> {
        let Some(post) = &self.left.external_id else { return Ok(()) };
        let kept = query(sql::KEEP_POST).bind(self.errand.channel.as_str()).bind(post.as_str());
        let kept = kept.bind(self.errand.conversation.get()).bind(line.get());
        kept.bind(self.left.said_at.as_deref()).execute(connection).await?;
        Ok(())
    }

    async fn keep_card(&self, connection: &mut AnyConnection) -> Result<(), Failure> {
        let (Errand::ShowCard { channel, ticket, group } | Errand::RefreshCard { channel, ticket, group }) = &self.errand.errand
        else {
            return Ok(());
        };
        let (Some(address), Some(id)) = (&self.left.card_at, &self.left.external_id) else { return Ok(()) };
        let kept = query(sql::KEEP_CARD).bind(ticket.get()).bind(group.as_str()).bind(channel.as_str());
        let kept = kept.bind(address.as_str()).bind(id.as_str()).bind(self.now.micros()).bind(self.left.card_shows.clone());
        kept.execute(&mut *connection).await?;
        let posted = query(sql::KEEP_CARD_POST).bind(channel.as_str()).bind(id.as_str()).bind(ticket.get());
        posted.bind(group.as_str()).execute(connection).await?;
        Ok(())
    }
}

struct KeepRoom {
    errand: Leased,
    address: String,
}

#[async_trait]
impl Write for KeepRoom {
    type Reply = ();
    const DOING: &'static str = "noted a room";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        keep_room(connection, &self.errand, &self.address).await?;
        Ok(Applied::Keep(()))
    }
}

async fn keep_room(connection: &mut AnyConnection, errand: &Leased, address: &str) -> Result<(), Failure> {
    for statement in [sql::FORGET_ROOM, sql::KEEP_ROOM] {
        let (conversation, channel) = (errand.conversation.get(), errand.channel.as_str());
        query(statement).bind(conversation).bind(channel).bind(address).execute(&mut *connection).await?;
    }
    Ok(())
}

struct Postpone {
    id: OutboxId,
    due: Timestamp,
    reason: String,
}

#[async_trait]
impl Write for Postpone {
    type Reply = ();
    const DOING: &'static str = "postponed an errand";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let postponed = query(sql::POSTPONE).bind(self.id.get()).bind(self.due.micros()).bind(self.reason.as_str());
        postponed.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
