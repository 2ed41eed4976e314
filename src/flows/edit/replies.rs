//! Editors keep standard replies as they keep articles: the same files, checks, conflicts and commits.

use super::keep::{commit_as, kept};
use super::{Describe, EditError, Editing, Kept, Opened, What, Work};
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::lang::Lang;
use crate::domain::permission::{MayEdit, Operator, Refused};
use crate::ports::{Checked, ContentHash, Listing, Manuscript, Saved};

impl Editing {
    /// Every standard reply's file, for whoever may look at how articles are kept.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not.
    pub async fn replies(&self, by: &Operator) -> Result<Listing, EditError> {
        by.may_look_at_articles()?;
        Ok(self.0.needs.reply_shelf.listing().await?)
    }

    /// One standard reply, for whoever may look at how articles are kept.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not.
    pub async fn open_reply(&self, reply: &ArticleRef, by: &Operator) -> Result<Opened, EditError> {
        by.may_look_at_articles()?;
        let files = &self.0.needs.reply_shelf;
        let file = files.manuscript(reply).await?;
        let checked = match &file {
            Some(file) => files.check(reply, &file.text).await?,
            None => Checked { article: None, faults: Vec::new() },
        };
        let may_edit = (file.is_none() && by.edits()) || self.may_keep_reply(checked.article.as_ref(), by).is_ok();
        let parts = file.as_ref().and_then(|file| files.take_apart(&file.text));
        let languages = self.languages_of_reply(reply).await?;
        Ok(Opened { article: reply.clone(), file, parts, faults: checked.faults, may_edit, languages, source: None })
    }

    /// The same checks as those of every file, for a standard reply that is being written.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at how articles are kept.
    pub async fn check_reply(&self, reply: &ArticleRef, text: &str, by: &Operator) -> Result<Checked, EditError> {
        by.may_look_at_articles()?;
        Ok(self.0.needs.reply_shelf.check(reply, text).await?)
    }

    /// Saves a standard reply that was read as `expected`, or that is new; commits it in the editor's name.
    ///
    /// # Errors
    /// [`EditError::Refused`] where its group, before or after, is not the editor's; one that every group uses belongs to the
    /// group that takes what nothing points elsewhere.
    pub async fn save_reply(
        &self,
        reply: &ArticleRef,
        text: &str,
        expected: Option<&ContentHash>,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let files = &self.0.needs.reply_shelf;
        let before = files.manuscript(reply).await?;
        self.may_change_reply(reply, before.as_ref(), by).await?;
        let checked = files.check(reply, text).await?;
        self.may_keep_reply(checked.article.as_ref(), by)?;
        let Some(wanted) = checked.article else { return Ok(Kept::Unusable(checked.faults)) };
        let work = before.map_or(Work::Written, |before| Work::Changed(self.changed(&before.text, text)));
        let message = describe(&What { title: wanted.title, lang: reply.lang, work });
        let saved = files.save(reply, text, expected, &commit_as(by, message)).await?;
        let live = matches!(saved, Saved::Done { .. }) && self.take_in().await;
        Ok(kept(saved, || live))
    }

    /// Removes a standard reply in one language, as long as it is as the editor read it.
    ///
    /// # Errors
    /// [`EditError::Refused`] where it is not the editor's to change.
    pub async fn retire_reply(
        &self,
        reply: &ArticleRef,
        expected: &ContentHash,
        by: &Operator,
        describe: Describe<'_>,
    ) -> Result<Kept, EditError> {
        let files = &self.0.needs.reply_shelf;
        let before = files.manuscript(reply).await?.ok_or(EditError::NotFound)?;
        self.may_change_reply(reply, Some(&before), by).await?;
        let message = describe(&What { title: self.title_in(reply, &before), lang: reply.lang, work: Work::Retired });
        let saved = files.retire(reply, expected, &commit_as(by, message)).await?;
        let live = self.take_in().await;
        Ok(kept(saved, || live))
    }

    async fn may_change_reply(&self, reply: &ArticleRef, now: Option<&Manuscript>, by: &Operator) -> Result<(), EditError> {
        let Some(now) = now else { return Ok(()) };
        let checked = self.0.needs.reply_shelf.check(reply, &now.text).await?;
        self.may_keep_reply(checked.article.as_ref(), by)?;
        Ok(())
    }

    fn may_keep_reply(&self, checked: Option<&Article>, by: &Operator) -> Result<MayEdit, Refused> {
        let own = checked.and_then(|reply| reply.group.as_ref());
        by.may_edit(own.unwrap_or(&self.0.needs.policy.groups.default_group().id))
    }

    async fn languages_of_reply(&self, reply: &ArticleRef) -> Result<Vec<Lang>, EditError> {
        let mut languages = Vec::new();
        for lang in Lang::ALL {
            let version = ArticleRef { slug: reply.slug.clone(), lang };
            languages.extend(self.0.needs.reply_shelf.manuscript(&version).await?.map(|_| lang));
        }
        Ok(languages)
    }
}
