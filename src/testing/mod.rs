//! The whole product in a test: a movable clock, counted identifiers, points where the process can be killed.

mod crash;
mod time;

pub use crash::reached;
pub use time::{CountedIds, TestClock};
