//! The operators' queue.

mod filter;
mod news;
mod view;

pub(super) use view::{age, asker};

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};

use self::filter::{Asked, Filter};
use self::news::News;
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use super::stream::follow;
use crate::desk::Desk;

/// The tickets that the address asks for.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Query(asked) = query?;
    let filter = Filter::from(asked);
    let tickets = filter.tickets(&desk, &by.operator).await?;
    Ok(view::page(&reader, &by.operator, &filter, &tickets))
}

/// The news of the same list.
pub(super) async fn events(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(asked) = query?;
    Ok(follow(&desk, News::new(reader, by.hash, Filter::from(asked))))
}
