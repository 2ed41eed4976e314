//! The need to reach people on a platform.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::ids::{ChannelName, ExternalId};
use crate::domain::obstacle::Obstacle;

use super::outbox::Leased;

/// A channel that is written to. Each call is one errand, and the same errand twice has one effect:
/// the errand's id is the platform's deduplication key, or the channel looks at what is there already.
#[async_trait]
pub trait Chat: Send + Sync {
    /// The channel's name.
    fn name(&self) -> ChannelName;

    /// Runs an errand that was leased from the outbox.
    ///
    /// # Errors
    /// [`ChatFailure`] says whether trying again can help.
    async fn run(&self, errand: &Leased) -> Result<Receipted, ChatFailure>;
}

/// What an errand left on the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipted {
    /// The platform's id of what was posted.
    pub external_id: Option<ExternalId>,
    /// The address of the room that was made or found.
    pub room: Option<String>,
    /// The address of the place where a line was said.
    pub said_at: Option<String>,
    /// The address of the place where a card was shown.
    pub card_at: Option<String>,
    /// What the card shows from now on, in the channel's own short form.
    pub card_shows: Option<String>,
}

/// Why an errand was not run.
#[derive(Debug, thiserror::Error)]
pub enum ChatFailure {
    /// It may work later: the platform is busy, away or did not answer.
    #[error("the platform could not be reached: {reason}")]
    Later {
        /// What the platform or the wire said.
        reason: String,
        /// How long the platform asks to be left alone.
        wait: Option<Duration>,
    },
    /// It will not work by itself: permission is missing, the place is gone, the platform refuses the content.
    #[error("the platform refuses: {reason}")]
    Never {
        /// What the platform said, in words that tell an administrator what to do.
        reason: String,
    },
    /// It will not work until somebody does something about a known obstacle, which the desk is told in its own words.
    #[error("the platform refuses: {reason}")]
    Stuck {
        /// The obstacle.
        why: Obstacle,
        /// What the platform said, in words that tell an administrator what to do.
        reason: String,
    },
}
