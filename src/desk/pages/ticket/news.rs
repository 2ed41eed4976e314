//! The news of a ticket, for its operators.

use std::time::Duration;

use super::super::failure::Failure;
use super::super::incidents::link_panel;
use super::super::line::{Side, line};
use super::super::queue::asker;
use super::super::reader::Reader;
use super::super::session::{self, SignedIn};
use super::super::stream::{Followed, Outgoing};
use super::super::typing::{self, Told};
use super::spot::Spot;
use super::{facts, work};
use crate::desk::{Seat, Stir};
use crate::domain::ids::{ConversationId, MessageId, TicketNumber};
use crate::ports::{Hash, TicketSummary};

/// What a ticket's page follows. As long as it does, its operator is seen to look at the ticket.
pub(super) struct News {
    reader: Reader,
    session: Hash,
    number: TicketNumber,
    conversation: ConversationId,
    after: Option<MessageId>,
    beside: String,
    told: Told,
    stale_in: Option<Duration>,
    _seat: Seat,
}

impl News {
    /// The news of this ticket after this line, as long as the session lasts.
    pub(super) fn new(reader: Reader, by: SignedIn, ticket: &TicketSummary, after: Option<MessageId>, beside: String) -> Self {
        let seat = reader.desk().presence().looks(ticket.conversation, &by.operator);
        let (number, conversation) = (ticket.number, ticket.conversation);
        let (told, stale_in) = (Told::default(), None);
        Self { reader, session: by.hash, number, conversation, after, beside, told, stale_in, _seat: seat }
    }
}

impl Followed for News {
    fn concerns(&self, stir: &Stir) -> bool {
        stir.conversation == self.conversation
    }

    fn stale_in(&self) -> Option<Duration> {
        self.stale_in
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        let (reader, desk) = (&self.reader, self.reader.desk());
        let by = session::still(desk, &self.session).await?.ok_or(Failure::SignedOut)?;
        let view = desk.flows.ticket(self.number, &by).await?;
        let side = Side::Desk { asker: asker(reader, &view.ticket) };
        for recorded in view.lines.iter().filter(|recorded| Some(recorded.line.id) > self.after) {
            out.line(recorded.line.id, line(reader, recorded, side));
            self.told.line();
        }
        self.after = view.lines.last().map(|recorded| recorded.line.id).max(self.after);
        out.region("incident", link_panel(reader, &by, &view.ticket));
        let spot = Spot { reader, by: &by, ticket: &view.ticket, beside: &self.beside };
        out.region("state", facts::state(spot));
        out.region("work", work::work(spot, ""));
        let others = typing::for_operator(reader, &by, &view.ticket);
        self.stale_in = others.stale_in;
        self.told.tell(others.sentences, out);
        out.region("presence", others.region);
        Ok(())
    }
}
