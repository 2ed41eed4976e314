//! testing

pub mod discord;
