//! The browser and the API: the only place that knows HTTP from the inside.
//!
//! Employees ask and operators work here, in pages and, for other systems, through the API.
//! Everything that people type passes [`Desk::typed`] first, and every rule is asked in the flows.

mod api;
mod attempts;
mod choices;
mod employee_key;
mod health;
mod limits;
mod live;
pub mod pages;
mod phone;
mod presence;
mod repeated;
mod sign_in;
mod state;
mod typed;

pub use choices::open_choices;
pub use employee_key::{Door, hash_of};
pub use live::{Live, Stir};
pub use phone::Noted;
use presence::{Seat, Who};
pub use repeated::receipt;
pub use sign_in::SignIn;
pub use state::{ChannelReport, Condition, Desk, Health, Parts, Person, Privacy};
pub use typed::{LONGEST_TEXT, Typed, Unfit};

use axum::{Router, middleware};

use limits::Limits;

/// Everything that is served.
pub fn router(desk: Desk) -> Router {
    let limits = Limits::new(desk.clock.clone());
    let limited = Router::new()
        .merge(api::router())
        .merge(pages::router(&desk))
        .layer(middleware::from_fn_with_state(limits, limits::within));
    limited.merge(health::router()).with_state(desk)
}
