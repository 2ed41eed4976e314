//! Firstline's stories, one file each, and the invariants of the house.

mod tidy;
mod web;
