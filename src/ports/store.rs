//! The need to keep things. Many reads, one write.

use async_trait::async_trait;

use crate::domain::conversation::Conversation;
use crate::domain::decision::Decision;
use crate::domain::event::Event;
use crate::domain::ids::{
    ChannelName, ConversationId, EmployeeId, EventId, ExternalId, GroupId, IncidentNumber, MessageId, OperatorId, TicketId,
    TicketNumber,
};
use crate::domain::lang::Lang;
use crate::domain::message::{HandOffReason, Line, Redacted, Visibility};
use crate::domain::permission::Operator;
use crate::domain::place::Place;
use crate::domain::ticket::{Assessment, Holder, Priority, Status, SupportLine, Turn};
use crate::domain::time::Timestamp;

use super::cards::Cards;
use super::drafts::Drafts;
use super::feedback::Feedback;
use super::files::Attachments;
use super::incidents::Incidents;
use super::learned::Learned;
use super::outbox::Outbox;
use super::reply_tokens::{ReplyTokens, StandingPosts};
use super::sign_ins::SignIns;
use super::ticket_filter::TicketFilter;

/// Everything that is kept. Every backend passes the same contract suite.
#[async_trait]
pub trait Store:
    Conversations
    + Outbox
    + Cards
    + Sessions
    + Watermarks
    + Learned
    + Attachments
    + Feedback
    + Incidents
    + Drafts
    + ReplyTokens
    + StandingPosts
    + SignIns
{
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not do what was asked.
    #[error("the database failed while it {doing}")]
    Database {
        /// What was under way: "read a conversation".
        doing: &'static str,
        /// The driver's own error.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A row holds what this program never writes.
    #[error("the database holds an unreadable {what}: {detail}")]
    Unreadable {
        /// Which kind of row or document.
        what: &'static str,
        /// What is wrong with it, without anybody's text.
        detail: String,
    },
    /// The store is shutting down and takes no more.
    #[error("the store is closed")]
    Closed,
}

/// How a commit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// Everything is kept, durably.
    Done,
    /// The receipt was seen before; nothing is changed. It led to this conversation.
    SeenBefore(ConversationId),
    /// The conversation has moved on since it was read, or another one was opened at the same time; nothing is changed. Read and decide again.
    Stale,
}

/// Conversations, their lines and tickets.
#[async_trait]
pub trait Conversations: Send + Sync {
    /// Keeps a decision whole or not at all; returns when it would survive a power cut.
    ///
    /// A new conversation is stale where an earlier one of the same employee at the same place would go on with what was said
    /// ([`Conversation::goes_on_at`]): two messages at the same moment open one conversation, not two.
    ///
    /// A merge is stale where the other ticket is resolved by now, or the merged one has a duplicate itself: of two tickets that
    /// are merged into each other at the same moment one stays open.
    ///
    /// What an `Amended` or `Withdrawn` event names does not stand any more; the text of what was withdrawn is taken out of its line
    /// and of what its tickets are searched by.
    ///
    /// A ticket that a `HandedOff` event opens gets the next free number, counted upwards from 1001.
    ///
    /// # Errors
    /// [`StoreError`] where nothing could be kept.
    async fn commit(&self, decision: &Decision) -> Result<Committed, StoreError>;

    /// The conversation that a receipt led to, if it was seen before.
    async fn seen(&self, channel: &ChannelName, external_id: &ExternalId) -> Result<Option<ConversationId>, StoreError>;

    /// One conversation.
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// The latest conversation that this employee opened at this place, wherever it moved to since.
    async fn conversation_at(&self, place: &Place, employee: &EmployeeId) -> Result<Option<Conversation>, StoreError>;

    /// The address of the room that a conversation moved to, if it did.
    async fn room_of(&self, id: ConversationId) -> Result<Option<String>, StoreError>;

    /// The conversation whose room is at this address.
    async fn conversation_in_room(&self, channel: &ChannelName, address: &str) -> Result<Option<Conversation>, StoreError>;

    /// The conversation of the ticket with this number.
    async fn conversation_of(&self, number: TicketNumber) -> Result<Option<Conversation>, StoreError>;

    /// The conversation that a message of ours on a platform belongs to.
    async fn conversation_of_post(&self, channel: &ChannelName, post: &ExternalId) -> Result<Option<Conversation>, StoreError>;

    /// The line that a received message became, if it was seen.
    async fn received_line(&self, channel: &ChannelName, external_id: &ExternalId) -> Result<Option<Recorded>, StoreError>;

    /// Where a line was posted on its platform, as address and the platform's id; `None` where it was not, or is not known to be.
    async fn post_of(&self, line: MessageId) -> Result<Option<(String, ExternalId)>, StoreError>;

    /// The conversation's lines after `after`, oldest first, that a reader with this view may see, ticket numbers filled in.
    /// [`Visibility::Everyone`] is the employee's view, [`Visibility::Desk`] shows all.
    async fn lines(&self, id: ConversationId, after: Option<MessageId>, view: Visibility) -> Result<Vec<Recorded>, StoreError>;

    /// One line, ticket number filled in.
    async fn line(&self, id: MessageId) -> Result<Option<Recorded>, StoreError>;

    /// One ticket.
    async fn ticket(&self, number: TicketNumber) -> Result<Option<TicketSummary>, StoreError>;

    /// One ticket, by its inner id.
    async fn ticket_by_id(&self, id: TicketId) -> Result<Option<TicketSummary>, StoreError>;

    /// Tickets that pass the filter, in its order and after its cursor, at most `filter.limit`.
    async fn tickets(&self, filter: &TicketFilter) -> Result<Vec<TicketSummary>, StoreError>;

    /// How many tickets pass the filter, whatever its cursor and its limit.
    async fn count_tickets(&self, filter: &TicketFilter) -> Result<u64, StoreError>;

    /// The tickets that are resolved as duplicates of this one, oldest first.
    async fn duplicates_of(&self, number: TicketNumber) -> Result<Vec<TicketSummary>, StoreError>;

    /// When the next snooze of an open ticket ends by itself, later than `now`.
    async fn next_wake(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError>;

    /// The employee's own tickets, newest first, at most twenty.
    async fn tickets_of(&self, employee: &EmployeeId) -> Result<Vec<TicketSummary>, StoreError>;

    /// Everything that happened to a conversation, oldest first.
    async fn events(&self, id: ConversationId) -> Result<Vec<Event>, StoreError>;

    /// What happened after this event to any conversation, in the order of the events' identifiers, at most `limit`.
    ///
    /// An identifier is taken before its event is kept, so an event can turn up before ones that were read already: whoever
    /// follows looks back over the last minute.
    async fn events_after(&self, after: Option<EventId>, limit: u32) -> Result<Vec<(ConversationId, Event)>, StoreError>;

    /// Questions that the bot handed to a person at `since` or later because it had no answer or what it showed was not enough,
    /// newest first, at most `limit`; only those of tickets opened before `before` where it is given. Emergencies are not among them.
    async fn unanswered(&self, since: Timestamp, before: Option<TicketId>, limit: u32) -> Result<Vec<Unanswered>, StoreError>;

    /// What employees asked the bot at `since` or later, newest first, at most `limit`, each with the language it was taken to be in.
    async fn recent_questions(&self, since: Timestamp, limit: u32) -> Result<Vec<(Redacted, Lang)>, StoreError>;

    /// All conversations, oldest first, `limit` after this one: for checks and rebuilding.
    async fn conversations_after(&self, after: Option<ConversationId>, limit: u32) -> Result<Vec<Conversation>, StoreError>;
}

/// A line as the store gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Whose conversation.
    pub conversation: ConversationId,
    /// The line.
    pub line: Line,
    /// The number of the ticket that the content speaks of, where it does.
    pub number: Option<TicketNumber>,
    /// Whether it does not stand any more: its writer changed or deleted it, or it answered what was. It is not to be said.
    pub withdrawn: bool,
}

/// A question that no article answered well enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// The ticket that it became.
    pub ticket: TicketId,
    /// What was asked.
    pub question: Redacted,
    /// The language it was taken to be in.
    pub lang: Lang,
    /// Who asked.
    pub employee: EmployeeId,
    /// Why the bot stepped back; [`HandOffReason::Asked`] where something was shown and the employee wanted a person all the same.
    pub reason: HandOffReason,
    /// When it did.
    pub at: Timestamp,
}

/// A ticket as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSummary {
    /// Its inner id.
    pub id: TicketId,
    /// Its number.
    pub number: TicketNumber,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// Where that lives.
    pub place: Place,
    /// The beginning of what the employee wrote.
    pub subject: String,
    /// Whose it is.
    pub employee: EmployeeId,
    /// What to call them, where known.
    pub employee_name: Option<String>,
    /// Their organisation, where known.
    pub organisation: Option<String>,
    /// The language of the conversation.
    pub lang: Lang,
    /// Whose queue it is in.
    pub group: GroupId,
    /// Which line has it.
    pub line: SupportLine,
    /// How urgent it is.
    pub priority: Priority,
    /// What an operator judged that by, where one did.
    pub assessment: Option<Assessment>,
    /// Where it stands.
    pub status: Status,
    /// Who is waited for, and since when. Of a resolved ticket: as it was then.
    pub turn: Turn,
    /// Until when it is put aside; what is over by now puts nothing aside.
    pub snoozed_until: Option<Timestamp>,
    /// The ticket that it was found to be a duplicate of.
    pub duplicate_of: Option<TicketNumber>,
    /// Who has it, or resolved it.
    pub holder: Option<Holder>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When something last happened to it, or to its conversation while this was its latest ticket.
    pub changed_at: Timestamp,
    /// The incident that it is about, where somebody said so.
    pub incident: Option<IncidentNumber>,
}

/// A SHA-256 hash, in lower-case hexadecimal: what is kept in place of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hash(pub String);

/// Who has signed in to the desk.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Keeps a sign-in link or a session until it expires. One that is there already is as this one says from now on.
    async fn open_session(&self, session: &Session) -> Result<(), StoreError>;

    /// The session, if it has not expired.
    async fn session(&self, hash: &Hash, now: Timestamp) -> Result<Option<Session>, StoreError>;

    /// Lets a session that is still there expire at another moment. One that has been closed meanwhile stays closed.
    async fn prolong_session(&self, hash: &Hash, expires_at: Timestamp) -> Result<(), StoreError>;

    /// Ends every session of this person, links excepted, and says how many.
    async fn close_sessions_of(&self, person: &OperatorId) -> Result<u64, StoreError>;

    /// Ends a session or uses up a link; `true` for exactly one of several callers.
    async fn close_session(&self, hash: &Hash) -> Result<bool, StoreError>;

    /// Forgets sign-in links and sessions that have expired, and says how many.
    async fn forget_expired(&self, now: Timestamp) -> Result<u64, StoreError>;
}

/// How far channels have been read, for those that catch up after having been away.
#[async_trait]
pub trait Watermarks: Send + Sync {
    /// How far a place of a channel has been read.
    async fn watermark(&self, channel: &ChannelName, address: &str) -> Result<Option<ExternalId>, StoreError>;

    /// Notes how far a place has been read.
    async fn set_watermark(&self, mark: &Watermark) -> Result<(), StoreError>;

    /// How far the places of a channel have been read where something may still be said: all but the rooms of matters that are
    /// over. A resolved ticket's room counts as long as words in it are taken to be about the ticket.
    async fn watched(&self, channel: &ChannelName, now: Timestamp) -> Result<Vec<Watermark>, StoreError>;
}

/// A sign-in that lasts, or a link that is good for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its secret.
    pub hash: Hash,
    /// What it is good for.
    pub kind: SessionKind,
    /// Whose it is. Who only asks has no role.
    pub operator: Operator,
    /// Their address, where whoever vouches for them told it.
    pub email: Option<String>,
    /// Until when, unless it is used before.
    pub expires_at: Timestamp,
    /// Until when at most.
    pub ends_at: Timestamp,
}

impl Session {
    /// Whether somebody else vouches for who it is, so that they are the same person in every browser.
    #[must_use]
    pub const fn is_vouched(&self) -> bool {
        matches!(self.kind, SessionKind::Person | SessionKind::Proxied)
    }
}

/// What a session's secret is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// Signing in once.
    Link,
    /// Working in the desk, for whoever had a link.
    Desk,
    /// Asking and, with a role, working in the desk, for somebody whom a sign-in service vouches for.
    Person,
    /// The same for somebody whom a proxy in front vouches for with every request; no secret opens it.
    Proxied,
}

/// How far a place of a channel has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watermark {
    /// The channel.
    pub channel: ChannelName,
    /// The place's address.
    pub address: String,
    /// The last message that was read.
    pub last: ExternalId,
}
