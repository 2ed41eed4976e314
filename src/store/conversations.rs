//! Reading conversations, lines and tickets, and handing decisions to the writer.

use async_trait::async_trait;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, query};

use super::commit::Keep;
use super::failure::{Failure, unreachable};
use super::names::Named;
use super::{SqlStore, from_rows, queue, sql};
use crate::boundary::pass;
use crate::domain::conversation::Conversation;
use crate::domain::decision::Decision;
use crate::domain::event::Event;
use crate::domain::ids::{ChannelName, ConversationId, EmployeeId, EventId, ExternalId, MessageId, TicketId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::message::{Redacted, Visibility};
use crate::domain::place::Place;
use crate::domain::time::Timestamp;
use crate::ports::{Committed, Conversations, Recorded, StoreError, TicketFilter, TicketSummary, Unanswered};

pub(super) type Statement = Query<'static, Any, AnyArguments>;

impl SqlStore {
    /// The row that a statement finds, as the domain has it.
    pub(super) async fn one<T>(
        &self,
        doing: &'static str,
        statement: Statement,
        read: fn(&AnyRow) -> Result<T, Failure>,
    ) -> Result<Option<T>, StoreError> {
        let found = async {
            let row = statement.fetch_optional(&self.readers).await;
            let found = row.map_err(Failure::from).and_then(|row| row.as_ref().map(read).transpose());
            found.map_err(|failure| failure.while_it(doing))
        };
        pass(doing, found, || unreachable(doing)).await
    }

    /// The rows that a statement finds, as the domain has them.
    pub(super) async fn many<T>(
        &self,
        doing: &'static str,
        statement: Statement,
        read: fn(&AnyRow) -> Result<T, Failure>,
    ) -> Result<Vec<T>, StoreError> {
        let found = async {
            let rows = statement.fetch_all(&self.readers).await;
            let found = rows.map_err(Failure::from).and_then(|rows| rows.iter().map(read).collect());
            found.map_err(|failure| failure.while_it(doing))
        };
        pass(doing, found, || unreachable(doing)).await
    }

    async fn find(&self, statement: Statement) -> Result<Option<Conversation>, StoreError> {
        self.one("read a conversation", statement, from_rows::conversation).await
    }
}

#[async_trait]
impl Conversations for SqlStore {
    async fn commit(&self, decision: &Decision) -> Result<Committed, StoreError> {
        self.writer.write(Keep(decision.clone())).await
    }

    async fn seen(&self, channel: &ChannelName, external_id: &ExternalId) -> Result<Option<ConversationId>, StoreError> {
        let statement = query(sql::SEEN).bind(channel.to_string()).bind(external_id.to_string());
        let read = |row: &AnyRow| Ok(ConversationId::new(from_rows::number(row, "conversation")?));
        self.one("looked for a receipt", statement, read).await
    }

    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        self.find(query(sql::CONVERSATION).bind(id.get())).await
    }

    async fn conversation_at(&self, place: &Place, employee: &EmployeeId) -> Result<Option<Conversation>, StoreError> {
        let at = query(sql::CONVERSATION_AT).bind(place.channel.to_string()).bind(place.address.clone());
        self.find(at.bind(employee.to_string())).await
    }

    async fn room_of(&self, id: ConversationId) -> Result<Option<String>, StoreError> {
        let read = |row: &AnyRow| Ok(from_rows::text(row, "address")?);
        self.one("read a room", query(sql::ROOM_OF).bind(id.get()), read).await
    }

    async fn conversation_in_room(&self, channel: &ChannelName, address: &str) -> Result<Option<Conversation>, StoreError> {
        self.find(query(sql::CONVERSATION_IN_ROOM).bind(channel.to_string()).bind(address.to_owned())).await
    }

    async fn conversation_of(&self, number: TicketNumber) -> Result<Option<Conversation>, StoreError> {
        self.find(query(sql::CONVERSATION_OF).bind(number.get())).await
    }

    async fn conversation_of_post(&self, channel: &ChannelName, post: &ExternalId) -> Result<Option<Conversation>, StoreError> {
        self.find(query(sql::CONVERSATION_OF_POST).bind(channel.to_string()).bind(post.to_string())).await
    }

    async fn received_line(&self, channel: &ChannelName, external_id: &ExternalId) -> Result<Option<Recorded>, StoreError> {
        let statement = query(sql::RECEIVED_LINE).bind(channel.to_string()).bind(external_id.to_string());
        self.one("looked for a received line", statement, from_rows::recorded).await
    }

    async fn post_of(&self, line: MessageId) -> Result<Option<(String, ExternalId)>, StoreError> {
        let read = |row: &AnyRow| Ok((from_rows::text(row, "address")?, ExternalId::new(from_rows::text(row, "external_id")?)));
        self.one("looked for a post", query(sql::POST_OF).bind(line.get()), read).await
    }

    async fn lines(&self, id: ConversationId, after: Option<MessageId>, view: Visibility) -> Result<Vec<Recorded>, StoreError> {
        let after = after.map_or(i64::MIN, MessageId::get);
        let statement = query(sql::LINES).bind(id.get()).bind(after).bind(view.word());
        self.many("read lines", statement, from_rows::recorded).await
    }

    async fn line(&self, id: MessageId) -> Result<Option<Recorded>, StoreError> {
        self.one("read a line", query(sql::LINE).bind(id.get()), from_rows::recorded).await
    }

    async fn ticket(&self, number: TicketNumber) -> Result<Option<TicketSummary>, StoreError> {
        self.one("read a ticket", query(sql::TICKET).bind(number.get()), from_rows::summary).await
    }

    async fn ticket_by_id(&self, id: TicketId) -> Result<Option<TicketSummary>, StoreError> {
        self.one("read a ticket", query(sql::TICKET_BY_ID).bind(id.get()), from_rows::summary).await
    }

    async fn tickets(&self, filter: &TicketFilter) -> Result<Vec<TicketSummary>, StoreError> {
        self.many("listed tickets", queue::bound(queue::list(filter)), from_rows::summary).await
    }

    async fn count_tickets(&self, filter: &TicketFilter) -> Result<u64, StoreError> {
        let read = |row: &AnyRow| Ok(u64::try_from(from_rows::number(row, "tickets")?).unwrap_or(0));
        let counted = self.one("counted tickets", queue::bound(queue::count(filter)), read).await?;
        Ok(counted.unwrap_or(0))
    }

    async fn duplicates_of(&self, number: TicketNumber) -> Result<Vec<TicketSummary>, StoreError> {
        self.many("listed duplicates", query(sql::DUPLICATES_OF).bind(number.get()), from_rows::summary).await
    }

    async fn next_wake(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let due = self.one("looked for what is put aside", query(sql::NEXT_WAKE).bind(now.micros()), from_rows::due).await?;
        Ok(due.flatten())
    }

    async fn tickets_of(&self, employee: &EmployeeId) -> Result<Vec<TicketSummary>, StoreError> {
        self.many("listed an employee's tickets", query(sql::TICKETS_OF).bind(employee.to_string()), from_rows::summary).await
    }

    async fn events(&self, id: ConversationId) -> Result<Vec<Event>, StoreError> {
        self.many("read events", query(sql::EVENTS).bind(id.get()), from_rows::event).await
    }

    async fn events_after(&self, after: Option<EventId>, limit: u32) -> Result<Vec<(ConversationId, Event)>, StoreError> {
        let after = after.map_or(i64::MIN, EventId::get);
        let statement = query(sql::EVENTS_AFTER).bind(after).bind(i64::from(limit));
        let read = |row: &AnyRow| Ok((ConversationId::new(from_rows::number(row, "conversation")?), from_rows::event(row)?));
        self.many("read events", statement, read).await
    }

    async fn unanswered(&self, since: Timestamp, before: Option<TicketId>, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
        let before = before.map_or(i64::MAX, TicketId::get);
        let statement = query(sql::UNANSWERED).bind(since.micros()).bind(before).bind(i64::from(limit));
        self.many("listed unanswered questions", statement, from_rows::unanswered).await
    }

    async fn recent_questions(&self, since: Timestamp, limit: u32) -> Result<Vec<(Redacted, Lang)>, StoreError> {
        let statement = query(sql::RECENT_QUESTIONS).bind(since.micros()).bind(i64::from(limit));
        self.many("read what was asked lately", statement, from_rows::asked).await
    }

    async fn conversations_after(&self, after: Option<ConversationId>, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        let after = after.map_or(i64::MIN, ConversationId::get);
        let statement = query(sql::CONVERSATIONS_AFTER).bind(after).bind(i64::from(limit));
        self.many("read conversations", statement, from_rows::conversation).await
    }
}
