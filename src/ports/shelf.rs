//! The need to keep articles as files: to list, read, check, write and restore them.

use async_trait::async_trait;

use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Day};
use crate::domain::flaw::Fault;
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;

/// Keeps the files that articles are.
///
/// A file that changed since it was read is never written over. What is written is whole or not there at all. Where the folder
/// is in a Git repository, each change becomes a commit of that file alone; where that fails, the change is kept all the same.
#[async_trait]
pub trait Shelf: Send + Sync {
    /// Every file, by path, the unusable ones included.
    async fn listing(&self) -> Result<Listing, ShelfError>;

    /// One article's file as it is now; `None` where there is none.
    async fn manuscript(&self, article: &ArticleRef) -> Result<Option<Manuscript>, ShelfError>;

    /// What would become of this text as the article's file: the same checks as for every file.
    async fn check(&self, article: &ArticleRef, text: &str) -> Result<Checked, ShelfError>;

    /// A file's text as the parts that a form shows; `None` where its front matter cannot be read.
    fn take_apart(&self, text: &str) -> Option<Manual>;

    /// A file's text from its parts. What the form does not show of `head`, and what did not change, stays as it was written.
    fn put_together(&self, parts: &Manual) -> String;

    /// Writes an article's file, as long as it still is what the writer read; `None`: as long as there is none.
    ///
    /// # Errors
    /// [`ShelfError`] where nothing is written.
    async fn save(
        &self,
        article: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        commit: &CommitAs,
    ) -> Result<Saved, ShelfError>;

    /// Removes an article's file, as long as it still is what the writer read.
    ///
    /// # Errors
    /// [`ShelfError`] where it is still there.
    async fn retire(&self, article: &ArticleRef, expected: &ContentHash, commit: &CommitAs) -> Result<Saved, ShelfError>;

    /// Commits an article's file as it is.
    async fn commit(&self, article: &ArticleRef, commit: &CommitAs) -> Result<InGit, ShelfError>;

    /// Tries the commits again that failed since the start, and says how many still do.
    async fn commit_waiting(&self) -> usize;

    /// The latest versions of an article, newest first, at most a hundred; `None` where there is no Git repository.
    ///
    /// # Errors
    /// [`ShelfError::Git`] where Git does not tell.
    async fn history(&self, article: &ArticleRef) -> Result<Option<Vec<PastVersion>>, ShelfError>;

    /// An article's text as it was after a commit; `None` where it had none then.
    async fn past(&self, article: &ArticleRef, commit: &CommitId) -> Result<Option<String>, ShelfError>;

    /// The questions that are kept beside the articles with their right answers; what cannot be read is passed over.
    async fn questions(&self) -> Vec<TestQuestion>;
}

/// Takes changed files into use.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Reads the files as they are now; when it returns, questions are answered with them. Whoever drops it does not stop it.
    async fn take_in(&self);
}

/// What the folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Each file.
    pub files: Vec<Shelved>,
    /// Whether files can be written.
    pub writable: bool,
    /// Whether there is a history.
    pub in_git: bool,
}

/// A file as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Which article it is, as far as can be told.
    pub article: ArticleRef,
    /// Where it is in the folder.
    pub file: String,
    /// Its title; empty where there is none.
    pub title: String,
    /// Words that it is found by.
    pub tags: Vec<String>,
    /// Who keeps it.
    pub owner: Option<String>,
    /// The form to fill in; where a link leads.
    pub address: Option<String>,
    /// When it was last reviewed.
    pub reviewed: Option<Day>,
    /// Its group, where that is configured.
    pub group: Option<GroupId>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Its last commit.
    pub changed: Option<Changed>,
    /// Whether Git does not have it as it is.
    pub uncommitted: bool,
}

/// When something was changed, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// When.
    pub at: Timestamp,
    /// The name of who did.
    pub by: String,
}

/// What a file's bytes are known by: a hash in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub String);

/// An article's file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manuscript {
    /// Its text, every line ended by a line feed.
    pub text: String,
    /// What it is known by.
    pub hash: ContentHash,
    /// Whether it can be written.
    pub writable: bool,
    /// Whether Git does not have it as it is; `false` without a repository.
    pub uncommitted: bool,
}

/// What became of a text that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The article, where it can be used.
    pub article: Option<Article>,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
}

/// A file's text in the parts that a form shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manual {
    /// Everything before the body, as it was written; empty for a new file.
    pub head: String,
    /// What the form shows of it.
    pub fields: Fields,
    /// The Markdown.
    pub body: String,
}

/// The front matter as a form shows it. What is empty is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The title.
    pub title: String,
    /// Where a link leads.
    pub address: String,
    /// Words that it is found by.
    pub tags: Vec<String>,
    /// Questions that it answers.
    pub questions: Vec<String>,
    /// Who keeps it.
    pub owner: String,
    /// When it was last reviewed.
    pub reviewed: String,
    /// Whom it is for.
    pub audience: String,
    /// The group that its matters belong to.
    pub group: String,
    /// The form to fill in.
    pub request: String,
}

/// In whose name a change is committed, and how it is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitAs {
    /// The editor's name.
    pub name: String,
    /// Their e-mail address, where it is known.
    pub email: Option<String>,
    /// What changed, in a line.
    pub message: String,
}

/// How writing ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is on disk.
    Done {
        /// What the file is known by now.
        hash: ContentHash,
        /// What Git says.
        git: InGit,
    },
    /// The file is not what the writer read; nothing is changed.
    Conflict {
        /// As it is now; `None` where it is gone.
        theirs: Option<Manuscript>,
        /// As the writer read it, where that is still known.
        ancestor: Option<String>,
    },
}

/// Whether a change is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InGit {
    /// It is.
    Committed(CommitId),
    /// Git had it so already.
    NothingNew,
    /// The folder is in no Git repository.
    NoRepository,
    /// It is not yet, for this reason; it is tried again.
    Waits(GitTrouble),
}

/// A commit's name in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(String);

impl CommitId {
    /// The commit of this name, where it is one: nothing but 7 to 64 hexadecimal digits.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let fits =
            (7..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        fits.then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An earlier or the present version of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastVersion {
    /// The commit that made it.
    pub commit: CommitId,
    /// When, and by whom.
    pub changed: Changed,
    /// What the commit says.
    pub message: String,
}

/// A question with the articles that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestQuestion {
    /// The language it is asked in.
    pub lang: Lang,
    /// The articles that answer it; none where none should.
    pub right: Vec<Slug>,
    /// The question.
    pub text: String,
}

/// Why Git did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GitTrouble {
    /// There is no such program on this machine.
    #[error("the program git is missing")]
    NoProgram,
    /// It was stopped after its deadline.
    #[error("git took too long")]
    TooSlow,
    /// Something else is at work in the repository, or was killed there.
    #[error("the repository is locked by another program")]
    Locked,
    /// The repository ignores the file.
    #[error("the repository ignores this file")]
    Ignored,
    /// In its own words, or those of a hook.
    #[error("{0}")]
    Said(String),
}

/// Why nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The name cannot be a file's: small letters, digits and hyphens are.
    #[error("\"{0}\" cannot be the name of an article")]
    BadName(String),
    /// There is no such file.
    #[error("there is no such article")]
    Gone,
    /// The file is in the folder through a link only, and not ours to write.
    #[error("the article's file is outside the knowledge base")]
    Outside,
    /// The text is larger than an article may be.
    #[error("the text is larger than an article may be")]
    TooLarge,
    /// The file or the folder cannot be read.
    #[error("the articles cannot be read: {0}")]
    Unreadable(String),
    /// The file or the folder cannot be written.
    #[error("the article cannot be written")]
    Unwritable(#[source] std::io::Error),
    /// Git does not tell.
    #[error("git does not tell: {0}")]
    Git(#[source] GitTrouble),
    /// The work broke off.
    #[error("the work on the articles broke off")]
    BrokeOff,
}
