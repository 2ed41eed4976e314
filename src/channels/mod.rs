//! The platforms where employees write, one folder each.

pub mod discord;
