//! The start of an article, made of a solved ticket. It goes into the page itself: what was written stands in no address.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::{Markup, html};

use super::super::articles::{self, Begun};
use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::spot::Spot;
use crate::desk::Desk;
use crate::domain::ids::TicketNumber;
use crate::domain::ticket::Status;
use crate::flows::ArticleDraft;

/// Asks for a new article's name, with the ticket's question and answers in hand.
pub(super) async fn begin(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Markup, Failure> {
    let Path(number) = path?;
    let draft = desk.flows.draft_article(TicketNumber::new(number), &by.operator).await?;
    articles::ask_with(&reader, &by.operator, &begun(&draft), Some("missing.from_ticket"))
}

/// The language picker leads back to the ticket.
pub(super) async fn back(path: Result<Path<i64>, PathRejection>) -> Result<Redirect, Failure> {
    let Path(number) = path?;
    Ok(Redirect::to(&format!("/desk/tickets/{number}")))
}

fn begun(draft: &ArticleDraft) -> Begun {
    let answers: Vec<&str> = draft.answers.iter().map(|answer| answer.as_str().trim()).collect();
    Begun {
        title: articles::title_of(draft.question.as_str()),
        lang: draft.lang.code().to_owned(),
        questions: draft.question.as_str().split_whitespace().collect::<Vec<_>>().join(" "),
        group: draft.group.to_string(),
        body: answers.join("\n\n"),
        ..Begun::default()
    }
}

/// The button, for those who may edit what the ticket's group answers for.
pub(super) fn button(spot: Spot<'_>) -> Markup {
    let offered = spot.ticket.status == Status::Resolved && spot.by.may_edit(&spot.ticket.group).is_ok();
    html! {
        @if offered {
            form.ds-card method="post" action=(spot.address("article")) {
                button.ds-button data-variant="secondary" data-size="sm" { (spot.say("missing.make_article")) }
            }
        }
    }
}
