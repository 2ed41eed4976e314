//! The pages, as a browser without our script sees them, and their streams.

mod browser;
mod desk;
mod employee;
mod explain;
mod files;
mod frame;
mod house;
mod incidents;
mod learned;
mod shelf;
mod streams;
