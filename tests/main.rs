//! Firstline's stories, one file each, and the invariants of the house.

mod discord;
mod pages;
mod tidy;
mod web;
