//! The whole product in a test: fakes that keep state, a movable clock, counted identifiers, points where the process
//! can be killed.

#[cfg(feature = "testing")]
mod bot;
mod chance;
mod checkout;
mod crash;
#[cfg(feature = "testing")]
pub mod discord;
mod editing;
#[cfg(feature = "testing")]
mod model;
#[cfg(feature = "testing")]
mod program;
#[cfg(feature = "testing")]
pub mod simulation;
mod time;
mod turnstile;

#[cfg(feature = "testing")]
pub use bot::{Asker, OperatorOf, TestBot};
pub use chance::Chance;
pub use checkout::checkout;
pub use crash::reached;
pub use editing::editing;
#[cfg(feature = "testing")]
pub use model::{FakeModel, Heard, Manner};
#[cfg(feature = "testing")]
pub use program::{Ended, Process, Program, Seen, Signal};
pub use time::{CountedIds, TestClock};
pub(crate) use turnstile::pass;
