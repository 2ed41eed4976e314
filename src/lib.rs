//! Firstline: the first line of support in chat.

pub mod domain;
pub mod ports;

mod boundary;
mod crash_point;
pub mod flows;

pub mod app;
pub mod channels;
pub mod cli;
pub mod config;
pub mod desk;
pub mod files;
pub mod identity;
pub mod jobs;
pub mod library;
pub mod model;
pub mod privacy;
pub mod search;
pub mod store;
pub mod system;
pub mod wording;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
