//! The need to keep errands until they are known to be done.

use async_trait::async_trait;

use super::cards::ShownCard;
use super::chat::Receipted;
use super::store::StoreError;
use crate::domain::decision::Errand;
use crate::domain::ids::{ChannelName, ConversationId, GroupId, OutboxId, TicketNumber};
use crate::domain::obstacle::Obstacle;
use crate::domain::time::Timestamp;

/// Errands that are decided and not yet known to be done.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Takes errands that are due, oldest first, at most `limit`, and holds them until `until`.
    ///
    /// Of each conversation only its oldest undone errand is given out, and none while one of it is held or postponed: order is kept.
    /// An errand whose hold ran out is given out again.
    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Leased>, StoreError>;

    /// Notes that an errand is done, and what it left on the platform.
    async fn done(&self, errand: &Leased, left: &Receipted, now: Timestamp) -> Result<(), StoreError>;

    /// Notes the room that an errand is making, before anybody is let in: what is said there is part of the conversation from
    /// the first word on, and whoever runs the errand again finds the room in it.
    async fn keep_room(&self, errand: &Leased, address: &str) -> Result<(), StoreError>;

    /// Lets go of an errand until `due`, because of `reason`.
    async fn postpone(&self, id: OutboxId, due: Timestamp, reason: &str) -> Result<(), StoreError>;

    /// Lets go of an errand that was given out and not begun, until `due`: it does not count as tried.
    async fn put_back(&self, id: OutboxId, due: Timestamp) -> Result<(), StoreError>;

    /// Gives an errand up, visibly. Later errands of the conversation go on without it.
    async fn give_up(&self, id: OutboxId, why: Obstacle, reason: &str, now: Timestamp) -> Result<(), StoreError>;

    /// Errands that were given up, newest first.
    async fn stuck(&self, limit: u32) -> Result<Vec<Stuck>, StoreError>;

    /// Those of one conversation, newest first.
    async fn stuck_in(&self, conversation: ConversationId) -> Result<Vec<Stuck>, StoreError>;

    /// One of them; `None` where it is not given up, or not any more.
    async fn stuck_one(&self, id: OutboxId) -> Result<Option<Stuck>, StoreError>;

    /// How many errands are given up.
    async fn count_stuck(&self) -> Result<u64, StoreError>;

    /// Gives an errand that was given up out again from `now` on, as one that was tried before: what it may have left is looked
    /// for first. `true` for exactly one of several callers; `false` where it is not given up.
    async fn retry(&self, id: OutboxId, now: Timestamp) -> Result<bool, StoreError>;

    /// Leaves an errand that was given up undone for good; `true` and `false` as with [`Outbox::retry`].
    async fn dismiss(&self, id: OutboxId, now: Timestamp) -> Result<bool, StoreError>;

    /// Whether an errand waits to be done: one that was given out twice may have been done by who had it first.
    async fn still_waits(&self, id: OutboxId) -> Result<bool, StoreError>;

    /// How many errands wait to be done.
    async fn waiting(&self) -> Result<u64, StoreError>;

    /// When the next errand is due or its hold runs out; `None` where nothing waits.
    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Forgets errands that were done or dismissed before then, and says how many. What they left on the platform stays known.
    async fn forget_done(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Forgets what was received into and posted for conversations without an open ticket in which nothing has happened from `since`
    /// to `before` or later, and says how many notes that were.
    async fn forget_receipts(&self, since: Timestamp, before: Timestamp) -> Result<u64, StoreError>;
}

/// An errand with what is needed to run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// The errand's id, which is its deduplication key.
    pub id: OutboxId,
    /// What to do.
    pub errand: Errand,
    /// The channel that does it.
    pub channel: ChannelName,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// When it was decided.
    pub created_at: Timestamp,
    /// How often it was tried before.
    pub attempts: u32,
    /// The address where the conversation began.
    pub place: String,
    /// The conversation's room, once there is one.
    pub room: Option<String>,
    /// The newest card that shows the errand's ticket to the errand's group, once there is one.
    pub card: Option<ShownCard>,
}

/// An errand that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Its id.
    pub id: OutboxId,
    /// What was to be done; `None` where it cannot be read any more.
    pub errand: Option<Errand>,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// What to call the employee, where known.
    pub employee_name: Option<String>,
    /// The conversation's latest ticket.
    pub number: Option<TicketNumber>,
    /// Whose queue that is in.
    pub group: Option<GroupId>,
    /// The channel that refused.
    pub channel: ChannelName,
    /// What kept it from being done.
    pub why: Obstacle,
    /// The technical reason, for administrators.
    pub reason: String,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When it was given up.
    pub given_up_at: Timestamp,
}
