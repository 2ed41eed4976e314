//! One ticket as an operator works on it.
//!
//! In reading order: `seen` reads it, `view` puts the page together from its parts, each in the file of its name; `act` does what
//! the forms want and `notice` says how it went; `news` keeps an open page up to date.

mod act;
mod aids;
mod article;
mod articles;
mod drafts;
mod facts;
mod merge;
mod news;
mod note;
mod notice;
mod replies;
mod seen;
mod similar;
mod snooze;
mod spot;
mod verbs;
mod view;
mod work;

pub(super) use seen::{Opened, Seen};
pub(super) use spot::Spot;
pub(super) use view::panel;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use self::news::News;
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use super::stream::{After, follow};
use super::work::Beside;
use crate::desk::Desk;
use crate::domain::ids::TicketNumber;

/// The ticket's page and what it sends.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/tickets/{number}", get(show))
        .route("/desk/tickets/{number}/events", get(events))
        .route("/desk/tickets/{number}/articles", get(articles::search))
        .route("/desk/tickets/{number}/replies", get(replies::search))
        .route("/desk/tickets/{number}/duplicate", get(merge::ask))
        .route("/desk/tickets/{number}/draft", post(drafts::keep))
        .route("/desk/tickets/{number}/article", get(article::back).post(article::begin))
        .route("/desk/tickets/{number}/{verb}", post(act::act))
}

async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Opened>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let (Path(number), Query(opened)) = (path?, query?);
    let seen = Seen::read(&desk, &by.operator, TicketNumber::new(number), opened).await?;
    Ok(view::page(&reader, &by.operator, &seen))
}

/// Beside which other tickets the page that follows has it.
#[derive(Deserialize)]
struct Among {
    #[serde(default)]
    beside: String,
}

async fn events(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<After>, QueryRejection>,
    among: Result<Query<Among>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Path(number), Query(after), Query(among)) = (path?, query?, among?);
    let ticket = desk.flows.ticket_alone(TicketNumber::new(number), &by.operator).await?;
    let beside = if among.beside.is_empty() { String::new() } else { Beside::of(&among.beside).to_string() };
    Ok(follow(&desk, News::new(reader, by, &ticket, after.line(&headers), beside)))
}
