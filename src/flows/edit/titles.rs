//! All articles, as an editor goes through them.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{EditError, Editing};
use crate::domain::flaw::Flaw;
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::ports::{Listing, Shelved};

/// How far back it is counted what people made of articles.
const LATELY: Duration = Duration::from_hours(90 * 24);

/// An article in all its languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its name.
    pub slug: Slug,
    /// Its files, the source first.
    pub files: Vec<Shelved>,
    /// The languages whose version is older than the source's.
    pub behind: Vec<Lang>,
    /// The group that answers for it.
    pub group: GroupId,
    /// Whether the reader may change it.
    pub may_edit: bool,
    /// What people made of it.
    pub figures: Figures,
}

/// What people made of an article in the last ninety days, in all its languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How often it was given as an answer.
    pub shown: u64,
    /// How often somebody said that the answer, or its page, helped.
    pub helped: u64,
    /// How often somebody said that it did not.
    pub did_not_help: u64,
}

impl Title {
    /// The file that the others are translated from.
    #[must_use]
    pub fn source(&self) -> Option<&Shelved> {
        self.files.first()
    }

    /// Its title in the first of these languages that has one.
    #[must_use]
    pub fn in_languages(&self, languages: [Lang; 3]) -> (&str, Lang) {
        let titled = |lang: Lang| self.files.iter().find(|file| file.article.lang == lang && !file.title.is_empty());
        let found = languages.into_iter().find_map(titled);
        found.map_or((self.slug.as_str(), Lang::Nb), |file| (&file.title, file.article.lang))
    }
}

impl Editing {
    /// Every article by name, and whether files can be written and have a history.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at how articles are kept.
    pub async fn list(&self, by: &Operator) -> Result<(Vec<Title>, Listing), EditError> {
        by.may_look_at_articles()?;
        let mut listing = self.0.needs.shelf.listing().await?;
        let mut slugs: BTreeMap<Slug, Vec<Shelved>> = BTreeMap::new();
        for file in std::mem::take(&mut listing.files) {
            slugs.entry(file.article.slug.clone()).or_default().push(file);
        }
        let figures = self.figures().await?;
        let title = |(slug, files): (Slug, Vec<Shelved>)| {
            let figures = figures.get(&slug).copied().unwrap_or_default();
            self.title(slug, files, figures, by)
        };
        let titles = slugs.into_iter().map(title).collect();
        Ok((titles, listing))
    }

    /// What people made of each article lately.
    async fn figures(&self) -> Result<BTreeMap<Slug, Figures>, EditError> {
        let since = self.0.needs.clock.now().before(LATELY);
        let mut all: BTreeMap<Slug, Figures> = BTreeMap::new();
        for version in self.0.needs.store.article_figures(since).await? {
            let figures = all.entry(version.article.slug).or_default();
            figures.shown += version.shown;
            figures.helped += version.helped + version.useful;
            figures.did_not_help += version.did_not_help + version.not_useful;
        }
        Ok(all)
    }

    fn title(&self, slug: Slug, mut files: Vec<Shelved>, figures: Figures, by: &Operator) -> Title {
        files.sort_by_key(|file| file.article.lang);
        let own = files.iter().find_map(|file| file.group.clone());
        let group = own.unwrap_or_else(|| self.0.needs.policy.groups.default_group().id.clone());
        let (source, translations) = files.split_first().map_or((None, &[][..]), |(source, rest)| (Some(source), rest));
        let late = |file: &&Shelved| source.is_some_and(|source| is_behind(file, source));
        let behind = translations.iter().filter(late).map(|file| file.article.lang).collect();
        let may_edit = by.may_edit(&group).is_ok();
        Title { slug, files, behind, group, may_edit, figures }
    }
}

/// Whether a translation is older than its source: by their last commits, or by their review dates.
fn is_behind(file: &Shelved, source: &Shelved) -> bool {
    let by_git = || Some(file.changed.as_ref()?.at < source.changed.as_ref()?.at && !file.uncommitted);
    by_git().unwrap_or(false) || file.faults.iter().any(|fault| matches!(fault.flaw, Flaw::Behind { .. }))
}
