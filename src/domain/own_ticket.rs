//! How an employee's own ticket is told of, and to whom.

use super::ids::TicketNumber;
use super::place::Readers;
use super::ticket::Status;
use super::time::Timestamp;

/// One of an employee's own tickets, as they are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTicket {
    /// Its number.
    pub number: TicketNumber,
    /// What it is about; `None` where that is not for everybody who reads along.
    pub subject: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// The name of the operator who has it.
    pub holder: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

impl OwnTicket {
    /// The ticket as it may be told where these read along; `asked_there` where its question was asked in that very place. What
    /// was asked elsewhere may have been asked alone: of it others see the number and where it stands.
    #[must_use]
    pub fn told_to(self, readers: Readers, asked_there: bool) -> Self {
        match readers {
            Readers::Others if !asked_there => Self { subject: None, holder: None, ..self },
            Readers::Alone | Readers::Others => self,
        }
    }
}
