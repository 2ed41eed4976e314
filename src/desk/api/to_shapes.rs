//! From the domain to JSON.

use super::shapes::{ArticleLink, Choice, Conversation, From, Kind, Message, State, StatusName, TicketState};
use super::ticket_shapes::{Asker, Note, SimilarTicket, Suggestion, Ticket, TicketSummary};
use crate::desk::{Parts, open_choices};
use crate::domain::answer::{ArticleRef, Candidate};
use crate::domain::conversation::{self, Phase};
use crate::domain::ids::TicketNumber;
use crate::domain::message::{Action, Author, Content, Visibility};
use crate::domain::ticket::Status;
use crate::domain::time::Timestamp;
use crate::flows::TicketView;
use crate::ports::{self, Recorded};

/// The conversation as its employee sees it.
pub(super) fn conversation(
    parts: &Parts,
    conversation: &conversation::Conversation,
    number: Option<TicketNumber>,
    lines: &[Recorded],
) -> Conversation {
    let open = open_choices(conversation, lines);
    let message = |recorded: &Recorded| {
        let open = open.as_ref().filter(|(line, _)| *line == recorded.line.id).map(|(_, actions)| actions.as_slice());
        message(parts, recorded, open.unwrap_or_default())
    };
    let ticket = conversation.ticket.as_ref().zip(number);
    Conversation {
        id: conversation.id.to_string(),
        secret: None,
        state: state(conversation),
        ticket: ticket.map(|(ticket, number)| TicketState { number: number.get(), status: status(ticket.status()) }),
        messages: lines.iter().map(message).collect(),
    }
}

/// The ticket as an operator sees it.
pub(super) fn ticket(parts: &Parts, view: &TicketView) -> Ticket {
    let said = view.lines.iter().filter(|recorded| recorded.line.visibility == Visibility::Everyone);
    Ticket {
        summary: summary(&view.ticket),
        conversation: said.map(|recorded| message(parts, recorded, &[])).collect(),
        notes: view.lines.iter().filter_map(note).collect(),
        suggested: view.suggested.iter().map(|candidate| suggestion(parts, candidate)).collect(),
    }
}

/// The ticket as lists show it.
pub(super) fn summary(ticket: &ports::TicketSummary) -> TicketSummary {
    TicketSummary {
        number: ticket.number.get(),
        subject: ticket.subject.clone(),
        employee: Asker { name: ticket.employee_name.clone(), organisation: ticket.organisation.clone() },
        lang: ticket.lang.into(),
        group: ticket.group.to_string(),
        line: ticket.line.as_str(),
        priority: ticket.priority.as_str(),
        impact: ticket.assessment.map(|assessment| assessment.impact.as_str()),
        urgency: ticket.assessment.map(|assessment| assessment.urgency.as_str()),
        status: status(ticket.status),
        waits_for: ticket.turn.of.as_str(),
        waits_since: moment(ticket.turn.since),
        snoozed_until: ticket.snoozed_until.map(moment),
        duplicate_of: ticket.duplicate_of.map(TicketNumber::get),
        holder: ticket.holder.as_ref().map(|holder| holder.name.clone()),
        opened_at: moment(ticket.opened_at),
        changed_at: moment(ticket.changed_at),
    }
}

fn state(conversation: &conversation::Conversation) -> State {
    match conversation.phase {
        Phase::WithBot => State::Open,
        Phase::WithDesk if conversation.open_ticket().is_some_and(|ticket| ticket.holder().is_some()) => State::WithOperator,
        Phase::WithDesk => State::Queued,
        Phase::Resolved | Phase::Ended => State::Resolved,
    }
}

/// A ticket's state as its employee sees it.
pub(super) const fn status(status: Status) -> StatusName {
    match status {
        Status::Waiting => StatusName::Waiting,
        Status::Taken => StatusName::Taken,
        Status::Resolved => StatusName::Resolved,
    }
}

/// One line of a conversation, with those of its choices that are open.
pub(super) fn message(parts: &Parts, recorded: &Recorded, open: &[Action]) -> Message {
    let line = &recorded.line;
    let said = parts.wording.line(recorded, &parts.facts);
    let labelled = said.actions.into_iter().filter(|(action, _)| open.contains(action));
    Message {
        id: line.id.to_string(),
        from: from(&line.author),
        kind: kind(&line.content),
        text: said.text,
        lang: line.lang.into(),
        articles: articles(parts, &line.content),
        confidence: confidence(&line.content),
        actions: labelled.map(|(action, label)| Choice { id: action.id(), label }).collect(),
        at: moment(line.at),
    }
}

const fn from(author: &Author) -> From {
    match author {
        Author::Employee => From::Employee,
        Author::Bot => From::Bot,
        Author::Operator { .. } => From::Operator,
    }
}

const fn kind(content: &Content) -> Kind {
    match content {
        Content::Question(_) => Kind::Question,
        Content::Answer(_) => Kind::Answer,
        Content::Offer(_) => Kind::Offer,
        Content::HandedOff(_) => Kind::Handoff,
        Content::Text(_)
        | Content::Edited(_)
        | Content::Note(_)
        | Content::File(_)
        | Content::Pressed(_)
        | Content::Chosen(_) => Kind::Text,
        Content::SmallTalk(_)
        | Content::SecretsRemoved(_)
        | Content::OwnTickets(_)
        | Content::Taken
        | Content::Released
        | Content::Transferred { .. }
        | Content::MovedToLine { .. }
        | Content::MergedInto { .. }
        | Content::ResolvedAsk(_)
        | Content::Confirmed
        | Content::Reopened(_)
        | Content::KnownIncident(_)
        | Content::IncidentEnded { .. }
        | Content::FileRefused { .. }
        | Content::Deleted
        | Content::Room(_)
        | Content::GladItHelped => Kind::Notice,
    }
}

fn articles(parts: &Parts, content: &Content) -> Vec<ArticleLink> {
    let link = |article: &ArticleRef, title: &str| ArticleLink {
        slug: article.slug.to_string(),
        lang: article.lang.into(),
        title: title.to_owned(),
        url: parts.facts.article_url(article),
    };
    match content {
        Content::Answer(answer) => vec![link(&answer.article, &answer.title)],
        Content::Offer(choices) => choices.iter().map(|choice| link(&choice.article, &choice.title)).collect(),
        Content::Chosen(choice) => vec![link(&choice.article, &choice.title)],
        _ => Vec::new(),
    }
}

fn confidence(content: &Content) -> Option<f64> {
    match content {
        Content::Answer(answer) => Some(answer.confidence.share()),
        Content::Offer(choices) => choices.first().map(|choice| choice.confidence.share()),
        _ => None,
    }
}

fn note(recorded: &Recorded) -> Option<Note> {
    let line = &recorded.line;
    match (&line.content, &line.author) {
        (Content::Note(text), Author::Operator { name, .. }) => {
            Some(Note { id: line.id.to_string(), by: name.clone(), text: text.as_str().to_owned(), at: moment(line.at) })
        }
        _ => None,
    }
}

fn suggestion(parts: &Parts, candidate: &Candidate) -> Suggestion {
    Suggestion {
        slug: candidate.article.slug.to_string(),
        lang: candidate.article.lang.into(),
        title: candidate.title.clone(),
        url: parts.facts.article_url(&candidate.article),
        confidence: candidate.confidence.share(),
    }
}

/// A solved ticket that is like another one.
pub(super) fn similar(ticket: &ports::SimilarTicket) -> SimilarTicket {
    SimilarTicket {
        number: ticket.number.get(),
        question: ticket.question.clone(),
        resolution: ticket.resolution.clone(),
        lang: ticket.lang.into(),
        group: ticket.group.to_string(),
        resolved_by: ticket.resolved_by.clone(),
        resolved_at: moment(ticket.resolved_at),
        likeness: ticket.likeness.share(),
    }
}

/// A moment as RFC 3339 has it.
pub(super) fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.micros()).map_or_else(|_| String::new(), |instant| instant.to_string())
}
