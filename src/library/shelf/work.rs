//! What is done with the files. It waits for the disk and for git, so it runs on threads of its own.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use tracing::{info, warn};

use super::super::files::{self, Found, LARGEST};
use super::super::flaws::in_english;
use super::super::git::{Git, LastChanges, NoReply};
use super::super::problem::Problem;
use super::super::{Checks, LibraryError, questions};
use super::catalogue::{Catalogue, Known, Reads};
use super::{ChecksNow, write};
use crate::domain::answer::ArticleRef;
use crate::domain::flaw::Fault;
use crate::domain::ids::Slug;
use crate::ports::{
    Checked, CommitAs, CommitId, ContentHash, GitTrouble, InGit, Listing, Manuscript, PastVersion, Saved, ShelfError, Shelved,
    TestQuestion,
};

/// How many texts are remembered as editors read them.
const REMEMBERED: usize = 64;
/// The longest name of a new article, in characters.
const LONGEST_NAME: usize = 80;

/// The folder, and what is known of it.
pub(super) struct Work {
    folder: PathBuf,
    checks: ChecksNow,
    reads: Reads,
    no_reply: NoReply,
    catalogue: Mutex<Catalogue>,
    changes: Mutex<LastChanges>,
    /// The texts that editors have before them, the latest last.
    opened: Mutex<VecDeque<(ContentHash, String)>>,
    /// Whoever writes or commits holds it. Commits that failed wait in it.
    writing: Mutex<BTreeMap<PathBuf, CommitAs>>,
}

impl Work {
    pub(super) fn new(folder: PathBuf, checks: ChecksNow, host: String, reads: Reads) -> Self {
        let (changes, opened, writing) = Default::default();
        let catalogue = Mutex::new(Catalogue::of(reads));
        Self { folder, checks, reads, no_reply: NoReply(host), catalogue, changes, opened, writing }
    }

    pub(super) fn listing(&self) -> Result<Listing, ShelfError> {
        let (files, problems) = held(&self.catalogue).read(&self.folder, &self.checks()).map_err(unreadable)?;
        let git = Git::around(&self.folder);
        let mut changes = held(&self.changes);
        let told = git.as_ref().map(|git| git.follow(&mut changes).and_then(|()| git.uncommitted()));
        let uncommitted = told.transpose().unwrap_or_else(|trouble| {
            warn!(%trouble, "git does not tell when articles were changed");
            None
        });
        let uncommitted = uncommitted.unwrap_or_default();
        let files = files.iter().map(|known| self.shelved(known, &problems, &changes, &uncommitted)).collect();
        Ok(Listing { files, writable: write::is_possible(&self.folder), in_git: git.is_some() })
    }

    fn shelved(&self, known: &Known, problems: &[Problem], changes: &LastChanges, uncommitted: &HashSet<PathBuf>) -> Shelved {
        let inside = self.inside(&known.found.path);
        let article = known.page.as_ref().map(|page| &page.article);
        let first = problems.partition_point(|problem| problem.file < known.found.path);
        let own = problems[first..].iter().take_while(|problem| problem.file == known.found.path);
        Shelved {
            article: known.article.clone(),
            file: inside.display().to_string(),
            title: article.map(|article| article.title.clone()).unwrap_or_default(),
            tags: article.map(|article| article.tags.clone()).unwrap_or_default(),
            owner: article.and_then(|article| article.owner.clone()),
            address: article.and_then(|article| article.request.clone()),
            reviewed: article.and_then(|article| article.reviewed),
            group: article.and_then(|article| article.group.clone()),
            faults: faults(own),
            changed: changes.files.get(inside).cloned(),
            uncommitted: uncommitted.contains(inside),
        }
    }

    pub(super) fn manuscript(&self, article: &ArticleRef) -> Result<Option<Manuscript>, ShelfError> {
        let Some(known) = self.known(article)? else { return Ok(None) };
        let (_, mut manuscript) = read(&known.found.path)?;
        let mut opened = held(&self.opened);
        opened.retain(|(hash, _)| *hash != manuscript.hash);
        opened.push_back((manuscript.hash.clone(), manuscript.text.clone()));
        let superfluous = opened.len().saturating_sub(REMEMBERED);
        opened.drain(..superfluous);
        let file = self.inside(&known.found.path);
        manuscript.uncommitted = Git::around(&self.folder).is_some_and(|git| git.is_uncommitted(file));
        Ok(Some(manuscript))
    }

    pub(super) fn check(&self, of: &ArticleRef, text: &str) -> Result<Checked, ShelfError> {
        let found = match self.known(of)? {
            Some(known) => known.found.clone(),
            None => Found { path: self.place_of(of), lang: Some(of.lang) },
        };
        let mut problems = Vec::new();
        let page = (self.reads.one)(&found, text, &self.checks(), &mut problems);
        problems.sort();
        Ok(Checked { article: page.map(|page| page.article), faults: faults(problems.iter()) })
    }

    pub(super) fn save(
        &self,
        article: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        commit: &CommitAs,
    ) -> Result<Saved, ShelfError> {
        if text.len() as u64 > LARGEST {
            return Err(ShelfError::TooLarge);
        }
        let mut waiting = held(&self.writing);
        let (path, bytes) = match (self.known(article)?, expected) {
            (None, None) => (self.new_place(article)?, text.as_bytes().to_vec()),
            (None, Some(read)) => return Ok(self.conflict(article, None, Some(read))),
            (Some(known), expected) => {
                let (raw, now) = read(&known.found.path)?;
                if expected != Some(&now.hash) && now.text != text {
                    return Ok(self.conflict(article, Some(now), expected));
                }
                let bytes = if raw.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() };
                (self.own(&known.found.path)?, bytes.into_bytes())
            }
        };
        let written = if path.exists() { write::replace(&path, &bytes) } else { write::create(&path, &bytes) };
        written.map_err(ShelfError::Unwritable)?;
        info!(file = %self.inside(&path).display(), "an editor saved a file");
        let git = self.commit_file(&path, commit, &mut waiting);
        Ok(Saved::Done { hash: hash_of(&bytes), git })
    }

    pub(super) fn retire(&self, article: &ArticleRef, expected: &ContentHash, commit: &CommitAs) -> Result<Saved, ShelfError> {
        let mut waiting = held(&self.writing);
        let Some(known) = self.known(article)? else { return Ok(self.conflict(article, None, Some(expected))) };
        let (_, now) = read(&known.found.path)?;
        if now.hash != *expected {
            return Ok(self.conflict(article, Some(now), Some(expected)));
        }
        let path = self.own(&known.found.path)?;
        write::remove(&path).map_err(ShelfError::Unwritable)?;
        info!(file = %self.inside(&path).display(), "an editor removed a file");
        let git = self.commit_file(&path, commit, &mut waiting);
        Ok(Saved::Done { hash: expected.clone(), git })
    }

    pub(super) fn commit_now(&self, article: &ArticleRef, commit: &CommitAs) -> Result<InGit, ShelfError> {
        let mut waiting = held(&self.writing);
        let known = self.known(article)?.ok_or(ShelfError::Gone)?;
        Ok(self.commit_file(&known.found.path, commit, &mut waiting))
    }

    pub(super) fn commit_waiting(&self) -> usize {
        let mut waiting = held(&self.writing);
        for (file, commit) in waiting.clone() {
            self.commit_file(&self.folder.join(file), &commit, &mut waiting);
        }
        waiting.len()
    }

    /// Commits a file as it is. Where that fails it waits to be tried again; the file is kept all the same.
    fn commit_file(&self, path: &Path, commit: &CommitAs, waiting: &mut BTreeMap<PathBuf, CommitAs>) -> InGit {
        let Some(git) = Git::around(&self.folder) else { return InGit::NoRepository };
        let file = self.inside(path).to_owned();
        match git.commit(&file, commit, &self.no_reply) {
            Ok(made) => {
                waiting.remove(&file);
                made.map_or(InGit::NothingNew, InGit::Committed)
            }
            Err(trouble) => {
                warn!(file = %file.display(), %trouble, "an editor's change is saved, and not committed");
                if trouble != GitTrouble::Ignored {
                    waiting.insert(file, commit.clone());
                }
                InGit::Waits(trouble)
            }
        }
    }

    pub(super) fn history(&self, article: &ArticleRef) -> Result<Option<Vec<PastVersion>>, ShelfError> {
        let Some(git) = Git::around(&self.folder) else { return Ok(None) };
        git.history(self.inside(&self.last_place_of(article)?)).map(Some).map_err(ShelfError::Git)
    }

    pub(super) fn past(&self, article: &ArticleRef, commit: &CommitId) -> Result<Option<String>, ShelfError> {
        let Some(git) = Git::around(&self.folder) else { return Ok(None) };
        let text = git.past(self.inside(&self.last_place_of(article)?), commit).map_err(ShelfError::Git)?;
        Ok(text.map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n")))
    }

    pub(super) fn questions(&self) -> Vec<TestQuestion> {
        questions::read(&self.folder)
    }

    /// What the file is now and what it was when the writer read it, where that is still known.
    fn conflict(&self, article: &ArticleRef, theirs: Option<Manuscript>, read: Option<&ContentHash>) -> Saved {
        let remembered =
            read.and_then(|hash| held(&self.opened).iter().find(|(known, _)| known == hash).map(|(_, text)| text.clone()));
        let ancestor = remembered.or_else(|| self.committed_once(article, read?));
        Saved::Conflict { theirs, ancestor }
    }

    /// The committed version with these bytes.
    fn committed_once(&self, article: &ArticleRef, wanted: &ContentHash) -> Option<String> {
        let versions = self.history(article).ok()??;
        let texts = versions.iter().filter_map(|version| self.past(article, &version.commit).ok()?);
        texts.into_iter().find(|text| hash_of(text.as_bytes()) == *wanted)
    }

    fn known(&self, article: &ArticleRef) -> Result<Option<Arc<Known>>, ShelfError> {
        held(&self.catalogue).find(&self.folder, &self.checks(), article).map_err(unreadable)
    }

    fn checks(&self) -> Checks {
        (self.checks)()
    }

    /// Where a new article goes.
    fn new_place(&self, article: &ArticleRef) -> Result<PathBuf, ShelfError> {
        if is_name(&article.slug) { Ok(self.place_of(article)) } else { Err(ShelfError::BadName(article.slug.to_string())) }
    }

    fn place_of(&self, article: &ArticleRef) -> PathBuf {
        self.folder.join(article.lang.code()).join(format!("{}.md", article.slug))
    }

    /// Where an article is, or was as long as there was one.
    fn last_place_of(&self, article: &ArticleRef) -> Result<PathBuf, ShelfError> {
        match self.known(article)? {
            Some(known) => Ok(known.found.path.clone()),
            None => self.new_place(article),
        }
    }

    /// The file itself, however the path leads to it; it must be in the folder.
    fn own(&self, path: &Path) -> Result<PathBuf, ShelfError> {
        let real = |path: &Path| fs::canonicalize(path).map_err(ShelfError::Unwritable);
        let (file, folder) = (real(path)?, real(&self.folder)?);
        if !file.starts_with(&folder) {
            return Err(ShelfError::Outside);
        }
        // The name by which it was found, where no link leads elsewhere.
        Ok(if fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink()) { file } else { path.to_owned() })
    }

    /// The path as seen from the folder.
    fn inside<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.folder).unwrap_or(path)
    }
}

/// Whether a new article may have this name: small letters without marks, digits, and hyphens inside.
fn is_name(slug: &Slug) -> bool {
    let name = slug.as_str();
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    plain && (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-')
}

/// A file's text to the byte, and as editors have it.
fn read(path: &Path) -> Result<(String, Manuscript), ShelfError> {
    let raw = files::read_exactly(path).map_err(|flaw| ShelfError::Unreadable(in_english(&flaw).0))?;
    let text = raw.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let writable = path.parent().is_some_and(write::is_possible);
    let hash = hash_of(raw.as_bytes());
    Ok((raw, Manuscript { text, hash, writable, uncommitted: false }))
}

fn hash_of(bytes: &[u8]) -> ContentHash {
    ContentHash(Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

fn faults<'p>(problems: impl Iterator<Item = &'p Problem>) -> Vec<Fault> {
    problems.filter_map(|problem| problem.flaw.clone().map(|flaw| Fault { line: problem.line, flaw })).collect()
}

fn unreadable(error: LibraryError) -> ShelfError {
    ShelfError::Unreadable(error.reason)
}

fn held<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
