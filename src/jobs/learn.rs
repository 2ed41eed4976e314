//! Learns from how questions were answered, as it happens and where it was left off.
//!
//! Events are followed in the order of their ids. One can become visible after another with a higher id, while its transaction is
//! under way; so the watermark stays behind for a while, and what lies after it is looked at again. Learning twice changes nothing.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use crate::domain::event::Event;
use crate::domain::ids::{ChannelName, ConversationId, EventId, ExternalId};
use crate::domain::time::Timestamp;
use crate::flows::Learning;
use crate::ports::{Clock, Store, StoreError, Watermark};

/// How many events are read at a time.
const PAGE: u32 = 200;

/// How long the watermark stays behind: longer than any transaction is under way.
const STAYS_BEHIND: Duration = Duration::from_mins(2);

/// How long the job sleeps at most: then it hears of what other instances learned, and a missed wake-up costs no more.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Under which name the watermark is kept.
const NAME: &str = "learning";

/// The job that learns.
pub struct Learn {
    learning: Learning,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// Events after the watermark that were learned from already.
    seen: BTreeSet<EventId>,
}

impl Learn {
    /// The job over this store.
    #[must_use]
    pub fn new(learning: Learning, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { learning, store, clock, seen: BTreeSet::new() }
    }

    /// Learns as things happen, until told to stop. `wake` is notified when something may be learned.
    pub async fn run(mut self, wake: Arc<Notify>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Some(Err(failure)) = stop.run_until_cancelled(self.once()).await {
                error!(error = &failure as &dyn std::error::Error, "what happened could not be learned from; it is tried again");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = wake.notified() => {}
                () = tokio::time::sleep(LONGEST_SLEEP) => {}
            }
        }
    }

    /// Learns from what happened since the last time, and teaches the index what counts now.
    async fn once(&mut self) -> Result<(), StoreError> {
        let learned = if self.learning.policy().enabled { self.catch_up().await } else { Ok(()) };
        // What counts is taught though something could not be learned from.
        self.learning.refresh().await?;
        learned
    }

    async fn catch_up(&mut self) -> Result<(), StoreError> {
        let mut mark = self.mark().await?;
        let mut read_to = mark;
        loop {
            let happened = self.store.telling_events(read_to, PAGE).await?;
            let Some((_, last)) = happened.last() else { return Ok(()) };
            read_to = Some(last.id);
            for (conversation, event) in &happened {
                self.learn_from(*conversation, event).await?;
            }
            crate::crash_point!("learn.before_mark");
            let settled = settled(&happened, self.clock.now().before(STAYS_BEHIND));
            if settled.is_some() && settled > mark {
                mark = settled;
                self.set_mark(settled).await?;
            }
            if happened.len() < PAGE as usize {
                return Ok(());
            }
        }
    }

    async fn learn_from(&mut self, conversation: ConversationId, event: &Event) -> Result<(), StoreError> {
        if self.seen.contains(&event.id) {
            return Ok(());
        }
        match self.learning.learn_from(conversation, event).await {
            Ok(kept) => metrics::counter!("firstline_questions_learned_total").increment(kept),
            Err(failure @ StoreError::Unreadable { .. }) => {
                warn!(conversation.id = %conversation, error = &failure as &dyn std::error::Error, "nothing is learned from a conversation");
            }
            Err(failure) => return Err(failure),
        }
        self.seen.insert(event.id);
        Ok(())
    }

    async fn mark(&self) -> Result<Option<EventId>, StoreError> {
        let mark = self.store.watermark(&ChannelName::new(NAME), NAME).await?;
        Ok(mark.and_then(|mark| mark.as_str().parse().ok()).map(EventId::new))
    }

    async fn set_mark(&mut self, mark: Option<EventId>) -> Result<(), StoreError> {
        let Some(mark) = mark else { return Ok(()) };
        self.seen = self.seen.split_off(&mark);
        let (channel, address) = (ChannelName::new(NAME), NAME.to_owned());
        self.store.set_watermark(&Watermark { channel, address, last: ExternalId::new(mark.to_string()) }).await
    }
}

/// The last event up to which all are older than `before`.
fn settled(happened: &[(ConversationId, Event)], before: Timestamp) -> Option<EventId> {
    happened.iter().take_while(|(_, event)| event.at < before).last().map(|(_, event)| event.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Happened;
    use crate::domain::message::Author;

    fn happened(id: i64, at: i64) -> (ConversationId, Event) {
        let (at, by, what) = (Timestamp::from_micros(at), Author::Employee, Happened::Helped);
        (ConversationId::new(1), Event { id: EventId::new(id), at, by, what })
    }

    #[test]
    fn the_watermark_stays_before_whatever_may_still_be_overtaken() {
        let events = [happened(1, 10), happened(2, 20), happened(3, 40), happened(4, 30)];
        let cases = [(5, None), (11, Some(1)), (35, Some(2)), (40, Some(2)), (41, Some(4))];
        for (before, mark) in cases {
            assert_eq!(settled(&events, Timestamp::from_micros(before)), mark.map(EventId::new), "before {before}");
        }
    }
}
