//! Solved tickets by what was asked and what solved them, beside the articles and with the same normal forms.
//!
//! In reading order: `reading` makes normal forms, `shelf` is the index on disk and how it is filled, `find` looks for a
//! question's rarest words in it, `top` keeps the best of what may be seen.

mod find;
mod reading;
mod shelf;
#[cfg(test)]
mod tests;
mod top;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::TantivyError;
use tracing::error;

use crate::domain::ids::{EventId, TicketId};
use crate::ports::{PastTicket, PastTickets, PastTicketsError, Resembled, SimilarTicket};

use super::SearchError;
use find::Finder;
use reading::Reading;
use shelf::{Filling, Shelf};

/// The past tickets, in a folder or in memory.
pub struct TicketIndex {
    folder: Option<PathBuf>,
    reading: Reading,
    /// What can be found; `None` until it is made ready.
    shelf: RwLock<Option<Shelf>>,
    /// `None` until it is made ready, and after a failure.
    filling: Mutex<Option<Filling>>,
}

impl std::fmt::Debug for TicketIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TicketIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl TicketIndex {
    /// The index in `folder`. Nothing is read before it is made ready, so that a large one keeps nobody from starting.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder), reading: Reading::new(), shelf: RwLock::default(), filling: Mutex::default() }
    }

    /// An index that is forgotten with the process.
    ///
    /// # Errors
    /// [`SearchError`] where there is no memory for it.
    pub fn in_memory() -> Result<Self, SearchError> {
        let shelf = RwLock::new(Some(Shelf::in_memory()?));
        Ok(Self { folder: None, reading: Reading::new(), shelf, filling: Mutex::default() })
    }

    fn finder(&self) -> Option<Finder> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(Finder::new)
    }

    fn open(&self) -> tantivy::Result<Shelf> {
        let known = self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone();
        match (&self.folder, known) {
            (Some(folder), _) => Shelf::open(folder),
            (None, Some(known)) => Ok(known),
            (None, None) => Shelf::in_memory(),
        }
    }

    fn filling(&self) -> MutexGuard<'_, Option<Filling>> {
        self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fills; after a failure it has to be made ready again.
    fn fill(&self, with: impl FnOnce(&mut Filling) -> tantivy::Result<()>) -> Result<(), PastTicketsError> {
        let mut filling = self.filling();
        let filled = with(filling.as_mut().ok_or(PastTicketsError::Unprepared)?);
        if filled.is_err() {
            *filling = None;
        }
        filled.map_err(failed)
    }
}

impl PastTickets for TicketIndex {
    fn similar(&self, to: &Resembled<'_>) -> Vec<SimilarTicket> {
        let Some(finder) = self.finder() else { return Vec::new() };
        let found = finder.similar(&self.reading.question(to.question.as_str()), to);
        found.unwrap_or_else(|error| {
            error!(%error, "the index of past tickets cannot be read");
            Vec::new()
        })
    }

    fn size(&self) -> u64 {
        self.finder().map_or(0, |finder| finder.size())
    }

    fn prepare(&self) -> Result<Option<EventId>, PastTicketsError> {
        let mut filling = self.filling();
        // Whoever fills holds the folder's lock until it is let go of.
        *filling = None;
        let opened = self.open().map_err(failed)?;
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = Some(opened.clone());
        let up_to = opened.up_to().map_err(failed)?;
        *filling = Some(opened.fill().map_err(failed)?);
        Ok(up_to)
    }

    fn remember(&self, tickets: Vec<PastTicket>) -> Result<(), PastTicketsError> {
        self.fill(|filling| tickets.iter().try_for_each(|ticket| filling.remember(ticket, &self.reading)))
    }

    fn forget(&self, tickets: &[TicketId]) -> Result<(), PastTicketsError> {
        self.fill(|filling| {
            for ticket in tickets {
                filling.forget(*ticket);
            }
            Ok(())
        })
    }

    fn keep(&self, up_to: Option<EventId>) -> Result<(), PastTicketsError> {
        self.fill(|filling| filling.keep(up_to))
    }
}

fn failed(error: TantivyError) -> PastTicketsError {
    match error {
        TantivyError::LockFailure(..) => PastTicketsError::Elsewhere,
        error => PastTicketsError::Engine(Box::new(error)),
    }
}
