//! Firstline's stories, one file each, and the invariants of the house.

mod canary;
mod discord;
mod knowledge;
mod pages;
mod program;
mod tidy;
mod web;
