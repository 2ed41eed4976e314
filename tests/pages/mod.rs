//! The pages, as a browser without our script sees them, and their streams.

mod article;
mod browser;
mod call;
mod desk;
mod editor;
mod embed;
mod employee;
mod explain;
mod files;
mod frame;
mod house;
mod incidents;
mod learned;
mod links;
mod missing;
mod own_tickets;
mod proxied;
mod queue;
mod replies;
mod routes;
mod sessions;
mod shelf;
mod streams;
mod stuck;
mod suggest;
mod ticket;
