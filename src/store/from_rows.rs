//! From rows back to the domain.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::documents::{ContentDoc, ErrandDoc, HappenedDoc, MembershipDoc, ShownDoc};
use super::failure::{Failure, Unreadable};
use super::from_documents::{content, parse};
use super::names::{Named, ranked};
use crate::domain::answer::ArticleRef;
use crate::domain::conversation::{Conversation, Version};
use crate::domain::decision::Errand;
use crate::domain::draft::{Draft, DraftKey};
use crate::domain::event::{Event, Happened};
use crate::domain::feedback::{ArticleFigures, Vote};
use crate::domain::ids::{
    ChannelName, ConversationId, EmployeeId, EventId, ExternalId, GroupId, IncidentId, IncidentNumber, LearnedId, MessageId,
    OperatorId, OutboxId, Slug, TicketId, TicketNumber,
};
use crate::domain::lang::Lang;
use crate::domain::learned::LearnedQuestion;
use crate::domain::message::{Author, Employee, Line, Redacted};
use crate::domain::obstacle::Obstacle;
use crate::domain::permission::{Operator, Role};
use crate::domain::place::Place;
use crate::domain::ticket::{Assessment, Holder, Status, Ticket, TicketState, Turn, subject};
use crate::domain::time::Timestamp;
use crate::ports::{Hash, Leased, Recorded, Session, ShownCard, Stuck, TicketSummary, Unanswered};

/// A number in a row.
pub(super) fn number(row: &AnyRow, column: &str) -> Result<i64, sqlx::Error> {
    row.try_get(column)
}

/// A text in a row.
pub(super) fn text(row: &AnyRow, column: &str) -> Result<String, sqlx::Error> {
    row.try_get(column)
}

pub(super) fn maybe_number(row: &AnyRow, column: &str) -> Result<Option<i64>, sqlx::Error> {
    row.try_get(column)
}

pub(super) fn maybe_text(row: &AnyRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    row.try_get(column)
}

pub(super) fn word<N: Named>(row: &AnyRow, column: &str) -> Result<N, Failure> {
    Ok(N::read(&text(row, column)?)?)
}

pub(super) fn time(row: &AnyRow, column: &str) -> Result<Timestamp, sqlx::Error> {
    number(row, column).map(Timestamp::from_micros)
}

fn missing(what: &'static str, column: &str) -> Unreadable {
    Unreadable { what, detail: format!("it has no {column}") }
}

fn place(row: &AnyRow) -> Result<Place, Failure> {
    let channel = ChannelName::new(text(row, "channel")?);
    Ok(Place { channel, address: text(row, "address")?, delivery: word(row, "delivery")? })
}

fn author(row: &AnyRow) -> Result<Author, Failure> {
    match text(row, "author")?.as_str() {
        "employee" => Ok(Author::Employee),
        "bot" => Ok(Author::Bot),
        "operator" => {
            let id = maybe_text(row, "operator")?.ok_or_else(|| missing("author", "operator"))?;
            let name = maybe_text(row, "operator_name")?.ok_or_else(|| missing("author", "operator_name"))?;
            Ok(Author::Operator { id: OperatorId::new(id), name })
        }
        other => Err(Unreadable { what: "author", detail: format!("the word {other:?} is not known") }.into()),
    }
}

fn holder(row: &AnyRow) -> Result<Option<Holder>, Failure> {
    let Some(id) = maybe_text(row, "holder")? else { return Ok(None) };
    let name = maybe_text(row, "holder_name")?.ok_or_else(|| missing("ticket", "holder_name"))?;
    Ok(Some(Holder { id: OperatorId::new(id), name }))
}

/// A conversation with its latest ticket.
pub(super) fn conversation(row: &AnyRow) -> Result<Conversation, Failure> {
    let employee = Employee {
        id: EmployeeId::new(text(row, "employee")?),
        name: maybe_text(row, "employee_name")?,
        email: maybe_text(row, "employee_email")?,
        organisation: maybe_text(row, "organisation")?,
    };
    Ok(Conversation {
        id: ConversationId::new(number(row, "id")?),
        version: Version::new(number(row, "version")?),
        place: place(row)?,
        employee,
        lang: word(row, "lang")?,
        phase: word(row, "phase")?,
        question: maybe_number(row, "question")?.map(MessageId::new),
        shown: parse::<ShownDoc>("conversation", &text(row, "shown")?)?.try_into()?,
        ticket: ticket(row)?,
        opened_at: time(row, "opened_at")?,
        changed_at: time(row, "changed_at")?,
    })
}

fn ticket(row: &AnyRow) -> Result<Option<Ticket>, Failure> {
    let Some(id) = maybe_number(row, "ticket_id")? else { return Ok(None) };
    Ok(Some(Ticket {
        id: TicketId::new(id),
        question: MessageId::new(number(row, "ticket_question")?),
        group: GroupId::new(text(row, "desk_group")?),
        line: word(row, "line")?,
        priority: ranked(number(row, "priority")?)?,
        assessment: assessment(row)?,
        state: ticket_state(row)?,
        turn: turn(row)?,
        snoozed_until: maybe_number(row, "snoozed_until")?.map(Timestamp::from_micros),
        duplicate_of: maybe_number(row, "duplicate_of")?.map(TicketNumber::new),
        opened_at: time(row, "ticket_opened_at")?,
        incident: maybe_number(row, "ticket_incident")?.map(IncidentId::new),
    }))
}

fn assessment(row: &AnyRow) -> Result<Option<Assessment>, Failure> {
    let Some(impact) = maybe_text(row, "impact")? else { return Ok(None) };
    Ok(Some(Assessment { impact: Named::read(&impact)?, urgency: word(row, "urgency")? }))
}

fn turn(row: &AnyRow) -> Result<Turn, Failure> {
    Ok(Turn { of: word(row, "waits_for")?, since: time(row, "waits_since")? })
}

fn ticket_state(row: &AnyRow) -> Result<TicketState, Failure> {
    let by = || holder(row)?.ok_or_else(|| Failure::from(missing("ticket", "holder")));
    Ok(match word(row, "status")? {
        Status::Waiting => TicketState::Waiting,
        Status::Taken => TicketState::Held(by()?),
        Status::Resolved => TicketState::Resolved { by: by()?, at: time(row, "resolved_at")? },
    })
}

/// A line with the number of the ticket that it speaks of.
pub(super) fn recorded(row: &AnyRow) -> Result<Recorded, Failure> {
    let number_of_ticket = maybe_number(row, "number")?.map(TicketNumber::new);
    let document = parse::<ContentDoc>("line", &text(row, "content")?)?;
    let line = Line {
        id: MessageId::new(number(row, "id")?),
        author: author(row)?,
        visibility: word(row, "visibility")?,
        lang: word(row, "lang")?,
        content: content(document, maybe_text(row, "text")?, number_of_ticket)?,
        at: time(row, "at")?,
    };
    Ok(Recorded {
        conversation: ConversationId::new(number(row, "conversation")?),
        line,
        number: number_of_ticket,
        withdrawn: number(row, "withdrawn")? != 0,
    })
}

/// A ticket as lists show it.
pub(super) fn summary(row: &AnyRow) -> Result<TicketSummary, Failure> {
    Ok(TicketSummary {
        id: TicketId::new(number(row, "id")?),
        number: TicketNumber::new(number(row, "number")?),
        conversation: ConversationId::new(number(row, "conversation")?),
        place: place(row)?,
        subject: subject(&maybe_text(row, "subject")?.unwrap_or_default()),
        employee: EmployeeId::new(text(row, "employee")?),
        employee_name: maybe_text(row, "employee_name")?,
        organisation: maybe_text(row, "organisation")?,
        lang: word(row, "lang")?,
        group: GroupId::new(text(row, "desk_group")?),
        line: word(row, "line")?,
        priority: ranked(number(row, "priority")?)?,
        assessment: assessment(row)?,
        status: word(row, "status")?,
        turn: turn(row)?,
        snoozed_until: maybe_number(row, "snoozed_until")?.map(Timestamp::from_micros),
        duplicate_of: maybe_number(row, "duplicate_of")?.map(TicketNumber::new),
        holder: holder(row)?,
        opened_at: time(row, "opened_at")?,
        changed_at: time(row, "changed_at")?,
        incident: maybe_number(row, "incident")?.map(IncidentNumber::new),
    })
}

/// One thing that happened.
pub(super) fn event(row: &AnyRow) -> Result<Event, Failure> {
    Ok(Event {
        id: EventId::new(number(row, "id")?),
        at: time(row, "at")?,
        by: author(row)?,
        what: parse::<HappenedDoc>("event", &text(row, "what")?)?.try_into()?,
    })
}

/// One thing that happened, and in which conversation.
pub(super) fn event_of(row: &AnyRow) -> Result<(ConversationId, Event), Failure> {
    Ok((ConversationId::new(number(row, "conversation")?), event(row)?))
}

/// A question that was handed to a person.
pub(super) fn unanswered(row: &AnyRow) -> Result<Unanswered, Failure> {
    let what = parse::<HappenedDoc>("event", &text(row, "what")?)?.try_into()?;
    let Happened::HandedOff { ticket, reason, .. } = what else {
        return Err(Unreadable { what: "event", detail: "it is no hand-off".to_owned() }.into());
    };
    Ok(Unanswered {
        ticket,
        question: Redacted::vouched(maybe_text(row, "text")?.unwrap_or_default()),
        lang: word(row, "lang")?,
        employee: EmployeeId::new(text(row, "employee")?),
        reason,
        at: time(row, "at")?,
    })
}

/// What was asked, and in which language.
pub(super) fn asked(row: &AnyRow) -> Result<(Redacted, Lang), Failure> {
    Ok((Redacted::vouched(maybe_text(row, "text")?.unwrap_or_default()), word(row, "lang")?))
}

/// A learned question.
pub(super) fn learned(row: &AnyRow) -> Result<LearnedQuestion, Failure> {
    Ok(LearnedQuestion {
        id: LearnedId::new(number(row, "id")?),
        article: Slug::new(text(row, "article")?),
        text: Redacted::vouched(text(row, "text")?),
        lang: word(row, "lang")?,
        origin: word(row, "origin")?,
        state: word(row, "state")?,
        people: u32::try_from(number(row, "people")?).unwrap_or(u32::MAX),
        first_at: time(row, "first_at")?,
        last_at: time(row, "last_at")?,
        settled: settled(row)?,
    })
}

fn settled(row: &AnyRow) -> Result<Option<(Holder, Timestamp)>, Failure> {
    let Some(id) = maybe_text(row, "settled_by")? else { return Ok(None) };
    let name = maybe_text(row, "settled_name")?.ok_or_else(|| missing("learned question", "settled_name"))?;
    Ok(Some((Holder { id: OperatorId::new(id), name }, time(row, "settled_at")?)))
}

/// An article and how many questions are proposed for it.
pub(super) fn proposals(row: &AnyRow) -> Result<(Slug, u64), Failure> {
    Ok((Slug::new(text(row, "article")?), u64::try_from(number(row, "proposals")?).unwrap_or(0)))
}

/// A reader's vote on an article.
pub(super) fn vote(row: &AnyRow) -> Result<Vote, Failure> {
    Ok(Vote {
        reader: EmployeeId::new(text(row, "reader")?),
        article: article(row)?,
        useful: number(row, "useful")? != 0,
        remark: maybe_text(row, "remark")?.map(Redacted::vouched),
        at: time(row, "at")?,
    })
}

/// How an article did.
pub(super) fn article_figures(row: &AnyRow) -> Result<ArticleFigures, Failure> {
    let count = |column| number(row, column).map(|count| u64::try_from(count).unwrap_or(0));
    Ok(ArticleFigures {
        article: article(row)?,
        shown: count("shown")?,
        helped: count("helped")?,
        did_not_help: count("did_not_help")?,
        useful: count("useful")?,
        not_useful: count("not_useful")?,
    })
}

fn article(row: &AnyRow) -> Result<ArticleRef, Failure> {
    Ok(ArticleRef { slug: Slug::new(text(row, "slug")?), lang: word(row, "lang")? })
}

/// An errand that has just been given out.
pub(super) fn leased(row: &AnyRow) -> Result<Leased, Failure> {
    let before = number(row, "attempts")?.saturating_sub(1);
    Ok(Leased {
        id: OutboxId::new(number(row, "id")?),
        errand: parse::<ErrandDoc>("errand", &text(row, "errand")?)?.into(),
        channel: ChannelName::new(text(row, "channel")?),
        conversation: ConversationId::new(number(row, "conversation")?),
        created_at: time(row, "created_at")?,
        attempts: u32::try_from(before).unwrap_or(u32::MAX),
        place: text(row, "place")?,
        room: maybe_text(row, "room")?,
        card: shown_card(row)?,
    })
}

fn shown_card(row: &AnyRow) -> Result<Option<ShownCard>, Failure> {
    let Some(address) = maybe_text(row, "card_address")? else { return Ok(None) };
    Ok(Some(ShownCard {
        address,
        external_id: ExternalId::new(text(row, "card_external_id")?),
        posted_at: time(row, "card_posted_at")?,
        shown: maybe_text(row, "card_shown")?,
        earlier: maybe_text(row, "card_earlier")?.map(ExternalId::new),
        talk: maybe_text(row, "card_talk")?,
    }))
}

/// What a card that was posted shows, and to whom.
pub(super) fn card_posted(row: &AnyRow) -> Result<(TicketId, GroupId), Failure> {
    Ok((TicketId::new(number(row, "ticket")?), GroupId::new(text(row, "desk_group")?)))
}

/// An errand that was given up. What it was to do may be unreadable: it is listed all the same.
pub(super) fn stuck(row: &AnyRow) -> Result<Stuck, Failure> {
    let why = maybe_text(row, "why")?.map_or(Ok(Obstacle::Other), |why| Obstacle::read(&why))?;
    let created_at = time(row, "created_at")?;
    Ok(Stuck {
        id: OutboxId::new(number(row, "id")?),
        errand: parse::<ErrandDoc>("errand", &text(row, "errand")?).ok().map(Errand::from),
        conversation: ConversationId::new(number(row, "conversation")?),
        employee_name: maybe_text(row, "employee_name")?,
        number: maybe_number(row, "number")?.map(TicketNumber::new),
        group: maybe_text(row, "desk_group")?.map(GroupId::new),
        channel: ChannelName::new(text(row, "channel")?),
        why,
        reason: maybe_text(row, "reason")?.unwrap_or_default(),
        created_at,
        given_up_at: maybe_number(row, "closed_at")?.map_or(created_at, Timestamp::from_micros),
    })
}

/// What an operator has begun to write.
pub(super) fn draft(row: &AnyRow) -> Result<Draft, Failure> {
    let (by, ticket) = (OperatorId::new(text(row, "operator")?), TicketId::new(number(row, "ticket")?));
    let key = DraftKey { by, ticket, kind: word(row, "kind")? };
    Ok(Draft { key, form: text(row, "form")?, text: Redacted::vouched(text(row, "text")?), at: time(row, "at")? })
}

/// A sign-in link or session.
pub(super) fn session(row: &AnyRow) -> Result<Session, Failure> {
    let operator = Operator {
        id: OperatorId::new(text(row, "operator")?),
        name: text(row, "name")?,
        groups: parse::<MembershipDoc>("session", &text(row, "membership")?)?.into(),
        roles: text(row, "roles")?.split(' ').filter_map(Role::from_name).collect(),
    };
    Ok(Session {
        hash: Hash(text(row, "hash")?),
        kind: word(row, "kind")?,
        operator,
        email: maybe_text(row, "email")?,
        expires_at: time(row, "expires_at")?,
        ends_at: time(row, "ends_at")?,
    })
}

/// When the next errand is due, if any is.
pub(super) fn due(row: &AnyRow) -> Result<Option<Timestamp>, Failure> {
    Ok(maybe_number(row, "due_at")?.map(Timestamp::from_micros))
}
