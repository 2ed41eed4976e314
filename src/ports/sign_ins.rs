//! The need to remember our own sign-ins to a platform: some allow only so many a day, and restarts must not forget that.

use async_trait::async_trait;

use super::store::StoreError;
use crate::domain::ids::ChannelName;
use crate::domain::time::Timestamp;

/// A sign-in of ours to a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Which of the platform's connections it was for, counted from 0.
    pub shard: u32,
    /// When.
    pub at: Timestamp,
    /// Whether the connection held long enough to have been worth it.
    pub held: bool,
}

/// Our own sign-ins to platforms.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// Those to this channel's platform at `since` or later, oldest first.
    async fn sign_ins(&self, channel: &ChannelName, since: Timestamp) -> Result<Vec<SignIn>, StoreError>;

    /// Notes one, durably, before it is made. The same moment of the same shard is one. Those older than two days are forgotten.
    async fn note_sign_in(&self, channel: &ChannelName, shard: u32, at: Timestamp) -> Result<(), StoreError>;

    /// Notes that the connection of this one held. One that is not known any more stays forgotten.
    async fn sign_in_held(&self, channel: &ChannelName, shard: u32, at: Timestamp) -> Result<(), StoreError>;
}
