//! What is known of an article for ranking: its words, field by field, with bokmål and nynorsk versions together.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

use super::analysis::{Analysis, Family};
use super::letters::Letters;
use super::lexicon::{Lexicon, TermId};
use super::recall::number_of;
use super::sections::{Passage, passages};
use super::text::words;

/// Terms with how often each occurs.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    counts: Vec<(TermId, u16)>,
    /// How many words there are.
    pub(crate) length: f32,
    /// The sum of its distinct terms' weights.
    pub(crate) weight: f32,
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
        Self { counts, length, weight: 0.0 }
    }

    fn weigh(&mut self, lexicon: &Lexicon) {
        self.weight = self.terms().map(|term| lexicon.weight(term)).sum();
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
    /// The example questions and what it was taught, each in the family it is asked in, which may be another than the article's.
    pub(crate) questions: Vec<(Family, String)>,
}

impl Version {
    /// Reads an article with questions that it was taught; `asked_in` tells a question's language, where its words do.
    pub(crate) fn new(article: Arc<Article>, taught: &[&str], asked_in: impl Fn(&str) -> Option<Lang>) -> Self {
        let passages = passages(&article.body, &article.title);
        let lang = article.article.lang;
        let asked = |question: &str| (Family::of(asked_in(question).unwrap_or(lang)), question.to_owned());
        let questions = article.questions.iter().map(String::as_str).chain(taught.iter().copied()).map(asked).collect();
        Self { article, passages, questions }
    }
}

/// A title or an example question.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) bag: Bag,
    pub(crate) letters: Letters,
}

/// A passage's words, and whose passage it is.
#[derive(Debug)]
pub(crate) struct PassageBag {
    /// Which of the profile's versions.
    pub(crate) version: usize,
    pub(crate) bag: Bag,
    /// The words of its heading.
    pub(crate) heading: Bag,
    /// Its words in the order in which they stand.
    pub(crate) order: Vec<TermId>,
}

/// One article in one family of languages; only example questions where it has no version in that family.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) slug: Slug,
    pub(crate) family: Family,
    pub(crate) versions: Vec<Arc<Version>>,
    pub(crate) titles: Vec<Text>,
    pub(crate) tags: Bag,
    pub(crate) headings: Bag,
    pub(crate) questions: Vec<Text>,
    pub(crate) passages: Vec<PassageBag>,
    /// Title, tags and passages.
    pub(crate) body: Bag,
    /// All example questions.
    pub(crate) asked: Bag,
    /// Everything.
    pub(crate) whole: Bag,
}

/// All profiles of a family with their vocabulary.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) lexicon: Lexicon,
    pub(crate) profiles: Vec<Profile>,
    /// Where each profile is, by the number that the index has for its slug.
    numbers: HashMap<u64, usize>,
    /// The usual number of words in an article's title, tags and passages.
    pub(crate) usual_body: f32,
    /// The usual number of words in an article's example questions.
    pub(crate) usual_asked: f32,
    /// The usual number of words in a passage.
    pub(crate) usual_passage: f32,
}

impl Shelf {
    /// Reads the versions of one family; they come in the order of their slugs.
    pub(crate) fn new(family: Family, versions: &[Arc<Version>], analysis: &Analysis) -> Self {
        let mut by_slug: BTreeMap<&Slug, (Vec<Arc<Version>>, Vec<&str>)> = BTreeMap::new();
        for version in versions {
            let ArticleRef { slug, lang } = &version.article.article;
            let asked = version.questions.iter().filter(|(of, _)| *of == family).map(|(_, question)| question.as_str());
            let mut asked = asked.peekable();
            let own = Family::of(*lang) == family;
            if own || asked.peek().is_some() {
                let (versions, questions) = by_slug.entry(slug).or_default();
                versions.extend(own.then(|| Arc::clone(version)));
                questions.extend(asked);
            }
        }
        let mut reader = Reader { family, analysis, lexicon: Lexicon::default() };
        let read = |(slug, (versions, questions)): (&Slug, (Vec<_>, Vec<_>))| reader.profile(slug.clone(), versions, &questions);
        let mut profiles: Vec<Profile> = by_slug.into_iter().map(read).collect();
        let mut lexicon = reader.lexicon;
        for profile in &profiles {
            lexicon.count(profile.whole.terms());
        }
        lexicon.find_compounds();
        lexicon.find_generic(|text| analysis.is_generic(text));
        for profile in &mut profiles {
            profile.weigh(&lexicon);
        }
        let usual_body = mean(profiles.iter().map(|profile| profile.body.length));
        let usual_asked = mean(profiles.iter().map(|profile| profile.asked.length));
        let usual_passage = mean(profiles.iter().flat_map(|profile| &profile.passages).map(|passage| passage.bag.length));
        let numbers = profiles.iter().enumerate().map(|(at, profile)| (number_of(&profile.slug), at)).collect();
        Self { lexicon, profiles, numbers, usual_body, usual_asked, usual_passage }
    }

    /// The profile of the article that the index has under a number.
    pub(crate) fn numbered(&self, number: u64) -> Option<&Profile> {
        self.numbers.get(&number).map(|&at| &self.profiles[at])
    }

    /// The profile of an article.
    pub(crate) fn profile(&self, slug: &Slug) -> Option<&Profile> {
        self.profiles.binary_search_by(|profile| profile.slug.cmp(slug)).ok().map(|at| &self.profiles[at])
    }
}

impl Profile {
    fn weigh(&mut self, lexicon: &Lexicon) {
        let passages = self.passages.iter_mut().map(|passage| &mut passage.bag);
        let texts = self.titles.iter_mut().chain(&mut self.questions).map(|text| &mut text.bag);
        let bags = texts.chain(passages);
        bags.chain([&mut self.tags, &mut self.headings, &mut self.body, &mut self.asked, &mut self.whole])
            .for_each(|bag| bag.weigh(lexicon));
    }
}

struct Reader<'a> {
    family: Family,
    analysis: &'a Analysis,
    lexicon: Lexicon,
}

impl Reader<'_> {
    fn profile(&mut self, slug: Slug, versions: Vec<Arc<Version>>, questions: &[&str]) -> Profile {
        let (mut body, mut asked) = (Vec::new(), Vec::new());
        let questions = questions.iter().map(|question| self.text(question, &mut asked)).collect();
        let (mut titles, mut passages) = (Vec::new(), Vec::new());
        let (mut tags, mut headings) = (Vec::new(), Vec::new());
        for (number, version) in versions.iter().enumerate() {
            titles.push(self.text(&version.article.title, &mut body));
            for tag in &version.article.tags {
                tags.extend(self.terms(tag));
            }
            for passage in &version.passages {
                let heading: Vec<TermId> = passage.heading.iter().flat_map(|heading| self.terms(heading)).collect();
                headings.extend(&heading);
                let order = self.terms(&without_targets(&passage.markdown));
                body.extend(&order);
                passages.push(PassageBag { version: number, bag: Bag::of(order.clone()), heading: Bag::of(heading), order });
            }
        }
        body.extend(&tags);
        let whole = Bag::of([&body[..], &asked].concat());
        let (tags, headings, body, asked) = (Bag::of(tags), Bag::of(headings), Bag::of(body), Bag::of(asked));
        Profile { slug, family: self.family, versions, titles, tags, headings, questions, passages, body, asked, whole }
    }

    fn text(&mut self, text: &str, field: &mut Vec<TermId>) -> Text {
        let terms = self.terms(text);
        field.extend(&terms);
        Text { bag: Bag::of(terms), letters: Letters::of(&words(text), self.analysis) }
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
