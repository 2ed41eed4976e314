//! Who else is at a conversation: heard from those who type, shown to those who look.

use std::collections::HashSet;
use std::time::Duration;

use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Form, Router};
use maud::{Markup, html};
use serde::Deserialize;

use super::failure::Failure;
use super::queue::asker;
use super::reader::Reader;
use super::session::SignedIn;
use super::stream::Outgoing;
use super::visitor::Visitor;
use crate::desk::{Desk, Who};
use crate::domain::draft::DraftKind;
use crate::domain::ids::{ConversationId, TicketNumber};
use crate::domain::permission::Operator;
use crate::ports::TicketSummary;

/// Where scripts say that somebody types.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/tickets/{number}/typing", post(operator_types))
        .route("/chat/{conversation}/typing", post(employee_types))
}

/// That somebody types, and for whom; nothing of what they type.
#[derive(Deserialize)]
struct Types {
    #[serde(default)]
    kind: String,
}

async fn operator_types(
    State(desk): State<Desk>,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    form: Result<Form<Types>, FormRejection>,
) -> Result<(), Failure> {
    let (Path(number), Form(types)) = (path?, form?);
    let kind = DraftKind::from_name(&types.kind).ok_or(Failure::Unreadable)?;
    let (ticket, _) = desk.flows.worked_on(TicketNumber::new(number), &by.operator).await?;
    desk.presence().types(ticket.conversation, &Who::from(&by.operator), kind);
    Ok(())
}

async fn employee_types(
    State(desk): State<Desk>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
) -> Result<(), Failure> {
    let Path(id) = path?;
    let conversation = desk.flows.own_conversation(ConversationId::new(id), &visitor.id()).await?;
    desk.presence().types(conversation.id, &Who::Employee, DraftKind::Reply);
    Ok(())
}

/// What a page is told of others.
pub(super) struct Shown {
    /// The element that shows it. It is not read out by itself.
    pub(super) region: Markup,
    /// What is read out, each at most once.
    pub(super) sentences: Vec<String>,
    /// In what time it may be no longer true.
    pub(super) stale_in: Option<Duration>,
}

/// What was read out already, so that nobody's screen reader is flooded.
#[derive(Default)]
pub(super) struct Told(HashSet<String>);

impl Told {
    /// Reads out what was not read out since the last line came.
    pub(super) fn tell(&mut self, sentences: Vec<String>, out: &mut Outgoing) {
        for sentence in sentences {
            if self.0.insert(sentence.clone()) {
                out.announce(&sentence);
            }
        }
    }

    /// A line has come: who types after it types something else.
    pub(super) fn line(&mut self) {
        self.0.clear();
    }
}

/// What an operator is told: the element with the id `presence-<number>`.
pub(super) fn for_operator(reader: &Reader, by: &Operator, ticket: &TicketSummary) -> Shown {
    let others = reader.desk().presence().others(ticket.conversation, &Who::from(by));
    let named = |key: &str, names: &[String]| (!names.is_empty()).then(|| reader.fill(key, &[("name", &listed(reader, names))]));
    let employee = others.employee.then(|| reader.fill("ticket.types", &[("name", asker(reader, ticket))]));
    let (looking, replying) = (named("ticket.looking", &others.looking), named("ticket.replying", &others.replying));
    let all = [&looking, &replying, &named("ticket.noting", &others.noting), &employee].map(Clone::clone);
    let region = html! {
        p.presence id={ "presence-" (ticket.number) } { @for sentence in all.iter().flatten() { span { (sentence) " " } } }
    };
    // Who takes a note is seen, but need not be heard.
    Shown { region, sentences: [looking, replying, employee].into_iter().flatten().collect(), stale_in: others.stale_in }
}

/// What the employee is told: the element with the id `typing`, which knows where to say that they type.
pub(super) fn for_employee(reader: &Reader, id: ConversationId) -> Shown {
    let others = reader.desk().presence().others(id, &Who::Employee);
    let names = &others.replying;
    let sentence = (!names.is_empty()).then(|| reader.fill("ticket.types", &[("name", &listed(reader, names))]));
    let region = html! {
        p #typing .typing data-typing={ "/chat/" (id) "/typing" } { @if let Some(sentence) = &sentence { (sentence) } }
    };
    Shown { region, sentences: sentence.into_iter().collect(), stale_in: others.stale_in }
}

/// Names as a sentence has them: `Kari, Ola og Per`.
fn listed(reader: &Reader, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} {} {last}", others.join(", "), reader.say("ticket.and")),
    }
}
