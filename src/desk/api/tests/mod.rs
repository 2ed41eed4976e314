//! The API, driven in-process over real flows.

mod described;
mod house;
mod incidents;
mod learned;
mod problems;
mod story;
mod stubs;
mod verbs;

/// The one identity number that the tests' privacy filter knows.
const FNR: &str = "01010112345";
