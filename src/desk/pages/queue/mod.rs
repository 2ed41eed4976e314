//! The operators' queue.

mod filter;
pub(super) mod keyboard;
mod news;
mod table;
mod view;
mod views;

pub(super) use table::{age, asker};

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};

use self::filter::{Asked, Filter, counts};
use self::news::{News, Shown};
use self::view::Beside;
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use super::stream::follow;
use crate::desk::Desk;

/// The tickets that the address asks for. A search for something that must not be kept is led to the same list without that in
/// its address.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(asked) = query?;
    let filter = Filter::of(&asked, &desk);
    if filter.is_cleaned {
        return Ok(Redirect::to(&filter.address("/desk")).into_response());
    }
    let at = desk.clock.now();
    let (list, counts) = (filter.page(&desk, &by.operator).await?, counts(&desk, &by.operator).await?);
    let events = news::address(&filter, &list.tickets, at);
    let beside = Beside { counts, stuck: desk.flows.stuck(&by.operator).await?.len() };
    Ok(view::page(&reader, &by.operator, &filter, &list, &beside, events).into_response())
}

/// The news of the same list.
pub(super) async fn events(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
    shown: Result<Query<Shown>, QueryRejection>,
) -> Result<Response, Failure> {
    let (Query(asked), Query(shown)) = (query?, shown?);
    let filter = Filter::of(&asked, &desk);
    Ok(follow(&desk, News::new(reader, by.hash, filter, &shown)))
}
