//! The pages, as a browser without our script sees them, and their streams.

mod browser;
mod desk;
mod editor;
mod employee;
mod explain;
mod frame;
mod house;
mod learned;
mod shelf;
mod streams;
