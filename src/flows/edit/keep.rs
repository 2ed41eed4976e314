//! Saving, retiring, restoring and committing.

use std::time::Duration;

use tokio::time::timeout;
use tracing::warn;

use super::{EditError, Editing};
use crate::domain::answer::ArticleRef;
use crate::domain::flaw::Fault;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::ports::{CommitAs, CommitId, ContentHash, InGit, Manuscript, Saved};

/// How long an editor waits to hear that the article is in use.
const TAKEN_IN_WITHIN: Duration = Duration::from_secs(2);

/// How an editor's change ended.
#[derive(Clone, Debug)]
pub enum Kept {
    /// It is on disk.
    Done {
        /// What Git says.
        git: InGit,
        /// Whether people are answered with it already; otherwise they are in a moment.
        live: bool,
    },
    /// Somebody else changed the file meanwhile; nothing is changed.
    Conflict {
        /// As it is now; `None` where it is gone.
        theirs: Option<Manuscript>,
        /// As the editor read it, where that is still known.
        ancestor: Option<String>,
    },
    /// The text cannot be used as an article; nothing is changed.
    Unusable(Vec<Fault>),
}

/// Words a commit, in the desk's language.
pub type Describe<'w> = &'w (dyn Fn(&What) -> String + Send + Sync);

/// What a commit is about. Whoever speaks the desk's language words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    /// The article's title.
    pub title: String,
    /// The language of the version.
    pub lang: Lang,
    /// What was done.
    pub work: Work,
}

/// What was done to an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// It is new in this language.
    Written,
    /// These parts were changed.
    Changed(Vec<Part>),
    /// It was removed.
    Retired,
    /// It is as it was after an earlier commit.
    Restored(CommitId),
    /// It was changed outside the editor, and is committed as it is.
    Committed,
}

/// A part of an article's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its title.
    Title,
    /// What it is found by: tags and questions.
    FoundBy,
    /// Address, owner, review, audience, group or form.
    Facts,
    /// The Markdown.
    Text,
}

impl Editing {
    /// Saves an article that was read as `expected`, or that is new; commits it in the editor's name.
    ///
    /// # Errors
    /// [`EditError::Refused`] where the article's group, before or after, is not the editor's.
    pub async fn save(
        &self,
        article: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        self.keep(article, text, expected, None, by, describe).await
    }

    /// Makes an article's text what it was after a commit, as a new commit.
    ///
    /// # Errors
    /// [`EditError::NotFound`] where it had none then; [`EditError::Refused`] as for saving.
    pub async fn restore(
        &self,
        article: &ArticleRef,
        commit: &CommitId,
        expected: Option<&ContentHash>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let text = self.past(article, commit, by).await?;
        self.keep(article, &text, expected, Some(Work::Restored(commit.clone())), by, describe).await
    }

    /// Removes an article in one language, as long as it is as the editor read it.
    ///
    /// # Errors
    /// [`EditError::Refused`] where it is not the editor's to change.
    pub async fn retire(
        &self,
        article: &ArticleRef,
        expected: &ContentHash,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let before = self.0.needs.shelf.manuscript(article).await?.ok_or(EditError::NotFound)?;
        self.may_change(article, Some(&before), by).await?;
        let message = describe(&What { title: self.title_in(article, &before), lang: article.lang, work: Work::Retired });
        let saved = self.0.needs.shelf.retire(article, expected, &commit_as(by, message)).await?;
        let taken_in = self.take_in().await;
        Ok(kept(saved, || taken_in && self.0.needs.index.article(article).is_none()))
    }

    /// Commits an article's file as it is, in the editor's name.
    ///
    /// # Errors
    /// [`EditError::Refused`] where it is not the editor's to change.
    pub async fn commit(&self, article: &ArticleRef, by: &Operator, describe: Describe<'_>) -> Result<InGit, EditError> {
        let before = self.0.needs.shelf.manuscript(article).await?.ok_or(EditError::NotFound)?;
        self.may_change(article, Some(&before), by).await?;
        let message = describe(&What { title: self.title_in(article, &before), lang: article.lang, work: Work::Committed });
        Ok(self.0.needs.shelf.commit(article, &commit_as(by, message)).await?)
    }

    /// Whether the editor may change the article as it is now. One that is in no language yet belongs to nobody.
    async fn may_change(&self, article: &ArticleRef, now: Option<&Manuscript>, by: &Operator) -> Result<(), EditError> {
        if now.is_none() && self.0.needs.index.languages(&article.slug).is_empty() {
            return Ok(());
        }
        let checked = match now {
            Some(now) => self.0.needs.shelf.check(article, &now.text).await?.article,
            None => None,
        };
        self.may_edit(article, checked.as_ref(), by)?;
        Ok(())
    }

    async fn keep(
        &self,
        article: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        work: Option<Work>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let needs = &self.0.needs;
        let checked = needs.shelf.check(article, text).await?;
        let before = needs.shelf.manuscript(article).await?;
        self.may_change(article, before.as_ref(), by).await?;
        self.may_edit(article, checked.article.as_ref(), by)?;
        let Some(wanted) = checked.article else { return Ok(Kept::Unusable(checked.faults)) };
        let changed = || before.as_ref().map_or(Work::Written, |before| Work::Changed(self.changed(&before.text, text)));
        let work = work.unwrap_or_else(changed);
        let message = describe(&What { title: wanted.title.clone(), lang: article.lang, work });
        let saved = needs.shelf.save(article, text, expected, &commit_as(by, message)).await?;
        let taken_in = matches!(saved, Saved::Done { .. }) && self.take_in().await;
        Ok(kept(saved, || taken_in && needs.index.article(article).as_deref() == Some(&wanted)))
    }

    /// Takes the change into use at once; the watcher does it where this takes too long.
    pub(super) async fn take_in(&self) -> bool {
        let taken_in = timeout(TAKEN_IN_WITHIN, self.0.needs.intake.take_in()).await.is_ok();
        if !taken_in {
            warn!("a saved article is not in use yet; it is being taken in");
        }
        taken_in
    }

    pub(super) fn changed(&self, before: &str, after: &str) -> Vec<Part> {
        let apart = |text| self.take_apart(text).unwrap_or_default();
        let (before, after) = (apart(before), apart(after));
        let (old, new) = (&before.fields, &after.fields);
        let found_by = old.tags != new.tags || old.questions != new.questions;
        let facts = (&old.address, &old.owner, &old.reviewed, &old.audience, &old.group, &old.request);
        let parts = [
            (old.title != new.title, Part::Title),
            (found_by, Part::FoundBy),
            (facts != (&new.address, &new.owner, &new.reviewed, &new.audience, &new.group, &new.request), Part::Facts),
            (before.body != after.body, Part::Text),
        ];
        parts.into_iter().filter_map(|(differs, part)| differs.then_some(part)).collect()
    }

    pub(super) fn title_in(&self, article: &ArticleRef, file: &Manuscript) -> String {
        let title = self.take_apart(&file.text).map(|parts| parts.fields.title).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| article.slug.to_string())
    }
}

pub(super) fn commit_as(by: &Operator, message: String) -> CommitAs {
    CommitAs { name: by.name.clone(), email: None, message }
}

pub(super) fn kept(saved: Saved, live: impl FnOnce() -> bool) -> Kept {
    match saved {
        Saved::Done { git, .. } => Kept::Done { git, live: live() },
        Saved::Conflict { theirs, ancestor } => Kept::Conflict { theirs, ancestor },
    }
}
