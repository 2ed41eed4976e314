//! From the domain to what rows and documents hold.

use serde::Serialize;

use super::documents::{
    ArticleDoc, ChoiceDoc, ContentDoc, EmployeeDoc, ErrandDoc, HappenedDoc, HolderDoc, MembershipDoc, OwnTicketDoc, PlaceDoc,
    ShownDoc,
};
use super::failure::Failure;
use super::names::Named;
use crate::domain::answer::{ArticleRef, Choice};
use crate::domain::conversation::Shown;
use crate::domain::decision::Errand;
use crate::domain::event::Happened;
use crate::domain::ids::{MessageId, TicketId};
use crate::domain::message::{Author, Content, Employee};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::permission::{Membership, Role, Roles};
use crate::domain::place::Place;
use crate::domain::ticket::{Assessment, Holder, TicketState};

/// A document as text.
pub(super) fn json<D: Serialize>(document: &D) -> Result<String, Failure> {
    serde_json::to_string(document).map_err(|error| Failure::Sql(sqlx::Error::Encode(Box::new(error))))
}

/// An author as columns: the word, the operator's id and name.
pub(super) fn author(author: &Author) -> (&'static str, Option<&str>, Option<&str>) {
    match author {
        Author::Employee => ("employee", None, None),
        Author::Bot => ("bot", None, None),
        Author::Operator { id, name } => ("operator", Some(id.as_str()), Some(name)),
    }
}

/// Who has or had a ticket, and when it was resolved, as columns: id, name, microseconds.
pub(super) fn holder(state: &TicketState) -> (Option<&str>, Option<&str>, Option<i64>) {
    match state {
        TicketState::Waiting => (None, None, None),
        TicketState::Held(by) => (Some(by.id.as_str()), Some(&by.name), None),
        TicketState::Resolved { by, at } => (Some(by.id.as_str()), Some(&by.name), Some(at.micros())),
    }
}

/// The free text of a line.
pub(super) fn text(content: &Content) -> Option<&str> {
    match content {
        Content::Question(text) | Content::Text(text) | Content::Note(text) | Content::Edited(text) => Some(text.as_str()),
        Content::FileRefused { name, .. } => Some(name.as_str()),
        Content::File(file) => Some(file.name.as_str()),
        _ => None,
    }
}

/// The ticket that a line speaks of.
pub(super) fn ticket(content: &Content) -> Option<TicketId> {
    match content {
        Content::HandedOff(hand_off) => Some(hand_off.ticket),
        Content::ResolvedAsk(ticket) | Content::Reopened(ticket) | Content::MergedInto { ticket, .. } => Some(*ticket),
        Content::IncidentEnded { ticket, .. } => *ticket,
        _ => None,
    }
}

fn numbers(lines: &[MessageId]) -> Vec<i64> {
    lines.iter().map(|line| line.get()).collect()
}

impl From<&ArticleRef> for ArticleDoc {
    fn from(article: &ArticleRef) -> Self {
        Self { slug: article.slug.to_string(), lang: article.lang.word().to_owned() }
    }
}

impl From<&Choice> for ChoiceDoc {
    fn from(choice: &Choice) -> Self {
        Self { article: (&choice.article).into(), title: choice.title.clone(), confidence: choice.confidence.get() }
    }
}

impl From<&Holder> for HolderDoc {
    fn from(holder: &Holder) -> Self {
        Self { id: holder.id.to_string(), name: holder.name.clone() }
    }
}

impl From<&Place> for PlaceDoc {
    fn from(place: &Place) -> Self {
        let delivery = place.delivery.word().to_owned();
        Self { channel: place.channel.to_string(), address: place.address.clone(), delivery }
    }
}

impl From<&Employee> for EmployeeDoc {
    fn from(employee: &Employee) -> Self {
        let Employee { id, name, email, organisation } = employee.clone();
        Self { id: id.to_string(), name, email, organisation }
    }
}

impl From<&OwnTicket> for OwnTicketDoc {
    fn from(ticket: &OwnTicket) -> Self {
        Self {
            number: ticket.number.get(),
            subject: ticket.subject.clone(),
            status: ticket.status.word().to_owned(),
            holder: ticket.holder.clone(),
            opened_at: ticket.opened_at.micros(),
        }
    }
}

impl From<&Shown> for ShownDoc {
    fn from(shown: &Shown) -> Self {
        match shown {
            Shown::Nothing => Self::Nothing,
            Shown::Answer(article) => Self::Answer { article: article.into() },
            Shown::Incident(incident) => Self::Incident { incident: incident.get() },
            Shown::Offer(articles) => Self::Offer { articles: articles.iter().map(ArticleDoc::from).collect() },
        }
    }
}

impl From<&Content> for ContentDoc {
    fn from(content: &Content) -> Self {
        match content {
            Content::Question(_) => Self::Question,
            Content::Text(_) => Self::Text,
            Content::Note(_) => Self::Note,
            Content::Pressed(action) => Self::Pressed { action: action.id() },
            Content::Chosen(choice) => Self::Chosen { choice: choice.into() },
            Content::Answer(answer) => Self::Answer {
                article: (&answer.article).into(),
                title: answer.title.clone(),
                passage: answer.passage.clone(),
                confidence: answer.confidence.get(),
                request: answer.request.clone(),
                direct: answer.direct.as_ref().map(|direct| direct.as_str().to_owned()),
            },
            Content::Offer(choices) => Self::Offer { choices: choices.iter().map(ChoiceDoc::from).collect() },
            Content::KnownIncident(incident) => Self::KnownIncident { incident: incident.into() },
            Content::IncidentEnded { ticket, incident } => {
                Self::IncidentEnded { ticket: ticket.map(TicketId::get), incident: incident.into() }
            }
            Content::SmallTalk(kind) => Self::SmallTalk { of: kind.word().to_owned() },
            Content::HandedOff(hand_off) => Self::HandedOff {
                ticket: hand_off.ticket.get(),
                group: hand_off.group.to_string(),
                priority: hand_off.priority.word().to_owned(),
                reason: hand_off.reason.word().to_owned(),
            },
            Content::SecretsRemoved(secrets) => {
                Self::SecretsRemoved { secrets: secrets.iter().map(|secret| secret.word().to_owned()).collect() }
            }
            Content::OwnTickets(tickets) => Self::OwnTickets { tickets: tickets.iter().map(OwnTicketDoc::from).collect() },
            Content::Taken => Self::Taken,
            Content::Released => Self::Released,
            Content::Transferred { group } => Self::Transferred { group: group.to_string() },
            Content::MovedToLine { line } => Self::MovedToLine { line: line.word().to_owned() },
            Content::MergedInto { ticket, original } => Self::MergedInto { ticket: ticket.get(), original: original.get() },
            Content::ResolvedAsk(ticket) => Self::ResolvedAsk { ticket: ticket.get() },
            Content::Confirmed => Self::Confirmed,
            Content::Reopened(ticket) => Self::Reopened { ticket: ticket.get() },
            Content::GladItHelped => Self::GladItHelped,
            Content::Room(news) => Self::Room { news: news.word().to_owned() },
            Content::File(file) => Self::File { file: file.id.get(), of: file.kind.word().to_owned(), size: file.size },
            Content::FileRefused { why, .. } => Self::FileRefused { why: why.word().to_owned() },
            Content::Edited(_) => Self::Edited,
            Content::Deleted => Self::Deleted,
        }
    }
}

impl From<&Happened> for HappenedDoc {
    fn from(what: &Happened) -> Self {
        match what {
            Happened::Opened { place, employee, lang } => {
                Self::Opened { place: place.into(), employee: employee.into(), lang: lang.word().to_owned() }
            }
            Happened::Asked { message, lang } => Self::Asked { message: message.get(), lang: lang.word().to_owned() },
            Happened::Chatted { message, lang } => Self::Chatted { message: message.get(), lang: lang.word().to_owned() },
            Happened::Answered { message, article, confidence } => {
                Self::Answered { message: message.get(), article: article.into(), confidence: confidence.get() }
            }
            Happened::Offered { message, articles } => {
                Self::Offered { message: message.get(), articles: articles.iter().map(ArticleDoc::from).collect() }
            }
            Happened::ToldOfIncident { message, incident } => {
                Self::ToldOfIncident { message: message.get(), incident: incident.get() }
            }
            Happened::LinkedToIncident { incident } => Self::LinkedToIncident { incident: incident.get() },
            Happened::UnlinkedFromIncident { incident } => Self::UnlinkedFromIncident { incident: incident.get() },
            Happened::Helped => Self::Helped,
            Happened::DidNotHelp => Self::DidNotHelp,
            Happened::HandedOff { ticket, question, group, line, priority, reason } => Self::HandedOff {
                ticket: ticket.get(),
                question: question.get(),
                group: group.to_string(),
                line: line.word().to_owned(),
                priority: priority.word().to_owned(),
                reason: reason.word().to_owned(),
            },
            Happened::Added { message } => Self::Added { message: message.get() },
            Happened::Taken { holder } => Self::Taken { holder: holder.into() },
            Happened::Released => Self::Released,
            Happened::Transferred { from, to, reason } => {
                Self::Transferred { from: from.to_string(), to: to.to_string(), reason: reason.get() }
            }
            Happened::MovedLine { from, to, reason } => {
                Self::MovedLine { from: from.word().to_owned(), to: to.word().to_owned(), reason: reason.get() }
            }
            Happened::Prioritised { assessment: Assessment { impact, urgency }, priority } => Self::Prioritised {
                impact: impact.word().to_owned(),
                urgency: urgency.word().to_owned(),
                priority: priority.word().to_owned(),
            },
            Happened::Snoozed { until } => Self::Snoozed { until: until.micros() },
            Happened::Woken => Self::Woken,
            Happened::MergedInto { original, by } => Self::MergedInto { original: original.get(), by: by.into() },
            Happened::Replied { message } => Self::Replied { message: message.get() },
            Happened::Noted { message } => Self::Noted { message: message.get() },
            Happened::Attached { message } => Self::Attached { message: message.get() },
            Happened::Amended { earlier, replaced } => Self::Amended { earlier: earlier.get(), replaced: numbers(replaced) },
            Happened::Withdrawn { message, replaced } => Self::Withdrawn { message: message.get(), replaced: numbers(replaced) },
            Happened::FileRefused { message } => Self::FileRefused { message: message.get() },
            Happened::Resolved { by } => Self::Resolved { by: by.into() },
            Happened::Confirmed => Self::Confirmed,
            Happened::Reopened => Self::Reopened,
        }
    }
}

impl From<&Errand> for ErrandDoc {
    fn from(errand: &Errand) -> Self {
        match errand {
            Errand::Say { message, reply_to } => {
                Self::Say { message: message.get(), reply_to: reply_to.as_ref().map(ToString::to_string) }
            }
            Errand::Amend { message, earlier, reply_to } => Self::Amend {
                message: message.get(),
                earlier: earlier.get(),
                reply_to: reply_to.as_ref().map(ToString::to_string),
            },
            Errand::Retract { message } => Self::Retract { message: message.get() },
            Errand::OpenRoom { ticket } => Self::OpenRoom { ticket: ticket.get() },
            Errand::ShowCard { channel, ticket, group } => {
                Self::ShowCard { channel: channel.to_string(), ticket: ticket.get(), group: group.to_string() }
            }
            Errand::RefreshCard { channel, ticket, group } => {
                Self::RefreshCard { channel: channel.to_string(), ticket: ticket.get(), group: group.to_string() }
            }
            Errand::PostNote { channel, ticket, group, message } => Self::PostNote {
                channel: channel.to_string(),
                ticket: ticket.get(),
                group: group.to_string(),
                message: message.get(),
            },
            Errand::Admit { operator } => Self::Admit { operator: operator.to_string() },
        }
    }
}

impl From<&Membership> for MembershipDoc {
    fn from(membership: &Membership) -> Self {
        match membership {
            Membership::Every => Self::Every,
            Membership::Some(groups) => Self::Some { groups: groups.iter().map(ToString::to_string).collect() },
        }
    }
}

/// Roles, as a session's row keeps them.
pub(super) fn roles(roles: &Roles) -> String {
    roles.iter().map(Role::as_str).collect::<Vec<_>>().join(" ")
}
