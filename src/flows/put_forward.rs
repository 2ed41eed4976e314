//! What an operator may put forward to an employee, and to whom they may hand a ticket on: looked up, nothing is kept.

use super::{FlowError, Flows};
use crate::domain::answer::Candidate;
use crate::domain::ids::{GroupId, Slug, TicketNumber};
use crate::domain::permission::Operator;
use crate::ports::{TicketFilter, TicketSummary};

/// How many tickets tell which groups are used most.
const LATEST: u32 = 200;

impl Flows {
    /// An article's passage that fits a ticket's question best, in the language of its conversation where the article is in it;
    /// `None` where there is no such article.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such ticket, [`FlowError::Refused`] where it is not one of the operator's groups';
    /// otherwise the store's failures.
    pub async fn passage_for(
        &self,
        number: TicketNumber,
        slug: &Slug,
        by: &Operator,
    ) -> Result<(TicketSummary, Option<Candidate>), FlowError> {
        let ticket = self.ticket_alone(number, by).await?;
        let conversation = self.store.conversation(ticket.conversation).await?.ok_or(FlowError::NotFound)?;
        let question = self.question(&conversation).await?;
        let passage = self.index.passage(slug, conversation.lang, question.as_str());
        Ok((ticket, passage))
    }

    /// The groups that the latest tickets are in, the one with most of them first.
    ///
    /// # Errors
    /// The store's failures.
    pub async fn busy_groups(&self) -> Result<Vec<GroupId>, FlowError> {
        let order = crate::domain::ticket::TicketOrder::Change;
        let tickets = self.store.tickets(&TicketFilter { order, limit: LATEST, ..TicketFilter::default() }).await?;
        let mut counted: Vec<(usize, GroupId)> = Vec::new();
        for ticket in tickets {
            match counted.iter_mut().find(|(_, group)| *group == ticket.group) {
                Some((count, _)) => *count += 1,
                None => counted.push((1, ticket.group)),
            }
        }
        counted.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.cmp(b)));
        Ok(counted.into_iter().map(|(_, group)| group).collect())
    }
}
