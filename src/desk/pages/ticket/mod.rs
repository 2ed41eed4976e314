//! One ticket as an operator works on it.

mod news;
mod notice;
mod similar;
mod view;
mod work;

use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::news::News;
use self::notice::{Notice, Said};
use super::failure::Failure;
use super::form::{Sender, Told};
use super::reader::Reader;
use super::session::SignedIn;
use super::stream::{After, follow};
use crate::desk::{Desk, Unfit};
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::operator_side::{Destination, Wish, Written};

/// What the ticket's forms send.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    text: String,
    #[serde(default)]
    group: String,
    /// The page that the form is on, where it is not the ticket's own.
    #[serde(default)]
    from: String,
}

/// The ticket.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<Said>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let (Path(number), Query(said)) = (path?, query?);
    let number = TicketNumber::new(number);
    let ticket = desk.flows.ticket(number, &by.operator).await?;
    let similar = desk.flows.similar(number, &by.operator).await?;
    let notice = said.notice(ticket.ticket.holder.as_ref());
    Ok(view::page(&reader, &by.operator, &ticket, &similar, notice.as_ref()))
}

/// The ticket's news.
pub(super) async fn events(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<i64>, PathRejection>,
    query: Result<Query<After>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (Path(number), Query(after)) = (path?, query?);
    let ticket = desk.flows.ticket(TicketNumber::new(number), &by.operator).await?;
    Ok(follow(&desk, News::new(reader, by.hash, &ticket.ticket, after.line(&headers))))
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
    let notice = match wish(&desk, &verb, &filled)? {
        Ok(wish) => Notice::of(&verb, desk.flows.handle(TicketNumber::new(number), &by.operator, wish).await?),
        Err(why) => Notice::Unfit(why),
    };
    let ticket = format!("/desk/tickets/{number}");
    let page = format!("{ticket}?said={}", notice.code());
    let told = match notice {
        Notice::Did(_) if filled.from == "queue" => Told::done().go(ticket),
        Notice::Did(_) => Told::well(notice.words(&reader)),
        _ => Told::refused(notice.words(&reader)),
    };
    Ok(told.answer(sender, &page))
}

/// What the operator wants, or why their text is not taken.
fn wish(desk: &Desk, verb: &str, filled: &Filled) -> Result<Result<Wish, Unfit>, Failure> {
    let text = || desk.typed(&filled.text).map(|typed| typed.text);
    Ok(match verb {
        "take" => Ok(Wish::Take),
        "release" => Ok(Wish::Release),
        "reply" => text().map(|text| Wish::Reply(text, Written::InDesk)),
        "note" => text().map(Wish::Note),
        "transfer" => text().map(|reason| Wish::Transfer { to: Destination::Group(GroupId::new(filled.group.as_str())), reason }),
        "resolve" => match text() {
            Err(Unfit::Empty) => Ok(Wish::Resolve(None)),
            text => text.map(|text| Wish::Resolve(Some(text))),
        },
        _ => return Err(Failure::NotFound),
    })
}
