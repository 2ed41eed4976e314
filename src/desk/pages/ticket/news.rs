//! The news of a ticket, for its operators.

use super::super::failure::Failure;
use super::super::incidents::link_panel;
use super::super::line::{Side, line};
use super::super::queue::asker;
use super::super::reader::Reader;
use super::super::session;
use super::super::stream::{Followed, Outgoing};
use super::{view, work};
use crate::desk::Stir;
use crate::domain::ids::{ConversationId, MessageId, TicketNumber};
use crate::ports::{Hash, TicketSummary};

/// What a ticket's page follows.
pub(super) struct News {
    reader: Reader,
    session: Hash,
    number: TicketNumber,
    conversation: ConversationId,
    after: Option<MessageId>,
}

impl News {
    /// The news of this ticket after this line, as long as the session lasts.
    pub(super) const fn new(reader: Reader, session: Hash, ticket: &TicketSummary, after: Option<MessageId>) -> Self {
        Self { reader, session, number: ticket.number, conversation: ticket.conversation, after }
    }
}

impl Followed for News {
    fn concerns(&self, stir: &Stir) -> bool {
        stir.conversation == self.conversation
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        let (reader, desk) = (&self.reader, self.reader.desk());
        let by = session::still(desk, &self.session).await?.ok_or(Failure::SignedOut)?;
        let view = desk.flows.ticket(self.number, &by).await?;
        let side = Side::Desk { asker: asker(reader, &view.ticket) };
        for recorded in view.lines.iter().filter(|recorded| Some(recorded.line.id) > self.after) {
            out.line(recorded.line.id, line(reader, recorded, side));
        }
        self.after = view.lines.last().map(|recorded| recorded.line.id).max(self.after);
        out.region("state", view::state(reader, &view.ticket));
        out.region("incident", link_panel(reader, &by, &view.ticket));
        out.region("work", work::work(reader, &by, &view.ticket));
        Ok(())
    }
}
