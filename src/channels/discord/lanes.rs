//! Work in order per place, and bounded in all.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many pieces of work may wait; more wait outside, as the gateway's own tasks.
const ROOM: usize = 1_024;

/// How many places are worked on at the same time.
const HANDS: usize = 32;

/// A piece of work.
pub(super) type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One lane per place. Inside a lane the smallest order goes first: the gateway's library hands events over in tasks of
/// their own, which can overtake each other, and Discord's ids grow with time.
pub(super) struct Lanes {
    waiting: Mutex<HashMap<u64, Lane>>,
    room: Arc<Semaphore>,
    hands: Semaphore,
    arrivals: AtomicU64,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

type Lane = BTreeMap<(u64, u64), Work>;

impl Lanes {
    pub(super) fn new(stopping: CancellationToken) -> Self {
        Self {
            waiting: Mutex::default(),
            room: Arc::new(Semaphore::new(ROOM)),
            hands: Semaphore::new(HANDS),
            arrivals: AtomicU64::new(0),
            tasks: TaskTracker::new(),
            stopping,
        }
    }

    /// Puts work into the lane of a place; waits while there is no room. Work that comes after the stop is dropped.
    pub(super) async fn push(self: &Arc<Self>, place: u64, order: u64, work: Work) {
        let Ok(held) = Arc::clone(&self.room).acquire_owned().await else { return };
        if self.stopping.is_cancelled() {
            return;
        }
        let work: Work = Box::pin(async move {
            work.await;
            drop(held);
        });
        let arrival = self.arrivals.fetch_add(1, Ordering::Relaxed);
        let mut waiting = self.waiting();
        let idle = !waiting.contains_key(&place);
        waiting.entry(place).or_default().insert((order, arrival), work);
        drop(waiting);
        if idle {
            self.tasks.spawn(Arc::clone(self).work_on(place));
        }
    }

    /// Waits until what is under way is finished, but no longer than this. To be called after the stop.
    pub(super) async fn finish(&self, patience: Duration) -> bool {
        self.tasks.close();
        tokio::time::timeout(patience, self.tasks.wait()).await.is_ok()
    }

    async fn work_on(self: Arc<Self>, place: u64) {
        // Events that came in the same burst get the chance to be put in order first.
        tokio::task::yield_now().await;
        loop {
            let Ok(_hand) = self.hands.acquire().await else { return };
            let Some(work) = self.next(place) else { return };
            work.await;
        }
    }

    fn next(&self, place: u64) -> Option<Work> {
        let mut waiting = self.waiting();
        let next = waiting.get_mut(&place).and_then(BTreeMap::pop_first);
        if next.is_none() || self.stopping.is_cancelled() {
            waiting.remove(&place);
            return None;
        }
        next.map(|(_, work)| work)
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<u64, Lane>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
