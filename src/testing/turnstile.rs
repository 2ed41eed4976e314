//! The turnstile: whoever leaves the program waits there for a turn, and one at a time is let through.
//!
//! While a call is outside, time stands still, and nobody else moves. So the order of calls, which is all that an interleaving is
//! here, is the order in which turns are given, although the database has threads and the platform has sockets.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

thread_local! {
    /// The turnstile of the simulation that runs on this thread. Its runtime has this one thread, so everything that the program
    /// does happens here.
    static HERE: RefCell<Option<Arc<Turnstile>>> = const { RefCell::new(None) };
}

tokio::task_local! {
    /// Set for the simulation's own calls, which need no turn.
    static ASIDE: ();
}

/// Those who wait for their turn, in the order of their coming.
#[derive(Debug, Default)]
pub(super) struct Turnstile(Mutex<Vec<Waiting>>);

#[derive(Debug)]
struct Waiting {
    what: &'static str,
    go: oneshot::Sender<Turn>,
}

/// A turn that was given. The call is over when it is dropped.
#[derive(Debug)]
struct Turn {
    course: Course,
    _over: oneshot::Sender<()>,
}

/// How a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// As it should.
    Well,
    /// It fails, and nothing was done.
    Refused,
    /// It is done, and fails all the same.
    ReplyLost,
    /// It is done, and its answer comes this much later.
    Slow(Duration),
}

/// Makes a call to something outside, when it is its turn and as the turn goes; at once where no simulation runs.
pub(crate) async fn pass<T, E>(
    what: &'static str,
    call: impl Future<Output = Result<T, E>>,
    failure: impl FnOnce() -> E,
) -> Result<T, E> {
    let Some(turnstile) = HERE.with_borrow(Clone::clone) else { return call.await };
    if ASIDE.try_with(|()| ()).is_ok() {
        return standing_still(call).await;
    }
    let Ok(turn) = turnstile.queue(what).await else { return std::future::pending().await };
    let ended = match turn.course {
        Course::Refused => return Err(failure()),
        Course::Well | Course::ReplyLost | Course::Slow(_) => standing_still(call).await,
    };
    let course = turn.course;
    drop(turn);
    match course {
        Course::Slow(span) => tokio::time::sleep(span).await,
        Course::ReplyLost => return Err(failure()),
        Course::Well | Course::Refused => {}
    }
    ended
}

/// Waits for something that takes real time; paused time does not go on meanwhile.
pub(super) async fn standing_still<T>(outside: impl Future<Output = T>) -> T {
    let (over, wait) = mpsc::channel::<()>();
    // The runtime's paused time stands still for as long as blocking work is under way.
    drop(tokio::task::spawn_blocking(move || wait.recv()));
    let ended = outside.await;
    drop(over);
    ended
}

/// Does something of the simulation's own, for which nobody waits at the turnstile.
pub(super) async fn aside<T>(own: impl Future<Output = T>) -> T {
    ASIDE.scope((), own).await
}

impl Turnstile {
    /// A turnstile for everything on this thread, in the place of any that is there.
    pub(super) fn set_up() -> Arc<Self> {
        let turnstile = Arc::new(Self::default());
        HERE.set(Some(Arc::clone(&turnstile)));
        turnstile
    }

    /// Takes it away.
    pub(super) fn take_down() {
        HERE.set(None);
    }

    fn queue(&self, what: &'static str) -> oneshot::Receiver<Turn> {
        let (go, turn) = oneshot::channel();
        self.waiting().push(Waiting { what, go });
        turn
    }

    /// What those want who wait, in the order of their coming.
    pub(super) fn wishes(&self) -> Vec<&'static str> {
        let mut waiting = self.waiting();
        waiting.retain(|one| !one.go.is_closed());
        waiting.iter().map(|one| one.what).collect()
    }

    /// Gives the turn to the one at this place of the queue, and returns when the call is over.
    pub(super) async fn let_through(&self, place: usize, course: Course) {
        let (over, ended) = oneshot::channel();
        let next = self.waiting().remove(place);
        if next.go.send(Turn { course, _over: over }).is_ok() {
            // It ends by being dropped.
            drop(ended.await);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
