//! Work in order per place, and bounded in all.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, warn};

/// How many pieces of work may wait. Messages beyond that are left to be read by REST.
const ROOM: usize = 1_024;

/// How many places are worked on at the same time.
const HANDS: usize = 32;

/// How long whatever is no message waits for room: a press is worth no more than that.
const PATIENCE_FOR_ROOM: Duration = Duration::from_secs(20);

/// How long something that Discord waits three seconds for lets go first what came before it.
const HELD_UP: Duration = Duration::from_millis(1_500);

/// A piece of work.
pub(super) type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One lane per place. Inside a lane the smallest order goes first: the gateway's library hands events over in tasks of
/// their own, which can overtake each other, and Discord's ids grow with time.
pub(super) struct Lanes {
    waiting: Mutex<HashMap<u64, Lane>>,
    unfinished: watch::Sender<BTreeSet<Turn>>,
    room: Arc<Semaphore>,
    hands: Semaphore,
    arrivals: AtomicU64,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

/// A piece of work's order, and when it arrived among those of the same order.
type Turn = (u64, u64);

type Lane = BTreeMap<Turn, Work>;

/// Until when something that came just now, and that somebody waits for, lets go first what came before it.
pub(super) fn soon() -> Instant {
    Instant::now() + HELD_UP
}

impl Lanes {
    pub(super) fn new(stopping: CancellationToken) -> Self {
        Self {
            waiting: Mutex::default(),
            unfinished: watch::Sender::default(),
            room: Arc::new(Semaphore::new(ROOM)),
            hands: Semaphore::new(HANDS),
            arrivals: AtomicU64::new(0),
            tasks: TaskTracker::new(),
            stopping,
        }
    }

    /// Puts work into the lane of a place; waits a while where there is no room. Whether there was: work for which there was none
    /// is dropped, and so is what comes after the stop.
    pub(super) async fn push(self: &Arc<Self>, place: u64, order: u64, work: Work) -> bool {
        let Some(held) = self.room_for(place).await else { return false };
        self.queue(place, order, work, held);
        true
    }

    /// Puts work that somebody waits for into the lane of a place: what has not had its turn by then is done out of turn.
    pub(super) async fn push_awaited(self: &Arc<Self>, place: u64, order: u64, latest: Instant, work: Work) {
        let Some(held) = self.room_for(place).await else { return };
        let Some(turn) = self.queue(place, order, work, held) else { return };
        let lanes = Arc::clone(self);
        self.tasks.spawn(async move {
            tokio::select! {
                () = lanes.stopping.cancelled() => return,
                () = tokio::time::sleep_until(latest) => {}
            }
            let held_up = lanes.waiting().get_mut(&place).and_then(|lane| lane.remove(&turn));
            if let Some(work) = held_up {
                lanes.carry_out(place, turn, work).await;
            }
        });
    }

    async fn room_for(&self, place: u64) -> Option<OwnedSemaphorePermit> {
        let room = tokio::time::timeout(PATIENCE_FOR_ROOM, Arc::clone(&self.room).acquire_owned()).await;
        if let Ok(Ok(held)) = room {
            return Some(held);
        }
        warn!(place, "there was no room for something from Discord, and it was dropped");
        None
    }

    /// Puts work into the lane of a place, where there is room at once.
    pub(super) fn try_push(self: &Arc<Self>, place: u64, order: u64, work: Work) -> bool {
        let held = Arc::clone(&self.room).try_acquire_owned();
        held.map(|held| self.queue(place, order, work, held)).is_ok()
    }

    /// Puts work into the lane of a place after a pause.
    pub(super) fn later(self: &Arc<Self>, pause: Duration, place: u64, work: Work) {
        let lanes = Arc::clone(self);
        self.tasks.spawn(async move {
            tokio::select! {
                () = lanes.stopping.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            tokio::select! {
                () = lanes.stopping.cancelled() => {}
                held = Arc::clone(&lanes.room).acquire_owned() => if let Ok(held) = held {
                    lanes.queue(place, 0, work, held);
                },
            }
        });
    }

    /// The work's turn; `None` after the stop.
    fn queue(self: &Arc<Self>, place: u64, order: u64, work: Work, held: OwnedSemaphorePermit) -> Option<Turn> {
        if self.stopping.is_cancelled() {
            return None;
        }
        let work: Work = Box::pin(async move {
            work.await;
            drop(held);
        });
        let turn = (order, self.arrivals.fetch_add(1, Ordering::Relaxed));
        self.unfinished.send_if_modified(|turns| turns.insert(turn));
        let mut waiting = self.waiting();
        let idle = !waiting.contains_key(&place);
        waiting.entry(place).or_default().insert(turn, work);
        drop(waiting);
        if idle {
            self.tasks.spawn(Arc::clone(self).work_on(place));
        }
        Some(turn)
    }

    /// Waits until everything of a smaller order is finished in every lane, but no longer than this: for work in one place that
    /// changes what words in another place mean. Catching up, which has the order 0, is not waited for.
    pub(super) async fn after_what_came_before(&self, order: u64, latest: Instant) {
        let mut unfinished = self.unfinished.subscribe();
        let nothing_before = unfinished.wait_for(|turns| turns.range((1, 0)..(order, 0)).next().is_none());
        // Whether it came to that or took too long, the work goes on.
        drop(tokio::time::timeout_at(latest, nothing_before).await);
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
            let Some((turn, work)) = self.next(place) else { return };
            self.carry_out(place, turn, work).await;
        }
    }

    async fn carry_out(&self, place: u64, turn: Turn, work: Work) {
        if AssertUnwindSafe(work).catch_unwind().await.is_err() {
            error!(place, "work on something from Discord panicked; its place goes on without it");
        }
        self.unfinished.send_if_modified(|turns| turns.remove(&turn));
    }

    fn next(&self, place: u64) -> Option<(Turn, Work)> {
        let mut waiting = self.waiting();
        let next = waiting.get_mut(&place).and_then(BTreeMap::pop_first);
        if next.is_none() || self.stopping.is_cancelled() {
            waiting.remove(&place);
            return None;
        }
        next
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<u64, Lane>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, oneshot};

    use super::*;

    #[tokio::test]
    async fn a_place_is_worked_on_in_the_order_of_its_ids_and_a_panic_does_not_stop_it() {
        let lanes = Arc::new(Lanes::new(CancellationToken::new()));
        let (done, mut heard) = mpsc::unbounded_channel();
        for order in [3, 1, 2] {
            let done = done.clone();
            let work = Box::pin(async move {
                done.send(order).unwrap();
                assert_ne!(order, 1, "one of them fails");
            });
            lanes.push(7, order, work).await;
        }
        let order = [heard.recv().await, heard.recv().await, heard.recv().await];
        assert_eq!(order, [Some(1), Some(2), Some(3)]);
    }

    #[tokio::test]
    async fn a_place_that_waits_does_not_hold_up_another() {
        let lanes = Arc::new(Lanes::new(CancellationToken::new()));
        let (free, held) = oneshot::channel::<()>();
        let (done, finished) = oneshot::channel();
        lanes.push(1, 1, Box::pin(async move { drop(held.await) })).await;
        lanes.push(2, 1, Box::pin(async move { done.send(()).unwrap() })).await;
        finished.await.unwrap();
        drop(free);
    }

    #[tokio::test]
    async fn what_depends_on_earlier_words_elsewhere_waits_for_them() {
        let lanes = Arc::new(Lanes::new(CancellationToken::new()));
        let (free, held) = oneshot::channel::<()>();
        let (done, mut heard) = mpsc::unbounded_channel();
        let (words, press, waiting) = (done.clone(), done, Arc::clone(&lanes));
        let said = async move {
            drop(held.await);
            words.send("words").unwrap();
        };
        let pressed = async move {
            waiting.after_what_came_before(2, soon()).await;
            press.send("press").unwrap();
        };
        lanes.push(1, 1, Box::pin(said)).await;
        lanes.push(2, 2, Box::pin(pressed)).await;
        drop(free);
        assert_eq!((heard.recv().await, heard.recv().await), (Some("words"), Some("press")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_somebody_waits_for_is_not_held_up_for_long_and_is_done_once() {
        let lanes = Arc::new(Lanes::new(CancellationToken::new()));
        let (free, held) = oneshot::channel::<()>();
        let (done, mut heard) = mpsc::unbounded_channel();
        let (slow, press, words) = (done.clone(), done.clone(), done);
        let slow = async move {
            drop(held.await);
            slow.send("a download").unwrap();
        };
        lanes.push(1, 1, Box::pin(slow)).await;
        lanes.push_awaited(1, 2, soon(), Box::pin(async move { press.send("a press").unwrap() })).await;
        lanes.push(1, 3, Box::pin(async move { words.send("words").unwrap() })).await;
        assert_eq!(heard.recv().await, Some("a press"));
        drop(free);
        assert_eq!((heard.recv().await, heard.recv().await, heard.recv().await), (Some("a download"), Some("words"), None));
    }

    #[tokio::test]
    async fn what_somebody_waits_for_has_its_turn_where_nothing_holds_it_up() {
        let lanes = Arc::new(Lanes::new(CancellationToken::new()));
        let (done, mut heard) = mpsc::unbounded_channel();
        let (before, press) = (done.clone(), done);
        lanes.push_awaited(1, 2, soon(), Box::pin(async move { press.send("a press").unwrap() })).await;
        lanes.push(1, 1, Box::pin(async move { before.send("words").unwrap() })).await;
        assert_eq!((heard.recv().await, heard.recv().await), (Some("words"), Some("a press")));
    }

    #[tokio::test]
    async fn stopping_finishes_what_is_under_way_and_drops_what_waits() {
        let stop = CancellationToken::new();
        let lanes = Arc::new(Lanes::new(stop.clone()));
        let (free, held) = oneshot::channel::<()>();
        let (started, begun) = oneshot::channel();
        let (done, mut heard) = mpsc::unbounded_channel();
        let second = done.clone();
        let first = async move {
            started.send(()).unwrap();
            drop(held.await);
            done.send("first").unwrap();
        };
        lanes.push(1, 1, Box::pin(first)).await;
        lanes.push(1, 2, Box::pin(async move { second.send("second").unwrap() })).await;
        begun.await.unwrap();
        stop.cancel();
        drop(free);
        assert!(lanes.finish(Duration::from_secs(5)).await);
        assert_eq!((heard.recv().await, heard.recv().await), (Some("first"), None));
    }
}
