//! The pages in the browser: the employee's chat and articles, and the operators' desk.
//!
//! Rendered here and complete without JavaScript; the scripts in `assets/js` make them live.
//! `guard` stands before every page: it refuses forms of other sites, words failures, and sets the headers.

mod article;
mod articles;
mod asset;
mod call;
mod chat;
mod compress;
mod cookie;
mod embed;
mod explain;
mod failure;
mod files;
mod form;
mod guard;
mod incidents;
mod learned;
mod line;
mod markup;
mod missing;
mod proxied;
mod queue;
mod reader;
mod session;
mod shell;
mod sign_in;
mod stream;
mod stuck;
mod suggest;
mod ticket;
mod typing;
mod visitor;
mod work;

pub use asset::LOOK;
pub use sign_in::{CALLBACK, Invitation, new_sign_in_link};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use super::Desk;

/// The largest form that is read, in bytes: the longest text with every character escaped.
const LARGEST_FORM: usize = 12 * super::LONGEST_TEXT + 4_096;

/// Every page, and the answer to addresses that are none.
pub fn router(desk: &Desk) -> Router<Desk> {
    Router::new()
        .merge(employee())
        .merge(operator())
        .merge(incidents::router())
        .merge(ticket::router())
        .merge(stuck::router())
        .merge(typing::router())
        .merge(work::router())
        .merge(articles::router())
        .merge(missing::router())
        .merge(sign_in::router())
        .merge(call::router())
        .merge(files::router(desk))
        .merge(article::router())
        .merge(embed::router())
        .merge(suggest::router())
        .route("/language", post(reader::choose))
        .route("/assets/{name}", get(asset::show))
        .fallback(async || failure::Failure::NotFound)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn_with_state(desk.clone(), guard::stand))
        .layer(from_fn(compress::pages))
}

fn employee() -> Router<Desk> {
    Router::new()
        .route("/", get(chat::latest))
        .route("/chat", post(chat::write))
        .route("/chat/new", post(chat::start_anew))
        .route("/chat/tickets", get(chat::tickets))
        .route("/chat/tickets/{number}", get(chat::ticket))
        .route("/chat/tickets/{number}/{verb}", post(chat::work))
        .route("/chat/{conversation}", get(chat::one))
        .route("/chat/{conversation}/events", get(chat::events))
        .route("/chat/{conversation}/actions/{action}", post(chat::press))
}

fn operator() -> Router<Desk> {
    Router::new()
        .route("/desk", get(queue::show))
        .route("/desk/events", get(queue::events))
        .route("/desk/explain", get(explain::show))
        .route("/desk/learned", get(learned::show))
        .route("/desk/learned/{id}/{verb}", post(learned::act))
}
