//! Incidents and planned maintenance: at the top of employees' pages, on a page of their own, and as coordinators keep them.

mod banner;
mod filled;
mod form;
mod keep;
mod link;
mod list;
mod one;
mod standing;
mod words;

pub(super) use banner::{Bannered, banner};
pub(super) use link::{link_panel, ticket_tag};

use axum::Router;
use axum::routing::{get, post};

use crate::desk::Desk;

/// The address that open pages without news of their own hear of incidents at.
pub(super) const EVENTS: &str = "/status/events";

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/status", get(standing::show))
        .route(EVENTS, get(standing::events))
        .route("/desk/incidents", get(list::show).post(keep::announce))
        .route("/desk/incidents/new", get(keep::blank))
        .route("/desk/incidents/{number}", get(one::show))
        .route("/desk/incidents/{number}/edit", get(keep::edit).post(keep::revise))
        .route("/desk/incidents/{number}/{verb}", post(one::act))
        .route("/desk/tickets/{number}/incident", post(link::act))
}
