//! The articles' files, as editors keep them: listed, read, checked, written, committed and restored.

mod catalogue;
mod parts;
mod work;
mod write;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::task::spawn_blocking;

use self::work::Work;
use super::Checks;
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
        Self { work: Arc::new(Work::new(folder, checks, host)) }
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
