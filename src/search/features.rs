//! What speaks for an article: a few figures between 0 and about 1, each with a name that people understand.

use crate::domain::answer::ArticleRef;

use super::lexicon::TermId;
use super::profile::{Bag, PassageBag, Profile, Shelf, Text};
use super::query::{Query, QueryWord};

/// BM25: how soon more of the same word stops counting.
const SATURATION: f32 = 1.2;
/// BM25: how much a long text is discounted.
const DISCOUNT: f32 = 0.6;

/// What a word of the title still counts in choosing among the article's passages.
const TITLED: f32 = 0.3;

/// One figure of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// How well the whole article has the question's words (BM25 as a share of the possible).
    Article,
    /// The same for its best passage.
    Passage,
    /// Likeness of question and title.
    Title,
    /// How much of the title the question names.
    TitleNamed,
    /// The share of the question's words among the tags.
    Tags,
    /// The share of the question's words in headings.
    Headings,
    /// Likeness with the most alike example question.
    Example,
    /// Mean likeness with the three most alike example questions.
    Examples,
    /// How well all example questions together have the question's words.
    Asked,
    /// Likeness of the question's best sentence with an example question or the title.
    Sentence,
    /// The share of the question's words that the article has, rare words counting more.
    Coverage,
    /// How much of the question's letter groups the article has.
    Letters,
    /// Likeness of the letters with the title.
    TitleLetters,
    /// Likeness of the letters with the most alike example question.
    ExampleLetters,
    /// The mean of that over the three most alike ones.
    ExamplesLetters,
    /// How near the question's neighbouring words stand to each other in a passage.
    Nearness,
    /// Likeness with the title of an article without example questions.
    TitleAlone,
}

impl Feature {
    /// All of them, in the order of the weights.
    pub(crate) const ALL: [Self; 17] = [
        Self::Article,
        Self::Passage,
        Self::Title,
        Self::TitleNamed,
        Self::Tags,
        Self::Headings,
        Self::Example,
        Self::Examples,
        Self::Asked,
        Self::Sentence,
        Self::Coverage,
        Self::Letters,
        Self::TitleLetters,
        Self::ExampleLetters,
        Self::ExamplesLetters,
        Self::Nearness,
        Self::TitleAlone,
    ];

    /// A short name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Passage => "passage",
            Self::Title => "title",
            Self::TitleNamed => "title named",
            Self::Tags => "tags",
            Self::Headings => "headings",
            Self::Example => "example question",
            Self::Examples => "example questions",
            Self::Asked => "asked",
            Self::Sentence => "best sentence",
            Self::Coverage => "coverage",
            Self::Letters => "letters",
            Self::TitleLetters => "letters of the title",
            Self::ExampleLetters => "letters of an example question",
            Self::ExamplesLetters => "letters of example questions",
            Self::Nearness => "nearness",
            Self::TitleAlone => "title alone",
        }
    }
}

/// A candidate's figures, in the order of [`Feature::ALL`].
pub(crate) type Figures = [f32; Feature::ALL.len()];

/// Measures a profile against a question, whose letter groups the article has so much of.
pub(crate) fn figures(query: &Query, profile: &Profile, stock: &Shelf, letters: f32) -> Figures {
    let query = &present(query, profile);
    let passages = profile.passages.iter().map(|passage| bm25(query, &passage.bag, stock.usual_passage));
    let (example, examples) = best_and_three(profile.questions.iter().map(|example| likeness(query, &example.bag, None)));
    let (spelled_example, spelled_examples) =
        best_and_three(profile.questions.iter().map(|example| query.letters.likeness(&example.letters)));
    let title = best(profile.titles.iter().map(|title| likeness(query, &title.bag, None)));
    [
        bm25(query, &profile.body, stock.usual_body),
        best(passages),
        title,
        best(profile.titles.iter().map(|title| named(query, &title.bag))),
        coverage(query, &profile.tags),
        coverage(query, &profile.headings),
        example,
        examples,
        bm25(query, &profile.asked, stock.usual_asked),
        best_sentence(query, profile).max(example).max(title),
        coverage(query, &profile.whole),
        letters,
        best(profile.titles.iter().map(|title| query.letters.likeness(&title.letters))),
        spelled_example,
        spelled_examples,
        best(profile.passages.iter().map(|passage| nearness(query, passage))),
        if profile.questions.is_empty() { title } else { 0.0 },
    ]
}

/// How near neighbouring words of the question stand to each other in a passage: 1 where all of them are neighbours there.
fn nearness(query: &Query, passage: &PassageBag) -> f32 {
    let neighbours = || query.words.windows(2).filter(|pair| pair[0].sentence == pair[1].sentence);
    let weight = |pair: &[QueryWord]| pair[0].weight.min(pair[1].weight);
    let possible: f32 = neighbours().map(weight).sum();
    let places = |word: &QueryWord| -> Vec<usize> {
        if word.in_bag(&passage.bag).1 == 0 {
            return Vec::new();
        }
        let stands = |(_, term): &(usize, &TermId)| word.variants.iter().any(|variant| variant.term == **term);
        passage.order.iter().enumerate().filter(stands).map(|(at, _)| at).collect()
    };
    let mut found = 0.0;
    let mut before: Option<(usize, Vec<usize>)> = None;
    for (at, word) in query.words.iter().enumerate() {
        let here = places(word);
        if let Some((_, there)) = before.as_ref().filter(|_| query.words[at - 1].sentence == word.sentence) {
            found += weight(&query.words[at - 1..=at]) * closeness(there, &here);
        }
        before = Some((at, here));
    }
    if possible > 0.0 { found / possible } else { 0.0 }
}

/// 1 for neighbours, less the further apart the nearest two are.
fn closeness(one: &[usize], other: &[usize]) -> f32 {
    let distances = one.iter().flat_map(|a| other.iter().map(move |b| a.abs_diff(*b)));
    match distances.filter(|distance| *distance > 0).min() {
        Some(1) => 1.0,
        Some(2) => 0.8,
        Some(3) => 0.6,
        Some(4) => 0.4,
        Some(5..=8) => 0.2,
        _ => 0.0,
    }
}

/// How well each passage of an article's version answers, for choosing among them: the share of the question that it has, where
/// what many passages and the title have counts little, and what its heading has counts twice.
pub(crate) fn passage_fits(query: &Query, profile: &Profile, version: &ArticleRef, stock: &Shelf) -> Vec<f32> {
    let own: Vec<_> =
        profile.passages.iter().filter(|passage| profile.versions[passage.version].article.article == *version).collect();
    let mut query = present(query, profile);
    for word in &mut query.words {
        let with = own.iter().filter(|passage| word.in_bag(&passage.bag).1 > 0).count();
        let titled = profile.titles.iter().any(|title| word.in_bag(&title.bag).1 > 0);
        word.weight *= local_weight(own.len(), with) * if titled { TITLED } else { 1.0 };
    }
    let fit = |passage: &&PassageBag| bm25(&query, &passage.bag, stock.usual_passage) + coverage(&query, &passage.heading);
    own.iter().map(fit).collect()
}

/// How much a word tells an article's passages apart, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "an article has far fewer than 2^23 passages")]
fn local_weight(passages: usize, with: usize) -> f32 {
    if with == 0 { 0.3 } else { 1.0 - (with as f32 - 1.0) / passages.max(1) as f32 }
}

/// The share of the question's weight that the bag has.
pub(crate) fn coverage(query: &Query, bag: &Bag) -> f32 {
    query.words.iter().map(|word| word.weight * word.in_bag(bag).0).sum::<f32>() / query.weight
}

/// The question with only those variants that the article has at all: the fields are looked through faster.
fn present(query: &Query, profile: &Profile) -> Query {
    let mut query = query.clone();
    for word in &mut query.words {
        word.variants.retain(|variant| profile.whole.count(variant.term) > 0);
    }
    query
}

fn bm25(query: &Query, bag: &Bag, usual: f32) -> f32 {
    let long = SATURATION * (1.0 - DISCOUNT + DISCOUNT * bag.length / usual);
    let score = |word: &QueryWord| {
        let (share, count) = word.in_bag(bag);
        word.weight * share * f32::from(count) / (f32::from(count) + long)
    };
    query.words.iter().map(score).sum::<f32>() / query.weight
}

/// What the question (or one of its sentences) and a short text share of what they could, words weighing by rarity.
fn likeness(query: &Query, bag: &Bag, sentence: Option<usize>) -> f32 {
    let (mut shared, mut weight) = (0.0_f32, 0.0_f32);
    for word in query.words.iter().filter(|word| sentence.is_none_or(|number| word.sentence == number)) {
        shared += word.weight * word.in_bag(bag).0;
        weight += word.weight;
    }
    let weights = (weight * bag.weight).sqrt();
    if weights > 0.0 { (shared / weights).min(1.0) } else { 0.0 }
}

/// The share of a title's weight that the question has.
fn named(query: &Query, title: &Bag) -> f32 {
    let shared: f32 = query.words.iter().map(|word| word.weight * word.in_bag(title).0).sum();
    if title.weight > 0.0 { (shared / title.weight).min(1.0) } else { 0.0 }
}

fn best_sentence(query: &Query, profile: &Profile) -> f32 {
    if query.sentences < 2 {
        return 0.0;
    }
    let texts = || profile.questions.iter().chain(&profile.titles);
    best((0..query.sentences).flat_map(|number| texts().map(move |text| likeness(query, &text.bag, Some(number)))))
}

/// The greatest of the values, and the mean of the three greatest.
fn best_and_three(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let mut three = [0.0_f32; 3];
    for value in values {
        let below = three.iter().position(|known| value > *known);
        if let Some(at) = below {
            three[at..].rotate_right(1);
            three[at] = value;
        }
    }
    (three[0], three.iter().sum::<f32>() / 3.0)
}

fn best(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(0.0, f32::max)
}
