//! An employee looks after their own tickets.

use tracing::info;

use super::{ATTEMPTS, FlowError, Flows, Pressed};
use crate::domain::conversation::{Conversation, Phase};
use crate::domain::decision::Receipt;
use crate::domain::history::{Step, history};
use crate::domain::ids::{EmployeeId, TicketNumber};
use crate::domain::message::{Action, Redacted, Visibility};
use crate::domain::{employee_side, own_side};
use crate::ports::{Committed, Recorded, TicketSummary};

/// A ticket as its own employee reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTicketView {
    /// The ticket.
    pub ticket: TicketSummary,
    /// What was said, oldest first, without the desk's notes.
    pub lines: Vec<Recorded>,
    /// What became of it, oldest first.
    pub history: Vec<Step>,
    /// Whether the employee can add something to it now.
    pub can_add: bool,
    /// Whether the employee can reopen it now.
    pub can_reopen: bool,
    /// Whether the employee can say that it is solved now.
    pub can_close: bool,
}

/// How something ended that an employee did with a ticket of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// It is kept.
    Kept,
    /// It is so already, or the same had been received before.
    Already,
    /// The ticket does not stand so that it could be done: it is resolved, or a newer one took its place.
    TooLate,
}

impl From<Pressed> for Own {
    fn from(pressed: Pressed) -> Self {
        match pressed {
            Pressed::Kept => Self::Kept,
            Pressed::SeenBefore => Self::Already,
            Pressed::TooLate => Self::TooLate,
        }
    }
}

impl Flows {
    /// The employee's own ticket with what was said and what became of it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none, or it is another employee's.
    pub async fn own_ticket(&self, number: TicketNumber, by: &EmployeeId) -> Result<OwnTicketView, FlowError> {
        let (ticket, conversation) = self.own(number, by).await?;
        let lines = self.store.lines(conversation.id, None, Visibility::Everyone).await?;
        let history = history(ticket.id, &self.store.events(conversation.id).await?);
        let is_latest = conversation.ticket.as_ref().is_some_and(|latest| latest.id == ticket.id);
        let can_add = is_latest && conversation.open_ticket().is_some();
        let can_reopen = is_latest && employee_side::offers(&conversation, &Action::ResolvedNo);
        let can_close = can_add || is_latest && employee_side::offers(&conversation, &Action::ResolvedYes);
        Ok(OwnTicketView { ticket, lines, history, can_add, can_reopen, can_close })
    }

    /// Adds something to the employee's own ticket while it is open, once for each receipt. A snooze ends with it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, or it is another employee's; otherwise the store's failures.
    pub async fn add(
        &self,
        number: TicketNumber,
        by: &EmployeeId,
        text: Redacted,
        receipt: Option<Receipt>,
    ) -> Result<Own, FlowError> {
        for _ in 0..ATTEMPTS {
            let (ticket, conversation) = self.own(number, by).await?;
            if self.seen_before(receipt.as_ref()).await?.is_some() {
                return Ok(Own::Already);
            }
            if conversation.ticket.as_ref().is_none_or(|latest| latest.id != ticket.id) {
                return Ok(Own::TooLate);
            }
            let mut moment = self.moment();
            let decision = employee_side::add(&conversation, text.clone(), receipt.clone(), &mut moment);
            let Some(decision) = decision else { return Ok(Own::TooLate) };
            match self.keep(&decision).await? {
                Committed::Done => {
                    info!(ticket.number = %number, "an employee added something to a ticket");
                    return Ok(Own::Kept);
                }
                Committed::SeenBefore(_) => return Ok(Own::Already),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// Reopens the employee's own ticket; what is said then answers the receipt.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, or it is another employee's; otherwise the store's failures.
    pub async fn reopen(&self, number: TicketNumber, by: &EmployeeId, receipt: Option<Receipt>) -> Result<Own, FlowError> {
        let (ticket, conversation) = self.own(number, by).await?;
        match conversation.ticket {
            Some(latest) if latest.id == ticket.id && conversation.phase == Phase::WithDesk => return Ok(Own::Already),
            Some(latest) if latest.id == ticket.id => {}
            _ => return Ok(Own::TooLate),
        }
        Ok(self.press(conversation.id, by, &Action::ResolvedNo, receipt).await?.into())
    }

    /// The employee says that their own ticket is solved, whether or not the desk has resolved it; what is said then answers the
    /// receipt.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, or it is another employee's; otherwise the store's failures.
    pub async fn close(&self, number: TicketNumber, by: &EmployeeId, receipt: Option<Receipt>) -> Result<Own, FlowError> {
        for _ in 0..ATTEMPTS {
            let (ticket, conversation) = self.own(number, by).await?;
            if self.seen_before(receipt.as_ref()).await?.is_some() {
                return Ok(Own::Already);
            }
            match &conversation.ticket {
                Some(latest) if latest.id == ticket.id && conversation.phase == Phase::Ended => return Ok(Own::Already),
                Some(latest) if latest.id == ticket.id => {}
                _ => return Ok(Own::TooLate),
            }
            if conversation.phase == Phase::Resolved {
                return Ok(self.press(conversation.id, by, &Action::ResolvedYes, receipt).await?.into());
            }
            let decision = own_side::close(&conversation, receipt.clone(), &self.policy, &mut self.moment());
            let Some(decision) = decision else { return Ok(Own::TooLate) };
            match self.keep(&decision).await? {
                Committed::Done => {
                    info!(ticket.number = %number, "an employee closed a ticket");
                    return Ok(Own::Kept);
                }
                Committed::SeenBefore(_) => return Ok(Own::Already),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    async fn own(&self, number: TicketNumber, by: &EmployeeId) -> Result<(TicketSummary, Conversation), FlowError> {
        let conversation = self.store.conversation_of(number).await?;
        let own = conversation.filter(|conversation| conversation.employee.id == *by).ok_or(FlowError::NotFound)?;
        let ticket = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
        Ok((ticket, own))
    }
}
