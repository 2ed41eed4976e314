//! What the ticket's forms send, and what becomes of it.

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::form::{Sender, Told};
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::work;
use super::notice::{Notice, Verb};
use super::snooze::until;
use crate::desk::{Desk, Unfit, Who, receipt};
use crate::domain::draft::DraftKind;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::message::Redacted;
use crate::domain::operator_side::{Destination, Wish, Written};
use crate::domain::permission::Operator;
use crate::domain::reply::fields;
use crate::domain::ticket::{Assessment, Impact, SupportLine, Urgency};

/// What the ticket's forms send.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    text: String,
    /// A group's short name, or its name in any language.
    #[serde(default)]
    group: String,
    /// A line of support.
    #[serde(default)]
    line: String,
    #[serde(default)]
    impact: String,
    #[serde(default)]
    urgency: String,
    /// A moment that is often chosen, or one of one's own.
    #[serde(default)]
    preset: String,
    #[serde(default)]
    until: String,
    /// The number of the ticket that this one is a duplicate of.
    #[serde(default)]
    into: String,
    /// The page that the form is on, where it is not the ticket's own: `queue`, or the tickets that stand there side by side.
    #[serde(default)]
    from: String,
    /// Whom the form's text is meant for, as the form itself says.
    #[serde(default, rename = "for")]
    meant_for: String,
    /// The same one twice is one message.
    #[serde(default)]
    client_id: String,
}

/// Does what the operator wants done, if the flows allow it, and says how it went.
pub(super) async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<(i64, String)>, PathRejection>,
    form: Result<Form<Filled>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((number, verb)), Form(filled)) = (path?, form?);
    let (number, verb) = (TicketNumber::new(number), Verb::from_name(&verb).ok_or(Failure::NotFound)?);
    let notice = match wish(&desk, verb, &filled) {
        Ok(wish) => {
            let named = Some(filled.client_id.as_str()).filter(|id| !id.is_empty());
            let what = format!("{number}/{}", verb.as_str());
            let receipt = named.map(|id| receipt(by.operator.id.as_str(), &what, id));
            Notice::of(verb, desk.flows.handle_once(number, &by.operator, wish, receipt).await?)
        }
        Err(notice) => notice,
    };
    settle_draft(&desk, &by.operator, number, verb, &filled, &notice, sender).await?;
    let page = match work::back_to(&filled.from, number) {
        Some(beside) => format!("{beside}&said={}", notice.code()),
        None => format!("/desk/tickets/{number}?said={}", notice.code()),
    };
    let told = match notice {
        Notice::Did(_) if filled.from == "queue" => Told::done().go(format!("/desk/tickets/{number}")),
        Notice::Did(_) => Told::well(notice.words(&reader)),
        _ => Told::refused(notice.words(&reader)),
    };
    Ok(told.answer(sender, &page))
}

/// What was sent is no draft any more. What was refused stays one; without script there is no other place where it would.
async fn settle_draft(
    desk: &Desk,
    by: &Operator,
    number: TicketNumber,
    verb: Verb,
    filled: &Filled,
    notice: &Notice,
    sender: Sender,
) -> Result<(), Failure> {
    let Some(kind) = verb.draft() else { return Ok(()) };
    if matches!(notice, Notice::Did(_)) {
        desk.flows.draft_sent(number, by, kind, &filled.client_id).await?;
        let ticket = desk.flows.ticket_alone(number, by).await?;
        desk.presence().sent(ticket.conversation, &Who::from(by));
    } else if sender == Sender::Browser
        && let Ok(typed) = desk.typed(&filled.text)
    {
        desk.flows.keep_draft(number, by, kind, &filled.client_id, typed.text).await?;
    }
    Ok(())
}

/// What the operator wants, or why it is not taken up.
fn wish(desk: &Desk, verb: Verb, filled: &Filled) -> Result<Wish, Notice> {
    let text = || desk.typed(&filled.text).map(|typed| typed.text).map_err(Notice::Unfit);
    if let Some(kind) = verb.draft()
        && !is_meant_for(kind, &filled.meant_for)
    {
        return Err(Notice::OtherForm);
    }
    Ok(match verb {
        Verb::Take => Wish::Take,
        Verb::Release => Wish::Release,
        Verb::Reply => Wish::Reply(whole(text()?)?, Written::InDesk),
        Verb::Note => Wish::Note(text()?),
        Verb::Transfer => Wish::Transfer { to: Destination::Group(group(desk, &filled.group)), reason: text()? },
        Verb::Line => {
            let line = SupportLine::from_name(&filled.line).ok_or(Notice::Already)?;
            Wish::Transfer { to: Destination::Line(line), reason: text()? }
        }
        Verb::Priority => Wish::Prioritise(assessment(filled).ok_or(Notice::Already)?),
        Verb::Snooze => {
            let until = until(&filled.preset, &filled.until, desk.clock.now(), &desk.facts.timezone);
            Wish::Snooze { until: until.ok_or(Notice::UnfitMoment)? }
        }
        Verb::Wake => Wish::Wake,
        Verb::Merge => {
            let into = filled.into.trim().parse().map(TicketNumber::new);
            Wish::MergeInto(into.map_err(|_| Notice::Unmergeable("merge-none"))?)
        }
        Verb::Resolve => match text() {
            Err(Notice::Unfit(Unfit::Empty)) => Wish::Resolve(None),
            text => Wish::Resolve(Some(whole(text?)?)),
        },
    })
}

fn assessment(filled: &Filled) -> Option<Assessment> {
    Some(Assessment { impact: Impact::from_name(&filled.impact)?, urgency: Urgency::from_name(&filled.urgency)? })
}

/// Whether a form's text is for those to whom its address leads. A form that says nothing of it is not one of the page's.
fn is_meant_for(kind: DraftKind, said: &str) -> bool {
    said.is_empty() || said == kind.as_str()
}

/// The text for the employee, if nothing in it is still to be filled in.
fn whole(text: Redacted) -> Result<Redacted, Notice> {
    match fields(text.as_str()) {
        unfilled if unfilled.is_empty() => Ok(text),
        unfilled => Err(Notice::Unfilled(unfilled)),
    }
}

/// The group that is meant by a short name or by a name in any language; what is none of them stays as it is.
fn group(desk: &Desk, said: &str) -> GroupId {
    let said = said.trim();
    let lower = said.to_lowercase();
    let named = |name: &String| name.to_lowercase() == lower;
    let mut groups = desk.facts.groups.iter();
    let meant = groups.find(|group| group.id.as_str() == said || group.names.iter().any(named));
    meant.map_or_else(|| GroupId::new(said), |group| group.id.clone())
}
