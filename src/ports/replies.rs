//! The need for standard replies.

use std::sync::Arc;

use crate::domain::reply::StandardReply;

/// Knows the standard replies as they stand now.
pub trait StandardReplies: Send + Sync {
    /// All of them, in every language, by name. Must not block: it answers from memory.
    fn standard_replies(&self) -> Arc<[StandardReply]>;
}

/// A list that does not change.
impl StandardReplies for Vec<StandardReply> {
    fn standard_replies(&self) -> Arc<[StandardReply]> {
        self.as_slice().into()
    }
}
