//! What happens without a request. Every job is a task with an owner, and ends when it is told to.

mod deliver;

pub use deliver::{Deliver, Delivered};
