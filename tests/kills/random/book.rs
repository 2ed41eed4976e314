//! What everybody did, so that it can be seen afterwards what became of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use firstline::domain::time::Timestamp;
use firstline::testing::discord::{MessageId, Person, Press, UserId};

/// The book, which everybody writes in.
#[derive(Debug, Default)]
pub(super) struct Book(Mutex<Pages>);

/// What stands in it.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Who asked on Discord.
    pub(super) asked: Vec<Asked>,
    /// What was acknowledged over the API.
    pub(super) sent: Vec<Sent>,
    /// What an operator's client was told to be with the employee.
    pub(super) replied: Vec<Replied>,
    /// What an operator wrote in a thread.
    pub(super) written: Vec<Written>,
    /// What was pressed.
    pub(super) pressed: Vec<Pressed>,
}

/// A question on Discord.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) message: MessageId,
    pub(super) person: Person,
    pub(super) words: String,
}

/// A message over the API, in a conversation that the client was given.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) conversation: String,
    pub(super) words: String,
}

/// An operator's reply over the API.
#[derive(Clone, Debug)]
pub(super) struct Replied {
    pub(super) words: String,
}

/// An operator's words in a thread.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) words: String,
}

/// A pressed button.
#[derive(Clone, Debug)]
pub(super) struct Pressed {
    pub(super) press: Press,
    pub(super) at: Timestamp,
    pub(super) wish: Wish,
}

/// What somebody wanted by pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// This employee wants a person.
    Person(UserId),
    /// An operator takes this ticket.
    Take(i64),
    /// An operator has solved it.
    Resolve(i64),
    /// An operator wants the form in which they say so.
    Form,
}

impl Book {
    /// Opens it.
    pub(super) fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
