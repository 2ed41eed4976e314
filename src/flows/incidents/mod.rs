//! Incidents: what is open, what coordinators do with one, which tickets are about it, and who is told when it is over.

mod board;
mod coordinate;
mod link;
mod look;
mod tell;

pub use coordinate::Moved;
pub use link::Linked;
pub use look::{IncidentView, Standing};
pub use tell::Reached;

pub(super) use board::Board;
