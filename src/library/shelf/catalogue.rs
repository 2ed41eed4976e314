//! Every file of the folder, read once for each time that it changes.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::super::article::Page;
use super::super::files::{self, Found};
use super::super::problem::Problem;
use super::super::{Checks, LibraryError, across};
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::ids::Slug;

/// How a folder's files are read: as articles, as standard replies or as links.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reads {
    /// Reads the text of one.
    pub(super) one: fn(&Found, &str, &Checks, &mut Vec<Problem>) -> Option<Page>,
    /// Finds what is wrong between them.
    pub(super) between: fn(&[Page], &mut Vec<Problem>),
}

/// What was read of the files.
#[derive(Debug)]
pub(super) struct Catalogue {
    reads: Reads,
    known: HashMap<PathBuf, Arc<Known>>,
}

/// A file as it was read.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) found: Found,
    pub(super) article: ArticleRef,
    /// Without its body; `None` where it cannot be used.
    pub(super) page: Option<Page>,
    /// What is wrong with it alone.
    problems: Vec<Problem>,
    looks: Looks,
}

/// By what a file is known to be as it was: length, time of change, and what it was checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Looks {
    length: u64,
    modified: Option<SystemTime>,
    checks: Checks,
}

impl Catalogue {
    /// Nothing yet, of files that are read so.
    pub(super) fn of(reads: Reads) -> Self {
        Self { reads, known: HashMap::new() }
    }

    /// All files as they are now, by path, and everything that is wrong with them.
    pub(super) fn read(&mut self, folder: &Path, checks: &Checks) -> Result<(Vec<Arc<Known>>, Vec<Problem>), LibraryError> {
        let listing = files::find(folder)?;
        let (reads, mut before) = (self.reads, std::mem::take(&mut self.known));
        let mut all = Vec::with_capacity(listing.files.len());
        for found in listing.files {
            let looks = looks(&found.path, checks);
            let same = before.remove(&found.path).filter(|known| known.looks == looks && known.found == found);
            all.push(same.unwrap_or_else(|| Arc::new(Known::read(reads, found, looks))));
        }
        self.known = all.iter().map(|known| (known.found.path.clone(), Arc::clone(known))).collect();
        let mut problems: Vec<Problem> = all.iter().flat_map(|known| known.problems.clone()).collect();
        let pages = all.iter().filter_map(|known| known.page.clone()).collect();
        (reads.between)(&across::without_duplicates(pages, &mut problems), &mut problems);
        problems.sort();
        problems.dedup();
        Ok((all, problems))
    }

    /// The file of an article, as it is now; where there are several, the first.
    pub(super) fn find(
        &mut self,
        folder: &Path,
        checks: &Checks,
        article: &ArticleRef,
    ) -> Result<Option<Arc<Known>>, LibraryError> {
        let named = |found: &Found| slug_of(found) == article.slug;
        let found = files::find(folder)?.files.into_iter().filter(named);
        let known = |found: Found| {
            let looks = looks(&found.path, checks);
            let same = self.known.get(&found.path).filter(|known| known.looks == looks && known.found == found);
            same.map_or_else(|| Arc::new(Known::read(self.reads, found, looks)), Arc::clone)
        };
        Ok(found.map(known).find(|known| known.article == *article))
    }
}

impl Known {
    fn read(reads: Reads, found: Found, looks: Looks) -> Self {
        let mut problems = Vec::new();
        let text = files::read(&found.path).map_err(|flaw| problems.push(Problem::of(found.path.clone(), None, flaw))).ok();
        let page = text.and_then(|text| (reads.one)(&found, &text, &looks.checks, &mut problems));
        let page = page.map(|page| Page { article: Article { body: String::new(), ..page.article }, ..page });
        let named = || ArticleRef { slug: slug_of(&found), lang: found.lang.unwrap_or_default() };
        let article = page.as_ref().map_or_else(named, |page| page.article.article.clone());
        Self { found, article, page, problems, looks }
    }
}

fn looks(path: &Path, checks: &Checks) -> Looks {
    let looks = fs::metadata(path).map(|meta| (meta.len(), meta.modified().ok()));
    let (length, modified) = looks.unwrap_or_default();
    Looks { length, modified, checks: checks.clone() }
}

fn slug_of(found: &Found) -> Slug {
    Slug::new(found.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}
