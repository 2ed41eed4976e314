//! Runs the outbox's errands: in order for each conversation, several conversations at a time, and of each place only a few,
//! so that a place that is slow or fails does not hold up the others.

mod places;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use self::places::{Door, Places, Turn};
use crate::domain::ids::OutboxId;
use crate::domain::obstacle::Obstacle;
use crate::domain::time::Timestamp;
use crate::ports::{Chat, ChatFailure, Clock, Leased, Outbox, Receipted, StoreError};

/// How many errands run at a time.
const ABREAST: usize = 8;

/// How many are taken from the outbox at a time: those that run, and those that stand in line for their place.
const TAKEN: usize = 64;

/// How long an errand may take; its hold in the outbox lasts longer, so that nobody else begins it meanwhile.
const DEADLINE: Duration = Duration::from_secs(30);

/// How long an errand is held.
const HOLD: Duration = Duration::from_mins(1);

/// How long a taken errand stands in line for its place at most: after that its hold is too short to begin it.
const IN_LINE_FOR: Duration = Duration::from_secs(25);

/// When an errand that found its place crowded comes back.
const COMES_BACK: Duration = Duration::from_secs(2);

/// How long the first retry waits; each further one waits twice as long.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// The longest wait between two tries.
const LONGEST_RETRY: Duration = Duration::from_mins(5);

/// For how long an errand is tried before it is given up, and how often at least: one that is tried again by hand, or after a
/// long outage, is old when it begins.
const PATIENCE: Duration = Duration::from_hours(24);
const TRIES_AT_LEAST: u32 = 10;

/// How long the job sleeps at most; a missed wake-up costs no more than this.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// The outbox's job.
pub struct Deliver {
    outbox: Arc<dyn Outbox>,
    chats: Vec<Arc<dyn Chat>>,
    clock: Arc<dyn Clock>,
    places: Arc<Places>,
    hands: Semaphore,
    running: Running,
}

/// The errands that are being run here, until their end is noted. A hold may run out before that: where the machine was put to
/// sleep, or the database's answer took longer than the hold.
#[derive(Default)]
struct Running(Mutex<BTreeSet<OutboxId>>);

/// An errand that is being run.
struct Run<'a>(&'a Running, OutboxId);

impl Running {
    /// `None` where the errand is being run already.
    fn begin(&self, id: OutboxId) -> Option<Run<'_>> {
        let is_new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        is_new.then(|| Run(self, id))
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// How an errand ended this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is done.
    Done,
    /// It will be tried again then.
    Postponed(Timestamp),
    /// It was not begun, since its place was busy.
    PutBack(Timestamp),
    /// It is given up, visibly.
    GivenUp,
}

/// How an errand's task ended.
type Ended = Result<Delivered, StoreError>;

impl Deliver {
    /// The job over these channels.
    #[must_use]
    pub fn new(outbox: Arc<dyn Outbox>, chats: Vec<Arc<dyn Chat>>, clock: Arc<dyn Clock>) -> Arc<Self> {
        let (places, hands) = (Arc::default(), Semaphore::new(ABREAST));
        Arc::new(Self { outbox, chats, clock, places, hands, running: Running::default() })
    }

    /// Runs errands as they fall due until told to stop; what is under way is finished first.
    ///
    /// An errand that takes long holds up its own conversation and nobody else's. `wake` is notified when something new may be in
    /// the outbox; a wake-up that is missed costs a few seconds only.
    pub async fn run(self: Arc<Self>, wake: Arc<Notify>, stop: CancellationToken) {
        let mut under_way = JoinSet::new();
        while !stop.is_cancelled() {
            let pause = match self.begin(&mut under_way).await {
                Ok(pause) => pause,
                Err(failure) => {
                    error!(error = &failure as &dyn std::error::Error, "the outbox could not be read");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                // In a fixed order, so that the same story is told the same way twice.
                biased;
                () = stop.cancelled() => {}
                Some(ended) = under_way.join_next() => tell(ended),
                () = wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
            while let Some(ended) = under_way.try_join_next() {
                tell(ended);
            }
        }
        while let Some(ended) = under_way.join_next().await {
            tell(ended);
        }
    }

    /// Begins as many of the errands that are due as there is room for, and says when to look again.
    async fn begin(self: &Arc<Self>, under_way: &mut JoinSet<Ended>) -> Result<Duration, StoreError> {
        let room = TAKEN.saturating_sub(under_way.len());
        let now = self.clock.now();
        let leased = match u32::try_from(room) {
            Ok(0) | Err(_) => return Ok(LONGEST_SLEEP),
            Ok(limit) => self.outbox.lease(now, now.after(HOLD), limit).await?,
        };
        let is_full = leased.len() == room;
        for errand in leased {
            match self.places.enter(&errand, now) {
                Door::Open(turn) => {
                    let this = Arc::clone(self);
                    under_way.spawn(async move { this.in_turn(&errand, turn).await });
                }
                Door::Crowded => self.leave(errand.id, now.after(COMES_BACK)).await,
                Door::Closed(until) => self.leave(errand.id, until).await,
            }
        }
        Ok(if is_full && !under_way.is_empty() { LONGEST_SLEEP } else { self.pause().await })
    }

    /// Puts back what cannot be begun now. Where not even that can be noted it comes back when its hold runs out, and the others
    /// do not wait for it.
    async fn leave(&self, id: OutboxId, until: Timestamp) {
        if let Err(failure) = self.outbox.put_back(id, until).await {
            error!(outbox.id = %id, error = &failure as &dyn std::error::Error, "an errand could not be put back");
        }
    }

    /// Waits for the errand's turn in its place and for a free hand, then runs it.
    async fn in_turn(&self, errand: &Leased, turn: Turn) -> Ended {
        let waited = timeout(IN_LINE_FOR, async { (turn.comes().await, self.hands.acquire().await) }).await;
        let Ok((Some(_place), Ok(_hand))) = waited else {
            let due = self.clock.now().after(COMES_BACK);
            self.outbox.put_back(errand.id, due).await?;
            return Ok(Delivered::PutBack(due));
        };
        let delivered = self.one(errand).await?;
        turn.ended(matches!(delivered, Delivered::Postponed(_)), self.clock.now());
        Ok(delivered)
    }

    async fn pause(&self) -> Duration {
        if let Ok(stuck) = self.outbox.count_stuck().await {
            metrics::gauge!("firstline_stuck_errands").set(f64::from(u32::try_from(stuck).unwrap_or(u32::MAX)));
        }
        match self.outbox.next_due().await {
            Ok(Some(due)) => due.since(self.clock.now()).clamp(Duration::from_millis(10), LONGEST_SLEEP),
            _ => LONGEST_SLEEP,
        }
    }

    async fn one(&self, errand: &Leased) -> Result<Delivered, StoreError> {
        let started = self.clock.now();
        let Some(_run) = self.running.begin(errand.id) else {
            let failure = ChatFailure::Later { reason: "it is still being run".to_owned(), wait: None };
            return self.put_off(errand, &failure, started).await;
        };
        if errand.attempts > 0 && !self.outbox.still_waits(errand.id).await? {
            // It was given out again while its end was being noted.
            return Ok(Delivered::Done);
        }
        crate::crash_point!("deliver.before_run");
        let ended = self.attempt(errand).await;
        let now = self.clock.now();
        let delivered = match ended {
            Ok(left) => {
                crate::crash_point!("deliver.before_done");
                self.outbox.done(errand, &left, now).await?;
                let wait_ms = now.since(errand.created_at).as_millis();
                let run_ms = now.since(started).as_millis();
                info!(outbox.id = %errand.id, channel = %errand.channel, wait_ms, run_ms, "an errand was run");
                Delivered::Done
            }
            Err(failure) => self.put_off(errand, &failure, now).await?,
        };
        metrics::counter!("firstline_errands_total", "channel" => errand.channel.to_string(), "end" => name_of(&delivered))
            .increment(1);
        Ok(delivered)
    }

    async fn attempt(&self, errand: &Leased) -> Result<Receipted, ChatFailure> {
        let Some(chat) = self.chats.iter().find(|chat| chat.name() == errand.channel) else {
            let reason = format!("the channel {} is switched off", errand.channel);
            return Err(ChatFailure::Later { reason, wait: Some(LONGEST_RETRY) });
        };
        match timeout(DEADLINE, chat.run(errand)).await {
            Ok(ended) => ended,
            Err(_) => Err(ChatFailure::Later { reason: "no answer in time".to_owned(), wait: None }),
        }
    }

    async fn put_off(&self, errand: &Leased, failure: &ChatFailure, now: Timestamp) -> Result<Delivered, StoreError> {
        let is_patient = now.since(errand.created_at) < PATIENCE || errand.attempts < TRIES_AT_LEAST;
        let why = match failure {
            ChatFailure::Later { wait, .. } if is_patient => {
                let due = now.after(wait.unwrap_or_default().max(backoff(errand.attempts, errand.id)));
                self.outbox.postpone(errand.id, due, &failure.to_string()).await?;
                warn!(outbox.id = %errand.id, channel = %errand.channel, attempts = errand.attempts, reason = %failure, "an errand was put off");
                return Ok(Delivered::Postponed(due));
            }
            ChatFailure::Later { .. } => Obstacle::Unanswered,
            ChatFailure::Never { .. } => Obstacle::Other,
            ChatFailure::Stuck { why, .. } => *why,
        };
        self.outbox.give_up(errand.id, why, &failure.to_string(), now).await?;
        error!(outbox.id = %errand.id, channel = %errand.channel, conversation.id = %errand.conversation, why = why.as_str(), reason = %failure, "an errand was given up");
        Ok(Delivered::GivenUp)
    }
}

/// Logs what went wrong around an errand. A panic's own words stay out of the log: they can quote what somebody wrote.
fn tell(ended: Result<Ended, JoinError>) {
    match ended {
        Ok(Ok(_)) => {}
        Ok(Err(failure)) => error!(error = &failure as &dyn std::error::Error, "an errand's end could not be noted"),
        Err(_) => error!("an errand broke off; it is tried again when its hold runs out"),
    }
}

/// How long to wait before try number `attempts + 2`: doubling, and up to a quarter more, by the errand's own number and the
/// try's, so that errands that failed together do not come back together, and the same story runs the same way twice.
fn backoff(attempts: u32, id: OutboxId) -> Duration {
    let doubled = FIRST_RETRY.saturating_mul(1_u32.checked_shl(attempts).unwrap_or(u32::MAX)).min(LONGEST_RETRY);
    let mixed = (id.get().cast_unsigned() ^ u64::from(attempts) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let scattered = u32::try_from(mixed >> 56).unwrap_or(0);
    doubled + doubled / 4 * scattered / 256
}

const fn name_of(delivered: &Delivered) -> &'static str {
    match delivered {
        Delivered::Done => "done",
        Delivered::Postponed(_) => "postponed",
        Delivered::PutBack(_) => "put_back",
        Delivered::GivenUp => "given_up",
    }
}

#[cfg(test)]
mod tests;
