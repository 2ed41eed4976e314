//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod catching_up;
mod changing;
mod delivering;
mod handing_off;
mod harness;
mod overhearing;
mod sending_files;
mod staying_connected;
mod talking;
