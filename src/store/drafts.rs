//! What operators have begun to write.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::names::Named;
use super::upkeep::Forget;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::draft::{Draft, DraftKey};
use crate::domain::ids::{OperatorId, TicketId};
use crate::domain::time::Timestamp;
use crate::ports::{Drafts, StoreError};

#[async_trait]
impl Drafts for SqlStore {
    async fn keep_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        self.writer.write(Keep(draft.clone())).await
    }

    async fn drafts(&self, by: &OperatorId, ticket: TicketId) -> Result<Vec<Draft>, StoreError> {
        let statement = query(sql::DRAFTS).bind(by.to_string()).bind(ticket.get());
        self.many("read drafts", statement, from_rows::draft).await
    }

    async fn draft_sent(&self, key: &DraftKey, form: &str, now: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Sent { key: key.clone(), form: form.to_owned(), now }).await
    }

    async fn forget_drafts(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.writer.write(Forget { statement: sql::FORGET_DRAFTS, until: before }).await
    }
}

struct Keep(Draft);

#[async_trait]
impl Write for Keep {
    type Reply = ();
    const DOING: &'static str = "kept a draft";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Draft { key, form, text, at } = &self.0;
        let kept = query(sql::KEEP_DRAFT)
            .bind(key.by.as_str())
            .bind(key.ticket.get())
            .bind(key.kind.word())
            .bind(form.as_str())
            .bind(text.as_str())
            .bind(at.micros());
        kept.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Sent {
    key: DraftKey,
    form: String,
    now: Timestamp,
}

#[async_trait]
impl Write for Sent {
    type Reply = ();
    const DOING: &'static str = "forgot a draft that was sent";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Self { key, form, now } = self;
        let sent = query(sql::DRAFT_SENT)
            .bind(key.by.as_str())
            .bind(key.ticket.get())
            .bind(key.kind.word())
            .bind(form.as_str())
            .bind(now.micros());
        sent.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}
