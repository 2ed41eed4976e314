//! Firstline's stories, one file each, and the invariants of the house.

mod discord;
mod first_start;
mod kills;
mod pages;
mod tidy;
mod web;
