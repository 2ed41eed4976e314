//! The pages, as a browser without our script sees them, and their streams.

mod browser;
mod call;
mod desk;
mod employee;
mod explain;
mod files;
mod frame;
mod house;
mod learned;
mod queue;
mod shelf;
mod streams;
