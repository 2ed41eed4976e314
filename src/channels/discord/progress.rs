//! Which places have still to be read since the gateway's latest session began.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a place that was not read yet comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owed {
    /// It is on its way.
    Soon,
    /// It could not be read yet: what comes from there meanwhile is left to the reading, so that it keeps its order.
    Behind,
    /// Once somebody writes there: nobody has for long.
    OnceHeard,
}

/// What has still to be read. Watermarks are moved where nothing has: elsewhere an older message may be unread.
#[derive(Default)]
pub(super) struct Progress(Mutex<State>);

#[derive(Default)]
struct State {
    session: u64,
    /// Whether it is known which places there are to read.
    is_listed: bool,
    owed: HashMap<u64, Owed>,
    /// The places in which the bot was spoken to for the first time since the session began.
    fresh: HashSet<u64>,
}

impl Progress {
    /// A new session began: what came before it may not have been heard. Gives back its number.
    pub(super) fn begin(&self) -> u64 {
        let mut state = self.state();
        let session = state.session + 1;
        *state = State { session, ..State::default() };
        session
    }

    /// These are the places to read, as far as the session goes.
    pub(super) fn owe_all(&self, session: u64, places: impl IntoIterator<Item = (u64, Owed)>) {
        let mut state = self.state();
        if state.session == session {
            state.owed.extend(places);
            state.is_listed = true;
        }
    }

    /// A place has to be read; whether it fell behind only now.
    pub(super) fn owe(&self, place: u64, how: Owed) -> bool {
        self.state().owed.insert(place, how) != Some(Owed::Behind)
    }

    /// Whether what comes from a place now is left to its reading.
    pub(super) fn is_behind(&self, place: u64) -> bool {
        self.state().owed.get(&place) == Some(&Owed::Behind)
    }

    /// The bot was spoken to for the first time in a place.
    pub(super) fn begins(&self, place: u64) {
        self.state().fresh.insert(place);
    }

    /// Whether a place began since the session did, told once.
    pub(super) fn has_begun(&self, place: u64) -> bool {
        self.state().fresh.remove(&place)
    }

    /// Whether it is known which places there are to read.
    pub(super) fn is_listed(&self) -> bool {
        self.state().is_listed
    }

    /// Somebody wrote there; whether it is to be read now because of that.
    pub(super) fn wake(&self, place: u64) -> bool {
        let mut state = self.state();
        match state.owed.get_mut(&place) {
            Some(owed @ Owed::OnceHeard) => {
                *owed = Owed::Soon;
                true
            }
            Some(Owed::Soon | Owed::Behind) | None => false,
        }
    }

    /// The place is read to its end, as far as the session goes.
    pub(super) fn read(&self, place: u64, session: u64) {
        let mut state = self.state();
        if state.session == session {
            state.owed.remove(&place);
        }
    }

    pub(super) fn session(&self) -> u64 {
        self.state().session
    }

    pub(super) fn is_read(&self, place: u64) -> bool {
        let state = self.state();
        state.is_listed && !state.owed.contains_key(&place)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_once_it_is_listed_and_owes_nothing() {
        let progress = Progress::default();
        assert!(!progress.is_read(1), "nobody knows yet");
        let session = progress.begin();
        progress.owe_all(session, [(1, Owed::Soon), (2, Owed::OnceHeard)]);
        assert!(!progress.is_read(1) && !progress.is_read(2) && progress.is_read(3));
        progress.read(1, session);
        assert!(progress.is_read(1));
        assert!(progress.wake(2) && !progress.wake(2), "only the first to write there wakes it");
        assert!(progress.owe(3, Owed::Behind) && !progress.owe(3, Owed::Behind) && progress.is_behind(3));
    }

    #[test]
    fn that_a_place_has_begun_is_told_once() {
        let progress = Progress::default();
        progress.begin();
        progress.begins(1);
        assert!(progress.has_begun(1) && !progress.has_begun(1) && !progress.has_begun(2));
        progress.begins(1);
        progress.begin();
        assert!(!progress.has_begun(1), "the next session is told of the place");
    }

    #[test]
    fn what_an_earlier_session_read_does_not_count() {
        let progress = Progress::default();
        let before = progress.begin();
        let session = progress.begin();
        progress.owe_all(before, [(9, Owed::Soon)]);
        progress.owe_all(session, [(1, Owed::Soon)]);
        progress.read(1, before);
        assert!(!progress.is_read(1) && progress.is_read(9));
    }
}
