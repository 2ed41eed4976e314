//! Which line an attached file is.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::{SqlStore, from_rows, sql};
use crate::domain::decision::Decision;
use crate::domain::ids::{ConversationId, FileId};
use crate::domain::message::Content;
use crate::ports::{Attachments, Recorded, StoreError};

#[async_trait]
impl Attachments for SqlStore {
    async fn attached(&self, file: FileId) -> Result<Option<Recorded>, StoreError> {
        self.one("looked for a file", query(sql::ATTACHED).bind(file.get()), from_rows::recorded).await
    }

    async fn files_held(&self, conversation: ConversationId) -> Result<usize, StoreError> {
        let read = |row: &AnyRow| Ok(usize::try_from(from_rows::number(row, "held")?).unwrap_or_default());
        let held = self.one("counted files", query(sql::FILES_HELD).bind(conversation.get()), read).await?;
        Ok(held.unwrap_or_default())
    }
}

/// Notes the files among a decision's lines.
pub(super) async fn note(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    for line in &decision.lines {
        if let Content::File(file) = &line.content {
            let noted = query(sql::ADD_ATTACHMENT).bind(file.id.get()).bind(decision.conversation.id.get()).bind(line.id.get());
            noted.execute(&mut *connection).await?;
        }
    }
    Ok(())
}
