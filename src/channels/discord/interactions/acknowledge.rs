//! Which interactions have been met, and which of them Discord has not been told of yet.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serenity::all::InteractionId;
use tokio::sync::watch;

/// How many interactions are remembered, to know one that comes twice.
const REMEMBERED: usize = 4_096;

/// Discord waits no longer for a sign of life, so nobody else has to either.
const PATIENCE: Duration = Duration::from_secs(3);

/// The interactions of this process.
#[derive(Default)]
pub(in super::super) struct Acknowledging {
    under_way: watch::Sender<BTreeSet<InteractionId>>,
    met: Mutex<VecDeque<InteractionId>>,
}

/// An interaction that Discord has not been told of yet; it has been once this is dropped.
pub(in super::super) struct UnderWay<'a> {
    all: &'a watch::Sender<BTreeSet<InteractionId>>,
    id: InteractionId,
}

impl Acknowledging {
    /// Whether an interaction is met for the first time. Discord has been seen to send one twice, and takes one answer.
    pub(super) fn is_new(&self, id: InteractionId) -> bool {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if met.contains(&id) {
            return false;
        }
        if met.len() >= REMEMBERED {
            met.pop_front();
        }
        met.push_back(id);
        true
    }

    /// Discord is going to be told of an interaction.
    pub(super) fn begin(&self, id: InteractionId) -> UnderWay<'_> {
        self.under_way.send_if_modified(|all| all.insert(id));
        UnderWay { all: &self.under_way, id }
    }

    /// Waits until Discord has been told of an interaction, or will not be: only then does it take an answer.
    pub(in super::super) async fn finished(&self, id: InteractionId) {
        let mut under_way = self.under_way.subscribe();
        let over = under_way.wait_for(|all| !all.contains(&id));
        // Whether it came to that or took too long, the answer is tried.
        drop(tokio::time::timeout(PATIENCE, over).await);
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.all.send_if_modified(|all| all.remove(&self.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interaction_is_new_once() {
        let met = Acknowledging::default();
        let id = InteractionId::new(5);
        assert_eq!((met.is_new(id), met.is_new(id), met.is_new(InteractionId::new(6))), (true, false, true));
    }

    #[tokio::test]
    async fn an_answer_waits_until_discord_has_been_told() {
        let acknowledging = Acknowledging::default();
        let id = InteractionId::new(5);
        let under_way = acknowledging.begin(id);
        let waits = acknowledging.finished(id);
        tokio::pin!(waits);
        assert!(futures_util::poll!(&mut waits).is_pending());
        drop(under_way);
        waits.await;
        acknowledging.finished(InteractionId::new(6)).await;
    }
}
