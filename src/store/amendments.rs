//! What people changed or deleted of what they had written.

use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::{from_rows, sql, ticket_text};
use crate::domain::decision::Decision;
use crate::domain::event::Happened;
use crate::domain::ids::{ConversationId, MessageId};
use crate::domain::message::DELETED_MARK;

/// In place of a line that nothing takes the place of.
const NOTHING: i64 = 1;

/// Marks the lines that do not stand any more, and takes out what was deleted.
pub(super) async fn follow(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    for event in &decision.events {
        match &event.what {
            Happened::Amended { earlier, replaced } => {
                if let Some(now) = decision.received_line() {
                    withdraw(connection, *earlier, now.get()).await?;
                    query(sql::RECEIVED_AS).bind(earlier.get()).bind(now.get()).execute(&mut *connection).await?;
                }
                withdraw_all(connection, replaced).await?;
            }
            Happened::Withdrawn { message, replaced } => {
                blank(connection, decision.conversation.id, *message).await?;
                withdraw(connection, *message, NOTHING).await?;
                withdraw_all(connection, replaced).await?;
                ticket_text::rebuild(connection, decision.conversation.id).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes the text out of a line, and out of all that stood in its place before.
async fn blank(connection: &mut AnyConnection, conversation: ConversationId, line: MessageId) -> Result<(), Failure> {
    let mut lines = vec![line.get()];
    while let Some(line) = lines.pop() {
        query(sql::BLANK_LINE).bind(line).bind(DELETED_MARK).execute(&mut *connection).await?;
        let before = query(sql::STOOD_BEFORE).bind(conversation.get()).bind(line).fetch_all(&mut *connection).await?;
        for row in before {
            lines.push(from_rows::number(&row, "id")?);
        }
    }
    Ok(())
}

async fn withdraw_all(connection: &mut AnyConnection, lines: &[MessageId]) -> Result<(), Failure> {
    for line in lines {
        withdraw(connection, *line, NOTHING).await?;
    }
    Ok(())
}

async fn withdraw(connection: &mut AnyConnection, line: MessageId, by: i64) -> Result<(), Failure> {
    query(sql::WITHDRAW_LINE).bind(line.get()).bind(by).execute(connection).await?;
    Ok(())
}
