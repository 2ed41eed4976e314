//! The command line: one file for each command.
//!
//! `main` reads it with [`parse`] and loads the configuration with [`Globals::load`]. [`run_tool`] carries out what needs no
//! running Firstline; `serve`, `doctor` and `sign-in-link` are the composition root's, which uses [`doctor`] for its report.
//! Whatever comes of it becomes an exit code in [`exit_code`].

mod args;
mod ask;
mod compare;
mod conversation;
pub mod doctor;
mod ended;
pub mod eval;
mod explain;
mod kb_check;
mod kb_eval;
mod kb_gaps;
mod kb_learned;
mod kb_overheard;
mod kb_search;
mod kb_tune;
mod last_run;
mod redact;
mod tool;
mod typing_errors;

pub use args::{Ask, Cli, Command, Eval, Gaps, Globals, Kb, SignInLink, Tool, Tune, parse};
pub use conversation::Did;
pub use ended::{CliError, Ended, exit_code};
pub use tool::{Filter, run_tool};

#[cfg(test)]
mod compare_tests;
#[cfg(test)]
mod tests;
