//! Each place's own share of the work: a few errands at a time, and none for a while where every one fails.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::decision::Errand;
use crate::domain::ids::ChannelName;
use crate::domain::time::Timestamp;
use crate::ports::Leased;

/// How many errands of one place run at a time.
const AT_A_TIME: usize = 2;

/// How many more stand in line there.
const IN_LINE: usize = 16;

/// After so many failures in a row a place is left alone for a while, and then tried with one errand.
const FAILURES: u32 = 3;

/// How long it is left alone first; each further failure makes it twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// The places where something is to be done now, or where it lately failed.
#[derive(Default)]
pub(super) struct Places {
    known: Mutex<HashMap<Key, Place>>,
}

/// A channel, and an address there.
type Key = (ChannelName, String);

struct Place {
    turns: Arc<Semaphore>,
    inside: usize,
    failures: u32,
    closed_until: Option<Timestamp>,
}

/// What an errand finds at its place.
pub(super) enum Door {
    /// It runs when its turn comes.
    Open(Turn),
    /// Enough others stand in line.
    Crowded,
    /// The place keeps failing, and is left alone until then.
    Closed(Timestamp),
}

/// An errand's place in the line; let go of when it is dropped.
pub(super) struct Turn {
    places: Arc<Places>,
    key: Key,
    turns: Arc<Semaphore>,
}

impl Places {
    /// Puts an errand in line at its place.
    pub(super) fn enter(self: &Arc<Self>, errand: &Leased, now: Timestamp) -> Door {
        let key = key_of(errand);
        let mut known = self.known();
        let place = known.entry(key.clone()).or_insert_with(Place::new);
        if let Some(until) = place.closed_until.filter(|until| *until > now) {
            return Door::Closed(until);
        }
        let is_on_trial = place.failures >= FAILURES;
        if place.inside >= if is_on_trial { 1 } else { AT_A_TIME + IN_LINE } {
            return Door::Crowded;
        }
        place.inside += 1;
        let turns = Arc::clone(&place.turns);
        drop(known);
        Door::Open(Turn { places: Arc::clone(self), key, turns })
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Place>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_A_TIME)), inside: 0, failures: 0, closed_until: None }
    }
}

impl Turn {
    /// Waits until it is this errand's turn; `None` where the job is over.
    pub(super) async fn comes(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }

    /// Notes how the errand went: whether the place failed.
    pub(super) fn ended(&self, failed: bool, now: Timestamp) {
        let mut known = self.places.known();
        let Some(place) = known.get_mut(&self.key) else { return };
        if !failed {
            (place.failures, place.closed_until) = (0, None);
            return;
        }
        place.failures = place.failures.saturating_add(1);
        if let Some(beyond) = place.failures.checked_sub(FAILURES) {
            let pause = FIRST_PAUSE.saturating_mul(1_u32.checked_shl(beyond).unwrap_or(u32::MAX)).min(LONGEST_PAUSE);
            place.closed_until = Some(now.after(pause));
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut known = self.places.known();
        let Some(place) = known.get_mut(&self.key) else { return };
        place.inside = place.inside.saturating_sub(1);
        if place.inside == 0 && place.failures == 0 {
            known.remove(&self.key);
        }
    }
}

/// Where an errand is done: what operators see in their group's place, everything else where the conversation is now.
fn key_of(errand: &Leased) -> Key {
    let address = match &errand.errand {
        Errand::ShowCard { group, .. } | Errand::RefreshCard { group, .. } | Errand::PostNote { group, .. } => {
            format!("card of {group}")
        }
        _ => errand.room.clone().unwrap_or_else(|| errand.place.clone()),
    };
    (errand.channel.clone(), address)
}
