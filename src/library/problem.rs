//! Something wrong with a file, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use super::flaws::in_english;
use crate::domain::flaw::Flaw;

/// Something wrong with a file of the knowledge base. Ordered by place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file or folder.
    pub file: PathBuf,
    /// The line, counted from 1, where it is about one.
    pub line: Option<u32>,
    /// What it does to the article, the standard reply or the line of the glossary.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// The same for those who word it themselves, where it is an article's.
    pub flaw: Option<Flaw>,
}

impl Problem {
    /// What is wrong with an article's file.
    pub(super) fn of(file: PathBuf, line: Option<u32>, flaw: Flaw) -> Self {
        let (what, remedy) = in_english(&flaw);
        let severity = if flaw.leaves_out() { Severity::Error } else { Severity::Warning };
        Self { file, line, severity, what, remedy, flaw: Some(flaw) }
    }
}

/// What a problem does to its article, or to its line of the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is left out.
    Error,
    /// It is used.
    Warning,
}

impl Severity {
    /// The short name: `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Problem {
    /// `kb/nb/a.md:3: error: there is no title; add a line such as …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}: {}; {}", self.severity.as_str(), self.what, self.remedy)
    }
}

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Report<'p> {
    file: PathBuf,
    problems: &'p mut Vec<Problem>,
    usable: bool,
}

impl<'p> Report<'p> {
    pub(super) const fn on(file: PathBuf, problems: &'p mut Vec<Problem>) -> Self {
        Self { file, problems, usable: true }
    }

    /// Something is wrong with the article.
    pub(super) fn flaw(&mut self, line: impl Into<Option<u32>>, flaw: Flaw) {
        self.usable &= !flaw.leaves_out();
        self.problems.push(Problem::of(self.file.clone(), line.into(), flaw));
    }

    /// The line of the glossary, or the folder, must be left out.
    pub(super) fn error(&mut self, line: impl Into<Option<u32>>, what: impl Into<String>, remedy: impl Into<String>) {
        self.usable = false;
        self.add(Severity::Error, line.into(), what.into(), remedy.into());
    }

    /// It can be used all the same.
    pub(super) fn warning(&mut self, line: impl Into<Option<u32>>, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Warning, line.into(), what.into(), remedy.into());
    }

    /// Whether the article can be used so far.
    pub(super) const fn is_usable(&self) -> bool {
        self.usable
    }

    fn add(&mut self, severity: Severity, line: Option<u32>, what: String, remedy: String) {
        self.problems.push(Problem { file: self.file.clone(), line, severity, what, remedy, flaw: None });
    }
}
