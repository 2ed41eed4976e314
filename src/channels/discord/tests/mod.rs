//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod cards;
mod delivering;
mod handing_off;
mod harness;
mod operating;
mod side_talk;
mod staying_connected;
mod talking;
