//! The need to know which card shows which ticket, and where operators talk about it among themselves.

use async_trait::async_trait;

use crate::domain::ids::{ChannelName, ExternalId, GroupId, TicketId};
use crate::domain::time::Timestamp;

use super::store::StoreError;

/// The cards that operators were shown.
#[async_trait]
pub trait Cards: Send + Sync {
    /// The ticket, and the group whose operators it was shown to, of a card that was posted on a channel: the newest one or any
    /// before it.
    async fn card_posted(&self, channel: &ChannelName, card: &ExternalId) -> Result<Option<(TicketId, GroupId)>, StoreError>;

    /// Notes where a group's operators talk about a ticket that they have a card of. The first such place stays.
    async fn keep_talk(&self, channel: &ChannelName, ticket: TicketId, group: &GroupId, address: &str) -> Result<(), StoreError>;
}

/// The newest card that shows a ticket to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownCard {
    /// The address of the place that it is in.
    pub address: String,
    /// The platform's id of it.
    pub external_id: ExternalId,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// What it shows, in the channel's own short form, where known.
    pub shown: Option<String>,
    /// The card that it goes on from, where there was one.
    pub earlier: Option<ExternalId>,
    /// The address of the place where the group's operators talk about the ticket, where there is one.
    pub talk: Option<String>,
}
