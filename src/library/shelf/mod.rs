//! The articles' files, as editors keep them: listed, read, checked, written, committed and restored.

mod catalogue;
mod parts;
mod work;
mod write;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use tokio::task::spawn_blocking;
use tracing::warn;

use self::catalogue::Reads;
use self::work::Work;
use super::{Checks, across, article, files, links, replies};
use crate::domain::answer::ArticleRef;
use crate::ports::{
    Checked, CommitAs, CommitId, ContentHash, InGit, Listing, Manual, Manuscript, PastVersion, Saved, Shelf, ShelfError,
    TestQuestion,
};

/// What files are checked against at the moment.
pub type ChecksNow = Arc<dyn Fn() -> Checks + Send + Sync>;

/// The articles' files in a folder. Clones share it.
#[derive(Clone)]
pub struct FileShelf {
    work: Arc<Work>,
}

impl FileShelf {
    /// The files below `folder`. Those who have no e-mail address are `no-reply` at `host` in commits.
    #[must_use]
    pub fn new(folder: PathBuf, checks: ChecksNow, host: String) -> Self {
        Self { work: Arc::new(Work::new(folder, checks, host, Reads { one: article::read, between: across::compare })) }
    }

    /// The files of the standard replies beside the articles in `folder`, kept in the same way. Their folder is made where there
    /// is none and it can be.
    #[must_use]
    pub fn of_replies(folder: &Path, checks: ChecksNow, host: String) -> Self {
        Self::beside(files::replies(folder), checks, host, Reads { one: replies::page, between: across::compare })
    }

    /// The files of the link register, in the same way.
    #[must_use]
    pub fn of_links(folder: &Path, checks: ChecksNow, host: String) -> Self {
        Self::beside(files::links(folder), checks, host, Reads { one: links::page, between: links::compare })
    }

    fn beside(folder: PathBuf, checks: ChecksNow, host: String, reads: Reads) -> Self {
        if let Err(error) = std::fs::create_dir(&folder)
            && error.kind() != io::ErrorKind::AlreadyExists
        {
            warn!(folder = %folder.display(), %error, "there is no such folder beside the articles, and none can be made");
        }
        Self { work: Arc::new(Work::new(folder, checks, host, reads)) }
    }

    /// Works on a thread where waiting for the disk holds up nobody else.
    async fn apart<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Work) -> Result<T, ShelfError> + Send + 'static,
    ) -> Result<T, ShelfError> {
        let work = Arc::clone(&self.work);
        spawn_blocking(move || job(&work)).await.unwrap_or(Err(ShelfError::BrokeOff))
    }
}

#[async_trait]
impl Shelf for FileShelf {
    async fn listing(&self) -> Result<Listing, ShelfError> {
        self.apart(Work::listing).await
    }

    async fn manuscript(&self, article: &ArticleRef) -> Result<Option<Manuscript>, ShelfError> {
        let article = article.clone();
        self.apart(move |work| work.manuscript(&article)).await
    }

    async fn check(&self, article: &ArticleRef, text: &str) -> Result<Checked, ShelfError> {
        let (article, text) = (article.clone(), text.to_owned());
        self.apart(move |work| work.check(&article, &text)).await
    }

    fn take_apart(&self, text: &str) -> Option<Manual> {
        parts::take_apart(text)
    }

    fn put_together(&self, parts: &Manual) -> String {
        parts::put_together(parts)
    }

    async fn save(
        &self,
        article: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        commit: &CommitAs,
    ) -> Result<Saved, ShelfError> {
        let (article, text, expected, commit) = (article.clone(), text.to_owned(), expected.cloned(), commit.clone());
        self.apart(move |work| work.save(&article, &text, expected.as_ref(), &commit)).await
    }

    async fn retire(&self, article: &ArticleRef, expected: &ContentHash, commit: &CommitAs) -> Result<Saved, ShelfError> {
        let (article, expected, commit) = (article.clone(), expected.clone(), commit.clone());
        self.apart(move |work| work.retire(&article, &expected, &commit)).await
    }

    async fn commit(&self, article: &ArticleRef, commit: &CommitAs) -> Result<InGit, ShelfError> {
        let (article, commit) = (article.clone(), commit.clone());
        self.apart(move |work| work.commit_now(&article, &commit)).await
    }

    async fn commit_waiting(&self) -> usize {
        self.apart(|work| Ok(work.commit_waiting())).await.unwrap_or_default()
    }

    async fn history(&self, article: &ArticleRef) -> Result<Option<Vec<PastVersion>>, ShelfError> {
        let article = article.clone();
        self.apart(move |work| work.history(&article)).await
    }

    async fn past(&self, article: &ArticleRef, commit: &CommitId) -> Result<Option<String>, ShelfError> {
        let (article, commit) = (article.clone(), commit.clone());
        self.apart(move |work| work.past(&article, &commit)).await
    }

    async fn questions(&self) -> Vec<TestQuestion> {
        self.apart(|work| Ok(work.questions())).await.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
