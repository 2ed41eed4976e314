//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod another_way;
mod asking;
mod catching_up;
mod changing;
mod delivering;
mod guilds;
mod handing_off;
mod harness;
mod notices;
mod overhearing;
mod own_tickets;
mod panel;
mod sending_files;
mod signing_in;
mod staying_connected;
mod talking;
