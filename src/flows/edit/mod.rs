//! Editors keep articles, and what helps operators beside them: they list, read, check, save, retire, restore and try them out.

mod aids;
mod keep;
mod missing;
mod presence;
mod questions;
mod titles;
mod try_out;

pub use aids::AidFiles;
pub use keep::{Describe, Kept, Part, What, Work};
pub use missing::Missing;
pub use titles::{Figures, Title};
pub use try_out::{Difference, Origin, Said, TryOut, TryReport, TryState, Turn};

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use self::presence::Presence;
use self::try_out::Runs;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::flaw::Fault;
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::permission::{MayEdit, Operator, Refused};
use crate::domain::policy::Policy;
use crate::ports::{
    Checked, Clock, CommitId, Ids, Index, Intake, Manual, Manuscript, PastVersion, Rehearsal, Shelf, ShelfError, Store,
    StoreError,
};

/// The verbs of editing, with what they need. Cheap to clone.
#[derive(Clone)]
pub struct Editing(Arc<Parts>);

struct Parts {
    needs: EditingNeeds,
    presence: Presence,
    runs: Runs,
    grouping: missing::Turn,
}

/// What editing is made of.
pub struct EditingNeeds {
    /// Keeps the files.
    pub shelf: Arc<dyn Shelf>,
    /// Keeps the files of standard replies.
    pub reply_shelf: Arc<dyn Shelf>,
    /// Keeps the files of links.
    pub link_shelf: Arc<dyn Shelf>,
    /// Takes changed files into use.
    pub intake: Arc<dyn Intake>,
    /// Knows the articles in use.
    pub index: Arc<dyn Index>,
    /// Tries changes out.
    pub rehearsal: Arc<dyn Rehearsal>,
    /// Has what people asked.
    pub store: Arc<dyn Store>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Names trials.
    pub ids: Arc<dyn Ids>,
    /// What the configuration says about deciding.
    pub policy: Policy,
    /// How many people make a learned question count; 0: only an editor does.
    pub confirmations: u32,
    /// Trials end when it is cancelled.
    pub stop: CancellationToken,
}

/// Why an editor's verb was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such article or version.
    #[error("there is no such article or version")]
    NotFound,
    /// The editor may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The files could not be read or written.
    #[error("the articles' files could not be worked on")]
    Shelf(#[source] ShelfError),
    /// The store failed.
    #[error("what people asked could not be read")]
    Store(#[from] StoreError),
}

impl From<ShelfError> for EditError {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Gone => Self::NotFound,
            other => Self::Shelf(other),
        }
    }
}

/// An article as an editor has it before them.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Which.
    pub article: ArticleRef,
    /// Its file; `None` where there is none yet in this language.
    pub file: Option<Manuscript>,
    /// The file as a form shows it; `None` where its front matter cannot be read.
    pub parts: Option<Manual>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether this editor may change it.
    pub may_edit: bool,
    /// In which languages there is a file.
    pub languages: Vec<Lang>,
    /// What it is translated from: the first of the other languages that has it.
    pub source: Option<(Lang, Manual)>,
}

impl Editing {
    /// The verbs over these needs.
    #[must_use]
    pub fn new(needs: EditingNeeds) -> Self {
        Self(Arc::new(Parts { needs, presence: Presence::default(), runs: Runs::default(), grouping: missing::Turn::default() }))
    }

    /// One article, for whoever may look at how articles are kept.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not.
    pub async fn open(&self, article: &ArticleRef, by: &Operator) -> Result<Opened, EditError> {
        by.may_look_at_articles()?;
        let EditingNeeds { shelf: files, .. } = &self.0.needs;
        let file = files.manuscript(article).await?;
        let others = self.other_languages(article).await?;
        let text = file.as_ref().map(|file| file.text.as_str());
        let checked = match text {
            Some(text) => files.check(article, text).await?,
            None => Checked { article: None, faults: Vec::new() },
        };
        let present = file.is_some();
        let is_new = !present && others.is_empty();
        let may_edit = (is_new && by.edits()) || self.may_edit(article, checked.article.as_ref(), by).is_ok();
        let has = |lang: &Lang| (*lang == article.lang && present) || others.iter().any(|(other, _)| other == lang);
        let languages = Lang::ALL.into_iter().filter(has).collect();
        let parts = text.and_then(|text| files.take_apart(text));
        let source = others.iter().find_map(|(lang, text)| Some((*lang, files.take_apart(text)?)));
        Ok(Opened { article: article.clone(), parts, faults: checked.faults, may_edit, languages, source, file })
    }

    /// The files of the article in other languages, the source of translations first.
    async fn other_languages(&self, article: &ArticleRef) -> Result<Vec<(Lang, String)>, EditError> {
        let mut others = Vec::new();
        for lang in Lang::ALL.into_iter().filter(|lang| *lang != article.lang) {
            let other = ArticleRef { slug: article.slug.clone(), lang };
            others.extend(self.0.needs.shelf.manuscript(&other).await?.map(|file| (lang, file.text)));
        }
        Ok(others)
    }

    /// The same checks as those of every file, for a text that is being written.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at how articles are kept.
    pub async fn check(&self, article: &ArticleRef, text: &str, by: &Operator) -> Result<Checked, EditError> {
        by.may_look_at_articles()?;
        Ok(self.0.needs.shelf.check(article, text).await?)
    }

    /// A text as the parts of a form, where its front matter can be read.
    #[must_use]
    pub fn take_apart(&self, text: &str) -> Option<Manual> {
        self.0.needs.shelf.take_apart(text)
    }

    /// A text from the parts of a form.
    #[must_use]
    pub fn put_together(&self, parts: &Manual) -> String {
        self.0.needs.shelf.put_together(parts)
    }

    /// The article's versions, newest first; `None` where there is no Git repository.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at how articles are kept.
    pub async fn history(&self, article: &ArticleRef, by: &Operator) -> Result<Option<Vec<PastVersion>>, EditError> {
        by.may_look_at_articles()?;
        Ok(self.0.needs.shelf.history(article).await?)
    }

    /// The article's text as it was after a commit.
    ///
    /// # Errors
    /// [`EditError::NotFound`] where it had none then.
    pub async fn past(&self, article: &ArticleRef, commit: &CommitId, by: &Operator) -> Result<String, EditError> {
        by.may_look_at_articles()?;
        self.0.needs.shelf.past(article, commit).await?.ok_or(EditError::NotFound)
    }

    /// Notes that somebody has the article open, and tells who else has, by name.
    #[must_use]
    pub fn others_at(&self, article: &ArticleRef, by: &Operator) -> Vec<String> {
        self.0.presence.note(article, by, self.0.needs.clock.now())
    }

    /// Tries the commits again that failed since the start.
    pub async fn commit_waiting(&self) {
        self.0.needs.shelf.commit_waiting().await;
        self.0.needs.reply_shelf.commit_waiting().await;
        self.0.needs.link_shelf.commit_waiting().await;
    }

    /// Proof that the editor may change an article that is, or is to be, as `checked` says.
    fn may_edit(&self, article: &ArticleRef, checked: Option<&Article>, by: &Operator) -> Result<MayEdit, Refused> {
        by.may_edit(&self.group_of(&article.slug, checked))
    }

    /// The group that answers for an article: its own, that of its other languages, or the one that takes what nothing points elsewhere.
    fn group_of(&self, slug: &Slug, own: Option<&Article>) -> GroupId {
        let Parts { needs: EditingNeeds { index, policy, .. }, .. } = &*self.0;
        let version = |lang| index.article(&ArticleRef { slug: slug.clone(), lang });
        let of_others = || index.languages(slug).into_iter().filter_map(version).find_map(|article| article.group.clone());
        let group = own.and_then(|article| article.group.clone()).or_else(of_others);
        group.unwrap_or_else(|| policy.groups.default_group().id.clone())
    }
}
