//! A conversation's tickets as they are remembered.

use crate::domain::course::{Course, courses};
use crate::domain::ids::{ConversationId, MessageId, TicketId};
use crate::domain::message::{Content, Line, Redacted, Visibility};
use crate::ports::{PastTicket, Store, StoreError};

/// How many of an operator's last replies are taken for what solved a ticket.
const LAST_REPLIES: usize = 3;

/// What is to be known of some tickets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// To be remembered.
    pub(super) solved: Vec<PastTicket>,
    /// To be forgotten.
    pub(super) open: Vec<TicketId>,
}

impl Taken {
    pub(super) fn extend(&mut self, more: Self) {
        self.solved.extend(more.solved);
        self.open.extend(more.open);
    }

    pub(super) fn count(&self) -> usize {
        self.solved.len() + self.open.len()
    }
}

/// The tickets of a conversation as they are now.
pub(super) async fn read(store: &dyn Store, id: ConversationId) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    let courses = courses(&store.events(id).await?);
    let recorded = store.lines(id, None, Visibility::Everyone).await?;
    let lines: Vec<Line> = recorded.into_iter().map(|recorded| recorded.line).collect();
    for course in courses {
        match solved(store, &course, &lines).await? {
            Some(ticket) => taken.solved.push(ticket),
            None => taken.open.push(course.ticket),
        }
    }
    Ok(taken)
}

async fn solved(store: &dyn Store, course: &Course, lines: &[Line]) -> Result<Option<PastTicket>, StoreError> {
    let Some((by, at)) = course.resolved.as_ref().filter(|_| !course.of_incident) else { return Ok(None) };
    let Some(question) = lines.iter().find(|line| line.id == course.question) else { return Ok(None) };
    let Some(text) = text(question) else { return Ok(None) };
    let Some(summary) = store.ticket_by_id(course.ticket).await? else { return Ok(None) };
    Ok(Some(PastTicket {
        id: course.ticket,
        number: summary.number,
        question: text.clone(),
        resolution: resolution(&course.replies, lines),
        lang: question.lang,
        group: course.group.clone(),
        resolved_by: by.name.clone(),
        resolved_at: *at,
    }))
}

/// The last replies, oldest first, with an empty line between them.
fn resolution(replies: &[MessageId], lines: &[Line]) -> Redacted {
    let last = &replies[replies.len().saturating_sub(LAST_REPLIES)..];
    let texts = lines.iter().filter(|line| last.contains(&line.id)).filter_map(text);
    Redacted::vouched(texts.map(Redacted::as_str).collect::<Vec<_>>().join("\n\n"))
}

const fn text(line: &Line) -> Option<&Redacted> {
    match &line.content {
        Content::Question(text) | Content::Text(text) => Some(text),
        _ => None,
    }
}
