//! The whole product in a test: fakes that keep state, a movable clock, counted identifiers, points where the process
//! can be killed.

mod crash;
#[cfg(feature = "testing")]
pub mod discord;
mod time;

pub use crash::reached;
pub use time::{CountedIds, TestClock};
