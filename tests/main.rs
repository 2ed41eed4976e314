//! Firstline's stories, one file each, and the invariants of the house.

mod browser;
mod canary;
mod clients;
mod discord;
mod first_start;
mod gaps;
mod kills;
mod knowledge;
mod learned;
mod model;
mod npm;
mod pages;
mod past_tickets;
mod program;
mod provider;
mod sign_in;
mod tidy;
mod tuning;
mod web;
