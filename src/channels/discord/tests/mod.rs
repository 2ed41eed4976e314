//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod asking;
mod cards;
mod delivering;
mod guilds;
mod handing_off;
mod harness;
mod notices;
mod operating;
mod own_tickets;
mod panel;
mod side_talk;
mod signing_in;
mod staying_connected;
mod talking;
