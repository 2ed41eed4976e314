//! How a command ended, and what the shell is told of it.

use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::eval::QuestionsError;
use crate::app::AppError;
use crate::config::ConfigError;
use crate::library::LibraryError;
use crate::search::{SearchError, TuneError, WeightsError};
use crate::wording::WordingError;

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All is well: exit code 0.
    Fine,
    /// Problems were found and printed: exit code 1.
    Problems,
}

/// Why a command cannot run: exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The knowledge base cannot be read.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The articles cannot be indexed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The file with questions cannot be used.
    #[error(transparent)]
    Questions(#[from] QuestionsError),
    /// There is too little to fit weights to.
    #[error(transparent)]
    Tune(#[from] TuneError),
    /// Fitted weights cannot be kept.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// The sentences cannot be read.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// The database cannot be read.
    #[error(transparent)]
    Database(#[from] AppError),
    /// A file cannot be read.
    #[error("{path} cannot be read: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Standard input or output failed.
    #[error("standard input or output failed: {0}")]
    Stream(#[from] io::Error),
}

/// The exit code of a command, after its failure was told in one sentence on standard error.
#[must_use]
pub fn exit_code<E: Display>(result: Result<Ended, E>) -> ExitCode {
    match result {
        Ok(Ended::Fine) => ExitCode::SUCCESS,
        Ok(Ended::Problems) => ExitCode::from(1),
        Err(error) => {
            eprintln!("firstline: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whoever reads our output may stop reading: that is no failure.
pub(super) fn unless_reader_left(result: Result<Ended, CliError>) -> Result<Ended, CliError> {
    match result {
        Err(CliError::Stream(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Ended::Fine),
        other => other,
    }
}
