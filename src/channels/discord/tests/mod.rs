//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod another_way;
mod delivering;
mod handing_off;
mod harness;
mod staying_connected;
mod talking;
