//! Editors keep standard replies and links as they keep articles: the same files, checks, conflicts, commits and way back.

use super::keep::{commit_as, kept};
use super::{Describe, EditError, Editing, Kept, Opened, What, Work};
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::lang::Lang;
use crate::domain::permission::{MayEdit, Operator, Refused};
use crate::ports::{Checked, CommitId, ContentHash, Listing, Manuscript, PastVersion, Saved, Shelf};

/// The verbs of keeping one kind of aid.
#[derive(Clone, Copy)]
pub struct AidFiles<'e> {
    editing: &'e Editing,
    aid: Aid,
}

impl Editing {
    /// The verbs of keeping standard replies, or links.
    #[must_use]
    pub const fn aids(&self, aid: Aid) -> AidFiles<'_> {
        AidFiles { editing: self, aid }
    }
}

impl AidFiles<'_> {
    /// Every file, for whoever may look at them.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not.
    pub async fn list(self, by: &Operator) -> Result<Listing, EditError> {
        self.may_look(by)?;
        Ok(self.files().listing().await?)
    }

    /// One of them, for whoever may look at them.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not.
    pub async fn open(self, one: &ArticleRef, by: &Operator) -> Result<Opened, EditError> {
        self.may_look(by)?;
        let file = self.files().manuscript(one).await?;
        let checked = match &file {
            Some(file) => self.files().check(one, &file.text).await?,
            None => Checked { article: None, faults: Vec::new() },
        };
        let may_edit = (file.is_none() && by.edits()) || self.may_keep(checked.article.as_ref(), by).is_ok();
        let parts = file.as_ref().and_then(|file| self.files().take_apart(&file.text));
        let languages = self.languages(one).await?;
        Ok(Opened { article: one.clone(), file, parts, faults: checked.faults, may_edit, languages, source: None })
    }

    /// The same checks as those of every file, for one that is being written.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at them.
    pub async fn check(self, one: &ArticleRef, text: &str, by: &Operator) -> Result<Checked, EditError> {
        self.may_look(by)?;
        Ok(self.files().check(one, text).await?)
    }

    /// Saves one that was read as `expected`, or that is new; commits it in the editor's name.
    ///
    /// # Errors
    /// [`EditError::Refused`] where its group, before or after, is not the editor's; one that is every group's belongs to the
    /// group that takes what nothing points elsewhere.
    pub async fn save(
        self,
        one: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let before = self.files().manuscript(one).await?;
        let work = before.as_ref().map_or(Work::Written, |before| Work::Changed(self.editing.changed(&before.text, text)));
        self.keep((one, text), (before, expected), work, by, describe).await
    }

    /// Makes one what it was after a commit, as a new commit; one that was removed is there again.
    ///
    /// # Errors
    /// [`EditError::NotFound`] where there was none then; [`EditError::Refused`] as for saving.
    pub async fn restore(
        self,
        one: &ArticleRef,
        commit: &CommitId,
        expected: Option<&ContentHash>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let text = self.past(one, commit, by).await?;
        let before = self.files().manuscript(one).await?;
        self.keep((one, &text), (before, expected), Work::Restored(commit.clone()), by, describe).await
    }

    async fn keep(
        self,
        (one, text): (&ArticleRef, &str),
        (before, expected): (Option<Manuscript>, Option<&ContentHash>),
        work: Work,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        self.may_change(one, before.as_ref(), by).await?;
        let checked = self.files().check(one, text).await?;
        self.may_keep(checked.article.as_ref(), by)?;
        let Some(wanted) = checked.article else { return Ok(Kept::Unusable(checked.faults)) };
        let message = describe(&What { title: wanted.title, lang: one.lang, work });
        let saved = self.files().save(one, text, expected, &commit_as(by, message)).await?;
        let live = matches!(saved, Saved::Done { .. }) && self.editing.take_in().await;
        Ok(kept(saved, || live))
    }

    /// Removes one in one language, as long as it is as the editor read it.
    ///
    /// # Errors
    /// [`EditError::Refused`] where it is not the editor's to change.
    pub async fn retire(
        self,
        one: &ArticleRef,
        expected: &ContentHash,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let before = self.files().manuscript(one).await?.ok_or(EditError::NotFound)?;
        self.may_change(one, Some(&before), by).await?;
        let message = describe(&What { title: self.editing.title_in(one, &before), lang: one.lang, work: Work::Retired });
        let saved = self.files().retire(one, expected, &commit_as(by, message)).await?;
        let live = self.editing.take_in().await;
        Ok(kept(saved, || live))
    }

    /// Its versions, newest first; `None` where there is no Git repository.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at them.
    pub async fn history(self, one: &ArticleRef, by: &Operator) -> Result<Option<Vec<PastVersion>>, EditError> {
        self.may_look(by)?;
        Ok(self.files().history(one).await?)
    }

    /// Its text as it was after a commit.
    ///
    /// # Errors
    /// [`EditError::NotFound`] where it had none then.
    pub async fn past(self, one: &ArticleRef, commit: &CommitId, by: &Operator) -> Result<String, EditError> {
        self.may_look(by)?;
        self.files().past(one, commit).await?.ok_or(EditError::NotFound)
    }

    fn files(&self) -> &dyn Shelf {
        let needs = &self.editing.0.needs;
        match self.aid {
            Aid::Reply => &*needs.reply_shelf,
            Aid::Link => &*needs.link_shelf,
        }
    }

    /// Links are for everybody in the desk; how standard replies are kept, for those who look at articles.
    fn may_look(self, by: &Operator) -> Result<(), Refused> {
        match self.aid {
            Aid::Reply => by.may_look_at_articles(),
            Aid::Link => by.may_look_at_links(),
        }
    }

    async fn may_change(self, one: &ArticleRef, now: Option<&Manuscript>, by: &Operator) -> Result<(), EditError> {
        let Some(now) = now else { return Ok(()) };
        let checked = self.files().check(one, &now.text).await?;
        self.may_keep(checked.article.as_ref(), by)?;
        Ok(())
    }

    fn may_keep(self, checked: Option<&Article>, by: &Operator) -> Result<MayEdit, Refused> {
        let own = checked.and_then(|one| one.group.as_ref());
        by.may_edit(own.unwrap_or(&self.editing.0.needs.policy.groups.default_group().id))
    }

    async fn languages(self, one: &ArticleRef) -> Result<Vec<Lang>, EditError> {
        let mut languages = Vec::new();
        for lang in Lang::ALL {
            let version = ArticleRef { slug: one.slug.clone(), lang };
            languages.extend(self.files().manuscript(&version).await?.map(|_| lang));
        }
        Ok(languages)
    }
}
