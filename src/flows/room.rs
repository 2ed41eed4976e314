//! A channel tells what became of a ticket's room.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::decision::Receipt;
use crate::domain::ids::ConversationId;
use crate::domain::room::{self, RoomNews};
use crate::ports::Committed;

impl Flows {
    /// Tells the desk what became of a conversation's room; the same receipt twice is one line.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such conversation; otherwise the store's failures.
    pub async fn tell_of_room(&self, id: ConversationId, news: RoomNews, receipt: &Receipt) -> Result<(), FlowError> {
        for _ in 0..ATTEMPTS {
            if self.seen_before(Some(receipt)).await?.is_some() {
                return Ok(());
            }
            let conversation = self.store.conversation(id).await?.ok_or(FlowError::NotFound)?;
            let decision = room::tell(conversation, news, receipt.clone(), &mut self.moment());
            match self.keep(&decision).await? {
                Committed::Done => {
                    info!(conversation.id = %id, news = news.as_str(), "the desk was told of a room");
                    return Ok(());
                }
                Committed::SeenBefore(_) => return Ok(()),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }
}
