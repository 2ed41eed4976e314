//! What happens without a request. Every job is a task with an owner, and ends when it is told to.

mod commit;
mod deliver;
mod incidents;
mod learn;
mod past_tickets;
mod tidy_up;

pub use commit::Commit;
pub use deliver::{Deliver, Delivered};
pub use incidents::WatchIncidents;
pub use learn::Learn;
pub use past_tickets::{Remember, Trouble};
pub use tidy_up::TidyUp;
