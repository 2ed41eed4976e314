//! An editor makes an article of a ticket that was solved.

use super::{FlowError, Flows};
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::message::{Author, Content, Line, Redacted, Visibility};
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::ports::TicketSummary;

/// What an article can begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDraft {
    /// What was asked.
    pub question: Redacted,
    /// What operators answered, oldest first.
    pub answers: Vec<Redacted>,
    /// The language of the conversation.
    pub lang: Lang,
    /// The group that solved it.
    pub group: GroupId,
}

impl Flows {
    /// A solved ticket's question and its operators' answers, as the start of an article.
    ///
    /// # Errors
    /// [`FlowError::Refused`] for whoever may not read the ticket, or not edit its group's articles; [`FlowError::NotFound`]
    /// where there is no such ticket, or it is not solved.
    pub async fn draft_article(&self, number: TicketNumber, by: &Operator) -> Result<ArticleDraft, FlowError> {
        let ticket = self.ticket_alone(number, by).await?;
        by.may_edit(&ticket.group)?;
        if ticket.status != Status::Resolved {
            return Err(FlowError::NotFound);
        }
        let question = self.asked_in(&ticket).await?;
        let lines = self.store.lines(ticket.conversation, None, Visibility::Everyone).await?;
        let answers = answers(lines.into_iter().map(|recorded| recorded.line), &ticket);
        Ok(ArticleDraft { question, answers, lang: ticket.lang, group: ticket.group })
    }
}

/// What operators wrote to the employee from when the ticket was opened until the next one of the conversation was.
fn answers(lines: impl Iterator<Item = Line>, ticket: &TicketSummary) -> Vec<Redacted> {
    let others = |line: &Line| matches!(&line.content, Content::HandedOff(other) if other.ticket != ticket.id);
    let own = lines.skip_while(|line| line.at < ticket.opened_at).take_while(|line| !others(line));
    let text = |line: Line| match (line.author, line.content) {
        (Author::Operator { .. }, Content::Text(text)) => Some(text),
        _ => None,
    };
    own.filter_map(text).collect()
}
