//! The articles on disk: any folder of Markdown files whose front matter has at least a title.
//!
//! `nb/forgotten.md` is bokmål and has the name `forgotten`; folders inside the language's folder are for the editors' own order.
//! `ordliste.tsv` beside them is the editors' [`Glossary`], `replies/nb/received.md` a standard reply,
//! `links/nb/timesheet.md` a link of the register. What is wrong with a file is a [`Problem`] with its place and a remedy, never a failure.

mod across;
mod article;
mod files;
mod flaws;
mod front_matter;
mod git;
mod glossary;
mod links;
mod markdown;
mod problem;
mod questions;
mod replies;
mod shelf;
mod watch;

pub use problem::{Problem, Severity};
pub use replies::{ReplyShelf, read_reply};
pub use shelf::{ChecksNow, FileShelf};
pub use watch::Watch;

use std::path::{Path, PathBuf};

use crate::domain::article::{Article, Day};
use crate::domain::glossary::Glossary;
use crate::domain::ids::GroupId;
use crate::domain::link::Link;
use crate::domain::reply::StandardReply;

/// What articles are checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    /// The day on which a review may be due.
    pub today: Day,
    /// The groups that an article may name.
    pub groups: Vec<GroupId>,
    /// After how many months an article is due for its next review; 0: never.
    pub review_months: u32,
}

/// A knowledge base as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The articles that can be used, by path.
    pub articles: Vec<Article>,
    /// What can be used of the glossary; empty where there is none.
    pub glossary: Glossary,
    /// The standard replies that can be used, by path.
    pub replies: Vec<StandardReply>,
    /// The links that can be used, by path.
    pub links: Vec<Link>,
    /// Everything that is wrong, by path and line.
    pub problems: Vec<Problem>,
}

/// The knowledge base's folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("the knowledge base {folder} cannot be read: {reason}", folder = folder.display())]
pub struct LibraryError {
    /// The folder.
    pub folder: PathBuf,
    /// What the system said.
    pub reason: String,
}

/// Whether a problem is the glossary's and not an article's.
#[must_use]
pub fn is_of_glossary(problem: &Problem, folder: &Path) -> bool {
    problem.file == glossary::path(folder)
}

/// Whether a problem is a standard reply's and not an article's.
#[must_use]
pub fn is_of_replies(problem: &Problem, folder: &Path) -> bool {
    problem.file.starts_with(files::replies(folder))
}

/// Whether a problem is a link's and not an article's.
#[must_use]
pub fn is_of_links(problem: &Problem, folder: &Path) -> bool {
    problem.file.starts_with(files::links(folder))
}

/// Reads every article below a folder, its glossary, its standard replies and its links.
///
/// A file with an [`Severity::Error`] is left out, of the glossary the line; what has warnings alone is used.
///
/// # Errors
/// [`LibraryError`] where the folder itself is missing or unreadable.
pub fn load(folder: &Path, checks: &Checks) -> Result<Loaded, LibraryError> {
    let found = files::find(folder)?;
    let mut problems = found.problems;
    let mut pages = Vec::new();
    for file in &found.files {
        match files::read(&file.path) {
            Ok(text) => pages.extend(article::read(file, &text, checks, &mut problems)),
            Err(flaw) => problems.push(Problem::of(file.path.clone(), None, flaw)),
        }
    }
    let pages = across::without_duplicates(pages, &mut problems);
    across::compare(&pages, &mut problems);
    let glossary = glossary::read(folder, &mut problems);
    let replies = replies::read(folder, checks, &mut problems);
    let links = links::read(folder, checks, &mut problems);
    problems.sort();
    problems.dedup();
    Ok(Loaded { articles: pages.into_iter().map(|page| page.article).collect(), glossary, replies, links, problems })
}

#[cfg(test)]
mod tests;
