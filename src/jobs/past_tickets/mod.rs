//! Follows what happens to tickets and lets those that are solved be found by the operators of later ones.

mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use self::reading::{Taken, read};
use crate::domain::event::Event;
use crate::domain::ids::{ConversationId, EventId};
use crate::domain::time::Timestamp;
use crate::ports::{Clock, PastTickets, PastTicketsError, Store, StoreError};

/// How many events are read at a time.
const PAGE: usize = 1_000;

/// How many tickets are taken in before they are kept, where there are many at once.
const BATCH: usize = 5_000;

/// After how many events without a solved ticket it is kept that they were read.
const READ_IN_VAIN: usize = 50_000;

/// How long ago an event must have happened for none to turn up before it any more.
const SETTLED: Duration = Duration::from_mins(1);

/// How long it rests after a look, so that tickets that are solved together are kept together.
const REST: Duration = Duration::from_secs(1);

/// How long it sleeps at most; a missed wake-up, or a ticket of another instance, costs no more than this.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// Why past tickets could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They could not be written.
    #[error(transparent)]
    PastTickets(#[from] PastTicketsError),
    /// The thread that wrote them ended in the middle.
    #[error("taking past tickets in broke off")]
    BrokeOff,
}

/// The past tickets' job.
pub struct Remember {
    store: Arc<dyn Store>,
    past: Arc<dyn PastTickets>,
    clock: Arc<dyn Clock>,
    /// `None` at first and after trouble: then it is asked how far the past tickets are.
    progress: Option<Progress>,
}

/// How far events were read.
#[derive(Debug, Default)]
struct Progress {
    /// Everything up to this event is taken in, and nothing turns up before it any more.
    settled: Option<EventId>,
    /// What was taken in of what came after.
    beyond: HashSet<EventId>,
    /// How many tickets were taken in and are not kept yet.
    unkept: usize,
    /// How many events were read since something was kept.
    read: usize,
}

impl Remember {
    /// The job that fills `past` from the store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, past: Arc<dyn PastTickets>, clock: Arc<dyn Clock>) -> Self {
        Self { store, past, clock, progress: None }
    }

    /// Takes in what is solved as it is solved, until told to stop. `wake` is notified when a ticket may have been solved or
    /// opened again; a wake-up that is missed costs a few seconds only.
    pub async fn run(mut self, wake: Arc<Notify>, stop: CancellationToken) {
        let mut was_well = true;
        while !stop.is_cancelled() {
            let looked = self.catch_up(&stop).await;
            let well = looked.is_ok();
            match looked {
                Err(Trouble::PastTickets(PastTicketsError::Elsewhere)) if was_well => {
                    warn!("another program keeps past tickets in this data folder; they are found here, and filled there");
                }
                Err(trouble) if was_well => {
                    error!(error = &trouble as &dyn std::error::Error, "past tickets could not be taken in; it is tried again");
                }
                Err(trouble) => debug!(%trouble, "past tickets could still not be taken in"),
                Ok(()) if !was_well => info!("past tickets are taken in again"),
                Ok(()) => {}
            }
            was_well = well;
            let rest = async {
                tokio::time::sleep(REST).await;
                // Nothing that happens makes an attempt come earlier where the last one failed.
                let woken = async { if well { wake.notified().await } else { std::future::pending().await } };
                // A sleep that runs out is as good as being woken.
                let _ = tokio::time::timeout(LONGEST_SLEEP, woken).await;
            };
            stop.run_until_cancelled(rest).await;
        }
    }

    /// Takes in everything that was solved or opened again up to now, or until told to stop, and keeps it.
    ///
    /// # Errors
    /// [`Trouble`]; what was not kept is taken in again the next time.
    pub async fn catch_up(&mut self, stop: &CancellationToken) -> Result<(), Trouble> {
        let mut progress = match self.progress.take() {
            Some(progress) => progress,
            None => Progress { settled: self.blocking(|past| past.prepare()).await?, ..Progress::default() },
        };
        let followed = self.follow(&mut progress, stop).await;
        // After a failure of the store all that was told still waits to be kept, and the progress says what that is.
        if matches!(followed, Ok(()) | Err(Trouble::Store(_))) {
            self.progress = Some(progress);
        }
        followed
    }

    async fn follow(&self, progress: &mut Progress, stop: &CancellationToken) -> Result<(), Trouble> {
        let settled_before = self.clock.now().before(SETTLED);
        let (mut after, mut all_settled, mut tickets) = (progress.settled, true, 0);
        loop {
            let page = self.store.events_after(after, u32::try_from(PAGE).unwrap_or(u32::MAX)).await?;
            let Some((_, last)) = page.last() else { break };
            after = Some(last.id);
            let taken = self.take_in(progress.new_of(&page)).await?;
            tickets += taken;
            all_settled = progress.pass(&page, all_settled.then_some(settled_before));
            progress.unkept += taken;
            if progress.unkept >= BATCH || progress.read >= READ_IN_VAIN {
                self.keep(progress).await?;
                info!(tickets, found = self.past.size(), "past tickets are being taken in");
            }
            if page.len() < PAGE || stop.is_cancelled() {
                break;
            }
        }
        if progress.unkept > 0 {
            self.keep(progress).await?;
            debug!(tickets, found = self.past.size(), "past tickets were taken in");
        }
        Ok(())
    }

    /// Takes in the tickets of these conversations as they are now, and says how many.
    async fn take_in(&self, conversations: BTreeSet<ConversationId>) -> Result<usize, Trouble> {
        let mut taken = Taken::default();
        for id in conversations {
            match read(&*self.store, id).await {
                Ok(of_one) => taken.extend(of_one),
                Err(StoreError::Unreadable { what, detail }) => {
                    warn!(conversation.id = %id, what, detail, "a past ticket cannot be read and is left out");
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        let count = taken.count();
        if count > 0 {
            self.blocking(move |past| past.forget(&taken.open).and_then(|()| past.remember(taken.solved))).await?;
        }
        Ok(count)
    }

    async fn keep(&self, progress: &mut Progress) -> Result<(), Trouble> {
        crate::crash_point!("past_tickets.before_keep");
        let settled = progress.settled;
        self.blocking(move |past| past.keep(settled)).await?;
        (progress.unkept, progress.read) = (0, 0);
        Ok(())
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn PastTickets) -> Result<T, PastTicketsError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let past = Arc::clone(&self.past);
        let done = spawn_blocking(move || work(&*past)).await;
        Ok(done.map_err(|_| Trouble::BrokeOff)??)
    }
}

impl Progress {
    /// The conversations in which a ticket was solved or opened again, by an event that was not seen yet.
    fn new_of(&self, page: &[(ConversationId, Event)]) -> BTreeSet<ConversationId> {
        let new = page.iter().filter(|(_, event)| event.what.settles() && !self.beyond.contains(&event.id));
        new.map(|(id, _)| *id).collect()
    }

    /// Notes that a page is taken in. Where everything before it is settled, so is what happened before that moment, up to
    /// the first event that did not. Says whether all of it is.
    fn pass(&mut self, page: &[(ConversationId, Event)], settled_before: Option<Timestamp>) -> bool {
        let is_settled = |event: &Event| settled_before.is_some_and(|moment| event.at <= moment);
        let settled = page.iter().take_while(|(_, event)| is_settled(event)).count();
        if let Some((_, last)) = settled.checked_sub(1).and_then(|last| page.get(last)) {
            self.settled = Some(last.id);
            self.beyond.retain(|event| *event > last.id);
        }
        self.read += settled;
        self.beyond.extend(page[settled..].iter().filter(|(_, event)| event.what.settles()).map(|(_, event)| event.id));
        settled == page.len()
    }
}
