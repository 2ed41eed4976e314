//! The news of a conversation, for its employee.

use std::time::Duration;

use super::super::failure::Failure;
use super::super::incidents::Bannered;
use super::super::line::{Side, line};
use super::super::reader::Reader;
use super::super::stream::{Followed, Outgoing};
use super::super::typing::{self, Told};
use super::talk::Talk;
use super::view;
use crate::desk::Stir;
use crate::domain::ids::{ConversationId, EmployeeId, MessageId};

/// Where the news of a conversation are streamed from, for a page that has its lines up to this one.
pub(super) fn address(id: ConversationId, after: Option<MessageId>) -> String {
    match after {
        Some(after) => format!("/chat/{id}/events?after={after}"),
        None => format!("/chat/{id}/events"),
    }
}

/// What an employee's page follows.
pub(super) struct News {
    reader: Reader,
    id: ConversationId,
    by: EmployeeId,
    after: Option<MessageId>,
    incidents: Bannered,
    told: Told,
    stale_in: Option<Duration>,
}

impl News {
    /// The news of this conversation after this line.
    pub(super) fn new(reader: Reader, id: ConversationId, by: EmployeeId, after: Option<MessageId>) -> Self {
        Self { reader, id, by, after, incidents: Bannered::default(), told: Told::default(), stale_in: None }
    }
}

impl Followed for News {
    fn concerns(&self, stir: &Stir) -> bool {
        stir.conversation == self.id
    }

    fn shows_incidents(&self) -> bool {
        true
    }

    fn stale_in(&self) -> Option<Duration> {
        self.stale_in
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        let talk = Talk::read(self.reader.desk(), self.id, &self.by).await?;
        for recorded in talk.lines.iter().filter(|recorded| Some(recorded.line.id) > self.after) {
            out.line(recorded.line.id, line(&self.reader, recorded, Side::Employee));
            self.told.line();
        }
        self.after = talk.lines.last().map(|recorded| recorded.line.id).max(self.after);
        out.region("choices", view::choices(&self.reader, Some(&talk)));
        out.region("status", view::status(&self.reader, Some(&talk)));
        self.incidents.read(&self.reader, out);
        let others = typing::for_employee(&self.reader, self.id);
        self.stale_in = others.stale_in;
        self.told.tell(others.sentences, out);
        out.region("typing", others.region);
        Ok(())
    }
}
