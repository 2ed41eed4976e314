//! The whole product in a test: a movable clock, counted identifiers, a fake platform, points where the process can be killed.

mod crash;
pub mod discord;
mod time;

pub use crash::reached;
pub use time::{CountedIds, TestClock};
