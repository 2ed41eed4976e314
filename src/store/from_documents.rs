//! From documents back to the domain. A document that this program never wrote is an error, never a panic.

use serde::de::DeserializeOwned;

use super::documents::{
    ArticleDoc, ChoiceDoc, ContentDoc, EmployeeDoc, ErrandDoc, HappenedDoc, HolderDoc, MembershipDoc, OwnTicketDoc, PlaceDoc,
    ShownDoc,
};
use super::failure::Unreadable;
use super::names::Named;
use crate::domain::answer::{Answer, ArticleRef, Choice, PerMille};
use crate::domain::attachment::Attachment;
use crate::domain::conversation::Shown;
use crate::domain::decision::Errand;
use crate::domain::event::Happened;
use crate::domain::ids::{
    ChannelName, EmployeeId, ExternalId, FileId, GroupId, IncidentId, MessageId, OperatorId, Slug, TicketId, TicketNumber,
};
use crate::domain::lang::Lang;
use crate::domain::message::{Action, Content, Employee, HandOff, Redacted};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::permission::Membership;
use crate::domain::place::Place;
use crate::domain::supported::DirectAnswer;
use crate::domain::ticket::{Assessment, Holder};
use crate::domain::time::Timestamp;

/// The document in this text.
pub(super) fn parse<D: DeserializeOwned>(what: &'static str, json: &str) -> Result<D, Unreadable> {
    serde_json::from_str(json).map_err(|error| {
        // Serde's own words may quote the document; where it stops says enough.
        let (line, column) = (error.line(), error.column());
        Unreadable { what, detail: format!("{:?} error at line {line}, column {column}", error.classify()) }
    })
}

fn all<D, T: TryFrom<D, Error = Unreadable>>(documents: Vec<D>) -> Result<Vec<T>, Unreadable> {
    documents.into_iter().map(T::try_from).collect()
}

impl TryFrom<ArticleDoc> for ArticleRef {
    type Error = Unreadable;

    fn try_from(document: ArticleDoc) -> Result<Self, Unreadable> {
        Ok(Self { slug: Slug::new(document.slug), lang: Lang::read(&document.lang)? })
    }
}

impl TryFrom<ChoiceDoc> for Choice {
    type Error = Unreadable;

    fn try_from(document: ChoiceDoc) -> Result<Self, Unreadable> {
        let confidence = PerMille::new(document.confidence);
        Ok(Self { article: document.article.try_into()?, title: document.title, confidence })
    }
}

impl From<HolderDoc> for Holder {
    fn from(document: HolderDoc) -> Self {
        Self { id: OperatorId::new(document.id), name: document.name }
    }
}

impl TryFrom<PlaceDoc> for Place {
    type Error = Unreadable;

    fn try_from(document: PlaceDoc) -> Result<Self, Unreadable> {
        let PlaceDoc { channel, address, delivery } = document;
        Ok(Self { channel: ChannelName::new(channel), address, delivery: Named::read(&delivery)? })
    }
}

impl From<EmployeeDoc> for Employee {
    fn from(document: EmployeeDoc) -> Self {
        let EmployeeDoc { id, name, email, organisation } = document;
        Self { id: EmployeeId::new(id), name, email, organisation }
    }
}

impl TryFrom<OwnTicketDoc> for OwnTicket {
    type Error = Unreadable;

    fn try_from(document: OwnTicketDoc) -> Result<Self, Unreadable> {
        Ok(Self {
            number: TicketNumber::new(document.number),
            subject: document.subject,
            status: Named::read(&document.status)?,
            holder: document.holder,
            opened_at: Timestamp::from_micros(document.opened_at),
        })
    }
}

impl TryFrom<ShownDoc> for Shown {
    type Error = Unreadable;

    fn try_from(document: ShownDoc) -> Result<Self, Unreadable> {
        Ok(match document {
            ShownDoc::Nothing => Self::Nothing,
            ShownDoc::Answer { article } => Self::Answer(article.try_into()?),
            ShownDoc::Incident { incident } => Self::Incident(IncidentId::new(incident)),
            ShownDoc::Offer { articles } => Self::Offer(all(articles)?),
        })
    }
}

/// What a line says: its document, its free text, and the number of the ticket that it speaks of.
pub(super) fn content(document: ContentDoc, text: Option<String>, number: Option<TicketNumber>) -> Result<Content, Unreadable> {
    let text = || {
        let missing = || Unreadable { what: "line", detail: "its text is missing".to_owned() };
        text.map(Redacted::vouched).ok_or_else(missing)
    };
    Ok(match document {
        ContentDoc::Question => Content::Question(text()?),
        ContentDoc::Text => Content::Text(text()?),
        ContentDoc::Note => Content::Note(text()?),
        ContentDoc::Pressed { action } => Content::Pressed(read_action(&action)?),
        ContentDoc::Chosen { choice } => Content::Chosen(choice.try_into()?),
        ContentDoc::Answer { article, title, passage, confidence, request, direct } => {
            let (confidence, direct) = (PerMille::new(confidence), direct.map(DirectAnswer::vouched));
            Content::Answer(Answer { article: article.try_into()?, title, passage, confidence, request, direct })
        }
        ContentDoc::Offer { choices } => Content::Offer(all(choices)?),
        ContentDoc::KnownIncident { incident } => Content::KnownIncident(incident.try_into()?),
        ContentDoc::IncidentEnded { ticket, incident } => {
            Content::IncidentEnded { ticket: ticket.map(TicketId::new), incident: incident.try_into()? }
        }
        ContentDoc::SmallTalk { of } => Content::SmallTalk(Named::read(&of)?),
        ContentDoc::HandedOff { ticket, group, priority, reason } => Content::HandedOff(HandOff {
            ticket: TicketId::new(ticket),
            number,
            group: GroupId::new(group),
            priority: Named::read(&priority)?,
            reason: Named::read(&reason)?,
        }),
        ContentDoc::SecretsRemoved { secrets } => {
            Content::SecretsRemoved(secrets.iter().map(|secret| Named::read(secret)).collect::<Result<_, _>>()?)
        }
        ContentDoc::OwnTickets { tickets } => Content::OwnTickets(all(tickets)?),
        ContentDoc::Taken => Content::Taken,
        ContentDoc::Released => Content::Released,
        ContentDoc::Transferred { group } => Content::Transferred { group: GroupId::new(group) },
        ContentDoc::MovedToLine { line } => Content::MovedToLine { line: Named::read(&line)? },
        ContentDoc::MergedInto { ticket, original } => {
            Content::MergedInto { ticket: TicketId::new(ticket), original: TicketNumber::new(original) }
        }
        ContentDoc::ResolvedAsk { ticket } => Content::ResolvedAsk(TicketId::new(ticket)),
        ContentDoc::Confirmed => Content::Confirmed,
        ContentDoc::Reopened { ticket } => Content::Reopened(TicketId::new(ticket)),
        ContentDoc::GladItHelped => Content::GladItHelped,
        ContentDoc::Room { news } => Content::Room(Named::read(&news)?),
        ContentDoc::FileRefused { why } => Content::FileRefused { name: text()?, why: Named::read(&why)? },
        ContentDoc::Edited => Content::Edited(text()?),
        ContentDoc::Deleted => Content::Deleted,
        ContentDoc::File { file, of, size } => {
            Content::File(Attachment { id: FileId::new(file), name: text()?, kind: Named::read(&of)?, size })
        }
    })
}

fn read_action(id: &str) -> Result<Action, Unreadable> {
    Action::from_id(id).ok_or_else(|| Unreadable { what: "action", detail: format!("the id {id:?} is not known") })
}

impl TryFrom<HappenedDoc> for Happened {
    type Error = Unreadable;

    fn try_from(document: HappenedDoc) -> Result<Self, Unreadable> {
        let line = MessageId::new;
        let lines = |numbers: Vec<i64>| numbers.into_iter().map(MessageId::new).collect();
        Ok(match document {
            HappenedDoc::Opened { place, employee, lang } => {
                Self::Opened { place: place.try_into()?, employee: employee.into(), lang: Named::read(&lang)? }
            }
            HappenedDoc::Asked { message, lang } => Self::Asked { message: line(message), lang: Named::read(&lang)? },
            HappenedDoc::Chatted { message, lang } => Self::Chatted { message: line(message), lang: Named::read(&lang)? },
            HappenedDoc::Answered { message, article, confidence } => {
                let confidence = PerMille::new(confidence);
                Self::Answered { message: line(message), article: article.try_into()?, confidence }
            }
            HappenedDoc::Offered { message, articles } => Self::Offered { message: line(message), articles: all(articles)? },
            HappenedDoc::ToldOfIncident { message, incident } => {
                Self::ToldOfIncident { message: line(message), incident: IncidentId::new(incident) }
            }
            HappenedDoc::LinkedToIncident { incident } => Self::LinkedToIncident { incident: IncidentId::new(incident) },
            HappenedDoc::UnlinkedFromIncident { incident } => Self::UnlinkedFromIncident { incident: IncidentId::new(incident) },
            HappenedDoc::Helped => Self::Helped,
            HappenedDoc::DidNotHelp => Self::DidNotHelp,
            HappenedDoc::HandedOff { ticket, question, group, line: support, priority, reason } => Self::HandedOff {
                ticket: TicketId::new(ticket),
                question: line(question),
                group: GroupId::new(group),
                line: Named::read(&support)?,
                priority: Named::read(&priority)?,
                reason: Named::read(&reason)?,
            },
            HappenedDoc::Added { message } => Self::Added { message: line(message) },
            HappenedDoc::Taken { holder } => Self::Taken { holder: holder.into() },
            HappenedDoc::Released => Self::Released,
            HappenedDoc::Transferred { from, to, reason } => {
                Self::Transferred { from: GroupId::new(from), to: GroupId::new(to), reason: line(reason) }
            }
            HappenedDoc::MovedLine { from, to, reason } => {
                Self::MovedLine { from: Named::read(&from)?, to: Named::read(&to)?, reason: line(reason) }
            }
            HappenedDoc::Prioritised { impact, urgency, priority } => {
                let assessment = Assessment { impact: Named::read(&impact)?, urgency: Named::read(&urgency)? };
                Self::Prioritised { assessment, priority: Named::read(&priority)? }
            }
            HappenedDoc::Snoozed { until } => Self::Snoozed { until: Timestamp::from_micros(until) },
            HappenedDoc::Woken => Self::Woken,
            HappenedDoc::MergedInto { original, by } => Self::MergedInto { original: TicketNumber::new(original), by: by.into() },
            HappenedDoc::Replied { message } => Self::Replied { message: line(message) },
            HappenedDoc::Noted { message } => Self::Noted { message: line(message) },
            HappenedDoc::Attached { message } => Self::Attached { message: line(message) },
            HappenedDoc::Amended { earlier, replaced } => Self::Amended { earlier: line(earlier), replaced: lines(replaced) },
            HappenedDoc::Withdrawn { message, replaced } => Self::Withdrawn { message: line(message), replaced: lines(replaced) },
            HappenedDoc::FileRefused { message } => Self::FileRefused { message: line(message) },
            HappenedDoc::Resolved { by } => Self::Resolved { by: by.into() },
            HappenedDoc::Confirmed => Self::Confirmed,
            HappenedDoc::Reopened => Self::Reopened,
        })
    }
}

impl From<ErrandDoc> for Errand {
    fn from(document: ErrandDoc) -> Self {
        match document {
            ErrandDoc::Say { message, reply_to } => {
                Self::Say { message: MessageId::new(message), reply_to: reply_to.map(ExternalId::new) }
            }
            ErrandDoc::Amend { message, earlier, reply_to } => Self::Amend {
                message: MessageId::new(message),
                earlier: MessageId::new(earlier),
                reply_to: reply_to.map(ExternalId::new),
            },
            ErrandDoc::Retract { message } => Self::Retract { message: MessageId::new(message) },
            ErrandDoc::OpenRoom { ticket } => Self::OpenRoom { ticket: TicketId::new(ticket) },
            ErrandDoc::ShowCard { channel, ticket, group } => {
                Self::ShowCard { channel: ChannelName::new(channel), ticket: TicketId::new(ticket), group: GroupId::new(group) }
            }
            ErrandDoc::RefreshCard { channel, ticket, group } => Self::RefreshCard {
                channel: ChannelName::new(channel),
                ticket: TicketId::new(ticket),
                group: GroupId::new(group),
            },
            ErrandDoc::PostNote { channel, ticket, group, message } => Self::PostNote {
                channel: ChannelName::new(channel),
                ticket: TicketId::new(ticket),
                group: GroupId::new(group),
                message: MessageId::new(message),
            },
            ErrandDoc::Admit { operator } => Self::Admit { operator: OperatorId::new(operator) },
        }
    }
}

impl From<MembershipDoc> for Membership {
    fn from(document: MembershipDoc) -> Self {
        match document {
            MembershipDoc::Every => Self::Every,
            MembershipDoc::Some { groups } => Self::Some(groups.into_iter().map(GroupId::new).collect()),
        }
    }
}
