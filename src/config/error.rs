//! What is wrong with the configuration, in one sentence.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// The configuration cannot be used. Its text is one sentence that names the place and what is allowed there; it never
/// holds the value of a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file, or one that a setting points to, could not be read.
    #[error("{place} {path} cannot be read: {reason}", path = path.display())]
    Unreadable {
        /// What names the file.
        place: Place,
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not TOML.
    #[error("{file}:{line}: this is not valid TOML: {reason}")]
    NotToml {
        /// The file.
        file: Arc<str>,
        /// Counted from 1.
        line: usize,
        /// What the parser said.
        reason: String,
    },
    /// A key or a value that is not allowed.
    #[error("{place} {problem}")]
    Invalid {
        /// Where it was given.
        place: Place,
        /// What is wrong with it, and what is allowed.
        problem: String,
    },
}

/// Where a setting was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a line of the configuration file.
    Line {
        /// The file.
        file: Arc<str>,
        /// Counted from 1.
        line: usize,
        /// The key with its tables; empty for the line as such.
        key: String,
    },
    /// In an environment variable.
    Variable {
        /// Its name.
        name: Arc<str>,
        /// The key inside its value, where it has any.
        key: String,
    },
    /// On the command line.
    Option(&'static str),
}

impl Place {
    /// The place of a key inside this one.
    pub(super) fn inner(&self, name: &str) -> Self {
        let under = |key: &str| if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
        match self {
            Self::Line { file, line, key } => Self::Line { file: file.clone(), line: *line, key: under(key) },
            Self::Variable { name, key } => Self::Variable { name: name.clone(), key: under(key) },
            Self::Option(name) => Self::Option(name),
        }
    }

    /// The place of the environment variable with this name.
    pub(super) fn variable(name: &str) -> Self {
        Self::Variable { name: name.into(), key: String::new() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { file, line, key } if key.is_empty() => write!(f, "{file}:{line}:"),
            Self::Line { file, line, key } => write!(f, "{file}:{line}: {key}"),
            Self::Variable { name, key } if key.is_empty() => f.write_str(name),
            Self::Variable { name, key } => write!(f, "{name}: {key}"),
            Self::Option(name) => f.write_str(name),
        }
    }
}
