//! What is known of an article for ranking: its words, field by field, with bokmål and nynorsk versions together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::article::Article;
use crate::domain::ids::Slug;

use super::analysis::{Analysis, Family};
use super::lexicon::{Lexicon, TermId};
use super::sections::{Passage, passages};
use super::text::words;

/// Terms with how often each occurs.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    counts: Vec<(TermId, u16)>,
    /// How many words there are.
    pub(crate) length: f32,
    /// The length of the vector of distinct terms' weights.
    pub(crate) norm: f32,
}

impl Bag {
    fn of(mut terms: Vec<TermId>) -> Self {
        terms.sort_unstable();
        let mut counts: Vec<(TermId, u16)> = Vec::new();
        for &term in &terms {
            match counts.last_mut() {
                Some((last, count)) if *last == term => *count = count.saturating_add(1),
                _ => counts.push((term, 1)),
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "an article has far fewer than 2^23 words")]
        let length = terms.len() as f32;
        Self { counts, length, norm: 0.0 }
    }

    fn weigh(&mut self, lexicon: &Lexicon) {
        self.norm = self.terms().map(|term| lexicon.weight(term).powi(2)).sum::<f32>().sqrt();
    }

    /// How often a term occurs.
    pub(crate) fn count(&self, term: TermId) -> u16 {
        self.counts.binary_search_by_key(&term, |&(known, _)| known).map_or(0, |at| self.counts[at].1)
    }

    /// The distinct terms.
    pub(crate) fn terms(&self) -> impl Iterator<Item = TermId> + '_ {
        self.counts.iter().map(|&(term, _)| term)
    }
}

/// One version of an article, read.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) article: Arc<Article>,
    pub(crate) passages: Vec<Passage>,
    /// Questions that it was taught, besides its own.
    pub(crate) taught: Vec<String>,
}

impl Version {
    pub(crate) fn new(article: Arc<Article>, taught: Vec<String>) -> Self {
        let passages = passages(&article.body, &article.title);
        Self { article, passages, taught }
    }
}

/// A passage's words, and whose passage it is.
#[derive(Debug)]
pub(crate) struct PassageBag {
    /// Which of the profile's versions.
    pub(crate) version: usize,
    pub(crate) bag: Bag,
    /// The words of its heading.
    pub(crate) heading: Bag,
}

/// One article in one family of languages.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) slug: Slug,
    pub(crate) family: Family,
    pub(crate) versions: Vec<Arc<Version>>,
    pub(crate) titles: Vec<Bag>,
    pub(crate) tags: Bag,
    pub(crate) headings: Bag,
    pub(crate) questions: Vec<Bag>,
    pub(crate) passages: Vec<PassageBag>,
    pub(crate) whole: Bag,
}

/// All profiles of a family with their vocabulary.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) lexicon: Lexicon,
    pub(crate) profiles: Vec<Profile>,
    /// The usual number of words in an article.
    pub(crate) usual_length: f32,
    /// The usual number of words in a passage.
    pub(crate) usual_passage: f32,
}

impl Shelf {
    /// Reads the versions of one family; they come in the order of their slugs.
    pub(crate) fn new(family: Family, versions: &[Arc<Version>], analysis: &Analysis) -> Self {
        let mut by_slug: BTreeMap<Slug, Vec<Arc<Version>>> = BTreeMap::new();
        for version in versions.iter().filter(|version| Family::of(version.article.article.lang) == family) {
            by_slug.entry(version.article.article.slug.clone()).or_default().push(Arc::clone(version));
        }
        let mut reader = Reader { family, analysis, lexicon: Lexicon::default() };
        let mut profiles: Vec<Profile> = by_slug.into_iter().map(|(slug, versions)| reader.profile(slug, versions)).collect();
        let mut lexicon = reader.lexicon;
        for profile in &profiles {
            lexicon.count(profile.whole.terms());
        }
        lexicon.find_compounds();
        lexicon.find_generic(|text| analysis.is_generic(text));
        for profile in &mut profiles {
            profile.weigh(&lexicon);
        }
        let usual_length = mean(profiles.iter().map(|profile| profile.whole.length));
        let usual_passage = mean(profiles.iter().flat_map(|profile| &profile.passages).map(|passage| passage.bag.length));
        Self { lexicon, profiles, usual_length, usual_passage }
    }

    /// The profile of an article.
    pub(crate) fn profile(&self, slug: &Slug) -> Option<&Profile> {
        self.profiles.binary_search_by(|profile| profile.slug.cmp(slug)).ok().map(|at| &self.profiles[at])
    }
}

impl Profile {
    fn weigh(&mut self, lexicon: &Lexicon) {
        let passages = self.passages.iter_mut().map(|passage| &mut passage.bag);
        let bags = self.titles.iter_mut().chain(&mut self.questions).chain(passages);
        bags.chain([&mut self.tags, &mut self.headings, &mut self.whole]).for_each(|bag| bag.weigh(lexicon));
    }
}

struct Reader<'a> {
    family: Family,
    analysis: &'a Analysis,
    lexicon: Lexicon,
}

impl Reader<'_> {
    fn profile(&mut self, slug: Slug, versions: Vec<Arc<Version>>) -> Profile {
        let mut whole = Vec::new();
        let (mut titles, mut questions, mut passages) = (Vec::new(), Vec::new(), Vec::new());
        let (mut tags, mut headings) = (Vec::new(), Vec::new());
        for (number, version) in versions.iter().enumerate() {
            titles.push(self.bag(&version.article.title, &mut whole));
            for tag in &version.article.tags {
                tags.extend(self.terms(tag));
            }
            for question in version.article.questions.iter().chain(&version.taught) {
                questions.push(self.bag(question, &mut whole));
            }
            for passage in &version.passages {
                let heading: Vec<TermId> = passage.heading.iter().flat_map(|heading| self.terms(heading)).collect();
                headings.extend(&heading);
                let bag = self.bag(&without_targets(&passage.markdown), &mut whole);
                passages.push(PassageBag { version: number, bag, heading: Bag::of(heading) });
            }
        }
        whole.extend(&tags);
        let (tags, headings, whole) = (Bag::of(tags), Bag::of(headings), Bag::of(whole));
        Profile { slug, family: self.family, versions, titles, tags, headings, questions, passages, whole }
    }

    fn bag(&mut self, text: &str, whole: &mut Vec<TermId>) -> Bag {
        let terms = self.terms(text);
        whole.extend(&terms);
        Bag::of(terms)
    }

    fn terms(&mut self, text: &str) -> Vec<TermId> {
        let (family, analysis) = (self.family, self.analysis);
        let words = words(text);
        let mut terms = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            if !analysis.is_stop(family, word) {
                terms.push(self.lexicon.learn(word, || analysis.normal(family, word)));
            }
            let matter = analysis.unit(family, &words[at..]).map(|unit| self.lexicon.term_of(unit.matter));
            terms.extend(matter.filter(|matter| terms.last() != Some(matter)));
        }
        terms
    }
}

/// Markdown without the addresses of its links.
pub(crate) fn without_targets(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        text.push_str(&rest[..=at]);
        let target = &rest[at + 1..];
        rest = target.find(')').map_or("", |end| &target[end + 1..]);
    }
    text.push_str(rest);
    text
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (count, sum) = values.fold((0.0_f32, 0.0_f32), |(count, sum), value| (count + 1.0, sum + value));
    (sum / count.max(1.0)).max(1.0)
}
