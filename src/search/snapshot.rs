//! One state of the articles: finding, ranking and choosing passages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::answer::{ArticleRef, Candidate, PerMille};
use crate::domain::article::{Article, Suggestion};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

use super::analysis::{Analysis, Family};
use super::concepts::Concepts;
use super::confidence::{Signs, signs};
use super::features::Figures;
use super::find::Finder;
use super::found::Measured;
use super::measure::passage_fits;
use super::memo::Memo;
use super::profile::Profile;
use super::query::{Query, Reader};
use super::shelf::Shelf;
use super::suggest::{Reading, Suggestions};
use super::text::sentences;
use super::version::Version;
use super::weights::Weights;

/// By how much a passage must fit better than the first one with steps to be shown instead; more where it has no steps itself.
const LEAD: f32 = 0.15;
const LEAD_WITHOUT_STEPS: f32 = 0.4;

/// The articles and what ranking needs to know of them.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    analysis: Arc<Analysis>,
    concepts: Arc<Concepts>,
    norwegian: Arc<Shelf>,
    english: Arc<Shelf>,
    articles: Arc<BTreeMap<Slug, BTreeMap<Lang, Arc<Version>>>>,
    suggestions: Arc<Suggestions>,
    size: usize,
    finder: Finder,
}

/// An article that was ranked, with all that spoke for it.
#[derive(Debug)]
pub(crate) struct Ranked<'s> {
    pub(crate) profile: &'s Profile,
    pub(crate) figures: Figures,
    pub(crate) score: f32,
    pub(crate) signs: Signs,
    pub(crate) confidence: f32,
}

/// A question, read in both families.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) norwegian: Query,
    pub(crate) english: Query,
}

impl Asked {
    pub(crate) const fn of(&self, family: Family) -> &Query {
        match family {
            Family::Norwegian => &self.norwegian,
            Family::English => &self.english,
        }
    }
}

impl Snapshot {
    /// Without articles and glossary.
    pub(crate) fn new(analysis: Arc<Analysis>, finder: Finder) -> Self {
        let (norwegian, english) = (Arc::default(), Arc::default());
        let (concepts, articles, suggestions) = (Arc::default(), Arc::default(), Arc::default());
        Self { analysis, concepts, norwegian, english, articles, suggestions, size: 0, finder }
    }

    /// These articles with the same glossary; only what is new among them is read.
    pub(crate) fn of(&self, versions: &[Arc<Version>], memo: &Memo<'_>, finder: Finder) -> Self {
        let read = |family| Arc::new(Shelf::new(family, versions, memo, self.shelf(family)));
        let (norwegian, english) = (read(Family::Norwegian), read(Family::English));
        let mut articles: BTreeMap<Slug, BTreeMap<Lang, Arc<Version>>> = BTreeMap::new();
        for version in versions {
            let ArticleRef { slug, lang } = &version.article.article;
            articles.entry(slug.clone()).or_default().insert(*lang, Arc::clone(version));
        }
        let size = articles.values().map(BTreeMap::len).sum();
        let suggestions = Arc::new(Suggestions::new(versions, &self.analysis));
        Self { norwegian, english, articles: Arc::new(articles), suggestions, size, finder, ..self.clone() }
    }

    /// The same articles with another glossary.
    pub(crate) fn defined(&self, concepts: Arc<Concepts>) -> Self {
        Self { concepts, ..self.clone() }
    }

    pub(crate) const fn finder(&self) -> &Finder {
        &self.finder
    }

    pub(crate) fn shelf(&self, family: Family) -> &Shelf {
        match family {
            Family::Norwegian => &self.norwegian,
            Family::English => &self.english,
        }
    }

    /// Reads a question.
    pub(crate) fn ask(&self, text: &str) -> Asked {
        let sentences = sentences(text);
        let (analysis, concepts) = (&self.analysis, &self.concepts);
        let read = |family| {
            let reader = Reader { family, analysis, concepts, lexicon: &self.shelf(family).lexicon };
            Query::new(&sentences, &reader)
        };
        Asked { norwegian: read(Family::Norwegian), english: read(Family::English) }
    }

    /// The articles that may answer, best first, each slug once, at most `limit`.
    pub(crate) fn rank(&self, asked: &Asked, weights: &Weights, limit: usize) -> Vec<Ranked<'_>> {
        self.judge(asked, &self.measure(asked, weights), weights, limit)
    }

    /// Weighs what was measured: best first, at most `limit`, each with its confidence, which never rises down the list.
    pub(crate) fn judge<'s>(
        &'s self,
        asked: &Asked,
        measured: &[Measured<'s>],
        weights: &Weights,
        limit: usize,
    ) -> Vec<Ranked<'s>> {
        let scored = measured.iter().map(|one| (weights.score(&one.figures), *one));
        let mut ranked: Vec<(f32, Measured<'s>)> = scored.collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.profile.slug.cmp(&b.1.profile.slug)));
        let score_at = |at: usize| ranked.get(at).map_or(0.0, |(score, _)| *score);
        let mut least = 1.0_f32;
        let judge = |(at, &(score, Measured { profile, figures })): (usize, &(f32, Measured<'s>))| {
            let best_other = if at == 0 { score_at(1) } else { score_at(0) };
            let rarest = self.shelf(profile.family).lexicon.weight_of_unknown();
            let signs = signs(asked.of(profile.family), &figures, score, best_other, rarest);
            least = least.min(weights.probability(&signs));
            Ranked { profile, figures, score, signs, confidence: least }
        };
        ranked.iter().enumerate().take(limit).map(judge).collect()
    }

    /// The candidate for a ranked article, in the reader's language where the article exists in it.
    pub(crate) fn candidate(&self, ranked: &Ranked<'_>, asked: &Asked, lang: Lang) -> Option<Candidate> {
        self.shown(&ranked.profile.slug, asked, lang, PerMille::from_share(f64::from(ranked.confidence)))
    }

    /// The article's passage that fits best, in the reader's language where the article exists in it.
    pub(crate) fn shown(&self, slug: &Slug, asked: &Asked, lang: Lang, confidence: PerMille) -> Option<Candidate> {
        let versions = self.articles.get(slug)?;
        let version = lang.preference().iter().find_map(|lang| versions.get(lang))?;
        let article = &version.article;
        let passage = self.best_passage(version, asked);
        Some(Candidate {
            article: article.article.clone(),
            title: article.title.clone(),
            confidence,
            passage: passage.and_then(|number| version.passages.get(number)).map_or_else(String::new, |p| p.markdown.clone()),
            group: article.group.clone(),
            request: article.request.clone(),
        })
    }

    /// The number of the passage to show: the first one with steps (the first of all where none has), unless another fits clearly
    /// better, and one without steps much better.
    fn best_passage(&self, version: &Version, asked: &Asked) -> Option<usize> {
        let family = Family::of(version.article.article.lang);
        let (stock, query) = (self.shelf(family), asked.of(family));
        let profile = stock.profile(&version.article.article.slug)?;
        let fits = passage_fits(query, profile, &version.article.article, stock);
        let usual = version.passages.iter().position(|passage| passage.has_steps).unwrap_or(0);
        let lead = |number: usize| {
            let fewer_steps = version.passages[usual].has_steps && !version.passages[number].has_steps;
            let lead = fits.get(number)? - fits.get(usual)?;
            (lead >= if fewer_steps { LEAD_WITHOUT_STEPS } else { LEAD }).then_some(lead)
        };
        let better =
            (0..version.passages.len()).filter(|number| *number != usual).filter_map(|number| Some((lead(number)?, number)));
        let best = better.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map_or(usual, |(_, number)| number);
        (!version.passages.is_empty()).then_some(best)
    }

    /// Articles that may be what somebody is about to ask for.
    pub(crate) fn suggest(&self, typed: &str, reader: Lang, most: usize) -> Vec<Suggestion> {
        let reading = Reading { analysis: &self.analysis, concepts: &self.concepts };
        self.suggestions.of(typed, reader, most, reading)
    }

    pub(crate) fn article(&self, article: &ArticleRef) -> Option<Arc<Article>> {
        let version = self.articles.get(&article.slug)?.get(&article.lang)?;
        Some(Arc::clone(&version.article))
    }

    pub(crate) fn languages(&self, slug: &Slug) -> Vec<Lang> {
        let versions = self.articles.get(slug);
        Lang::ALL.into_iter().filter(|lang| versions.is_some_and(|versions| versions.contains_key(lang))).collect()
    }

    pub(crate) const fn size(&self) -> usize {
        self.size
    }
}
