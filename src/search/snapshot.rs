//! One state of the articles: finding, ranking and choosing passages.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tracing::error;

use crate::domain::answer::{ArticleRef, Candidate, PerMille};
use crate::domain::article::Article;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

use super::analysis::{Analysis, Family};
use super::concepts::Concepts;
use super::confidence::{Signs, probability, signs};
use super::features::Figures;
use super::find::Finder;
use super::measure::{close, passage_fits, rough};
use super::profile::{Profile, Shelf, Version};
use super::query::{Query, Reader};
use super::recall::number_of;
use super::text::sentences;
use super::weights::RANKING;

/// How many articles with a question's words are measured roughly.
const FOUND: usize = 40;
/// How many articles are measured closely.
const RERANKED: usize = 20;
/// How many articles are measured beside these because their letters are alike.
const SPELLED: usize = 10;
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

/// An article's profiles with their figures, by family.
#[derive(Debug, Default)]
struct Merged<'s> {
    of: [Option<(&'s Profile, Figures)>; Family::ALL.len()],
}

impl<'s> Merged<'s> {
    /// Each figure in the family in which it is greater.
    fn figures(&self) -> Figures {
        self.of.iter().flatten().fold(Figures::default(), |mut greatest, (_, figures)| {
            greatest.iter_mut().zip(figures).for_each(|(known, figure)| *known = known.max(*figure));
            greatest
        })
    }

    fn score(&self) -> f32 {
        weighed(&self.figures())
    }

    /// The profile that scores best by itself.
    fn profile(&self) -> Option<&'s Profile> {
        let best = self.of.iter().flatten().max_by(|a, b| weighed(&a.1).total_cmp(&weighed(&b.1)));
        best.map(|(profile, _)| *profile)
    }

    fn best_first(&self, other: &Self) -> Ordering {
        let slug = |merged: &Self| merged.of.iter().flatten().map(|(profile, _)| &profile.slug).next();
        other.score().total_cmp(&self.score()).then_with(|| slug(self).cmp(&slug(other)))
    }
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
    pub(crate) fn new(versions: &[Arc<Version>], analysis: Arc<Analysis>, concepts: Arc<Concepts>, finder: Finder) -> Self {
        let norwegian = Arc::new(Shelf::new(Family::Norwegian, versions, &analysis));
        let english = Arc::new(Shelf::new(Family::English, versions, &analysis));
        let mut articles: BTreeMap<Slug, BTreeMap<Lang, Arc<Version>>> = BTreeMap::new();
        for version in versions {
            let ArticleRef { slug, lang } = &version.article.article;
            articles.entry(slug.clone()).or_default().insert(*lang, Arc::clone(version));
        }
        let size = articles.values().map(BTreeMap::len).sum();
        Self { analysis, concepts, norwegian, english, articles: Arc::new(articles), size, finder }
    }

    /// The same articles with another glossary.
    pub(crate) fn defined(&self, concepts: Arc<Concepts>) -> Self {
        Self { concepts, ..self.clone() }
    }

    pub(crate) fn concepts(&self) -> Arc<Concepts> {
        Arc::clone(&self.concepts)
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
    pub(crate) fn rank(&self, asked: &Asked, limit: usize) -> Vec<Ranked<'_>> {
        let mut ranked: Vec<Merged<'_>> = self.found(asked).into_values().collect();
        ranked.sort_by(Merged::best_first);
        ranked.truncate(RERANKED);
        for merged in &mut ranked {
            for family in Family::ALL {
                if let Some((profile, figures)) = &mut merged.of[family as usize] {
                    close(figures, asked.of(family), profile, self.shelf(family));
                }
            }
        }
        ranked.sort_by(Merged::best_first);
        self.judged(asked, &ranked, limit)
    }

    /// The articles that have the question's words or letters, roughly measured.
    fn found(&self, asked: &Asked) -> BTreeMap<&Slug, Merged<'_>> {
        let letters = self.finder.with_letters(&asked.norwegian.letters).unwrap_or_default();
        let mut found: BTreeMap<&Slug, Merged<'_>> = BTreeMap::new();
        for family in Family::ALL {
            let (stock, query) = (self.shelf(family), asked.of(family));
            for profile in self.with_words(query, family, &letters) {
                let spelled = letters.get(&number_of(&profile.slug)).copied().unwrap_or_default();
                let figures = rough(query, profile, stock, spelled);
                found.entry(&profile.slug).or_default().of[family as usize] = Some((profile, figures));
            }
        }
        found
    }

    fn with_words(&self, query: &Query, family: Family, letters: &HashMap<u64, f32>) -> Vec<&Profile> {
        let stock = self.shelf(family);
        match self.finder.with_words(query, family, &stock.lexicon) {
            Ok(mut numbers) => {
                numbers.truncate(FOUND);
                let mut spelled: Vec<(&u64, &f32)> = letters.iter().filter(|(number, _)| !numbers.contains(number)).collect();
                spelled.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
                numbers.extend(spelled.into_iter().take(SPELLED).map(|(number, _)| *number));
                numbers.iter().filter_map(|number| stock.numbered(*number)).collect()
            }
            Err(error) => {
                error!(%error, "the search index cannot be read; every article is looked at instead");
                stock.profiles.iter().collect()
            }
        }
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

    /// Gives every candidate its confidence, which never rises down the list.
    fn judged<'s>(&'s self, asked: &Asked, ranked: &[Merged<'s>], limit: usize) -> Vec<Ranked<'s>> {
        let score_at = |at: usize| ranked.get(at).map_or(0.0, Merged::score);
        let mut least = 1.0_f32;
        let judge = |(at, merged): (usize, &Merged<'s>)| {
            let (profile, figures, score) = (merged.profile()?, merged.figures(), merged.score());
            let best_other = if at == 0 { score_at(1) } else { score_at(0) };
            let rarest = self.shelf(profile.family).lexicon.weight_of_unknown();
            let signs = signs(asked.of(profile.family), &figures, score, best_other, rarest);
            least = least.min(probability(&signs));
            Some(Ranked { profile, figures, score, signs, confidence: least })
        };
        ranked.iter().enumerate().take(limit).filter_map(judge).collect()
    }
}

fn weighed(figures: &Figures) -> f32 {
    figures.iter().zip(RANKING).map(|(figure, weight)| figure * weight).sum()
}
