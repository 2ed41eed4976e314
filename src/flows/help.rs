//! An operator looks for what helps with what a caller says, before there is a ticket.

use super::{FlowError, Flows};
use crate::domain::answer::Candidate;
use crate::domain::ids::GroupId;
use crate::domain::message::{LangHint, Redacted};
use crate::domain::permission::Operator;
use crate::domain::routing::route;
use crate::ports::SimilarTicket;

/// What may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The group that a matter like this goes to.
    pub group: GroupId,
    /// Articles that may answer it, best first.
    pub articles: Vec<Candidate>,
    /// Solved tickets that are like it, the likest first, of groups whose tickets the operator may read.
    pub similar: Vec<SimilarTicket>,
}

impl Flows {
    /// What may help with what somebody says; nothing of it is kept.
    ///
    /// # Errors
    /// [`FlowError::Refused`] where the operator does not work on tickets; otherwise the store's failures.
    pub async fn help_with(&self, said: &Redacted, hint: LangHint, by: &Operator) -> Result<Help, FlowError> {
        let articles = self.index.understand(said, hint).candidates;
        let group = route(said.as_str(), &articles, &self.policy.groups, None);
        by.may_register(&group, false)?;
        let similar = self.like(said, None, by).await?;
        Ok(Help { group, articles, similar })
    }
}
