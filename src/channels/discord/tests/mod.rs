//! The channel against a Discord that keeps state, over real sockets, with the real store.

mod acknowledging;
mod another_way;
mod asking;
mod cards;
mod catching_up;
mod changing;
mod delivering;
mod guilds;
mod handing_off;
mod harness;
mod notices;
mod operating;
mod overhearing;
mod own_tickets;
mod panel;
mod sending_files;
mod shelf;
mod side_talk;
mod signing_in;
mod staying_connected;
mod talking;
mod unfinished_rooms;
