//! Measures articles against a question: roughly for all that were found, closely for the best of them.

use crate::domain::answer::ArticleRef;

use super::bag::Bag;
use super::features::{Feature, Figures};
use super::letters::Sought;
use super::lexicon::{Lexicon, TermId};
use super::profile::{PassageBag, Profile};
use super::query::{Query, Variant, share_in};
use super::shelf::Shelf;

/// BM25: how soon more of the same word stops counting.
const SATURATION: f32 = 1.2;
/// BM25: how much a long text is discounted.
const DISCOUNT: f32 = 0.6;
/// What a word of the title still counts in choosing among the article's passages.
const TITLED: f32 = 0.3;

/// A question's words with only those variants that one article has at all.
struct Present<'q> {
    words: Vec<PresentWord>,
    variants: Vec<Variant>,
    /// The sum of the question's weights.
    weight: f32,
    sentences: usize,
    letters: &'q Sought,
    lexicon: &'q Lexicon,
}

#[derive(Clone, Copy)]
struct PresentWord {
    weight: f32,
    sentence: usize,
    /// Where its variants are.
    from: usize,
    to: usize,
}

impl<'q> Present<'q> {
    fn new(query: &'q Query, profile: &Profile, stock: &'q Shelf) -> Self {
        let mut variants = Vec::with_capacity(query.words.len());
        let mut seen = |word: &super::query::QueryWord| {
            let from = variants.len();
            variants.extend(word.variants.iter().filter(|variant| profile.whole.count(variant.term) > 0));
            PresentWord { weight: word.weight, sentence: word.sentence, from, to: variants.len() }
        };
        let words = query.words.iter().map(&mut seen).collect();
        Self {
            words,
            variants,
            weight: query.weight,
            sentences: query.sentences,
            letters: &query.letters,
            lexicon: &stock.lexicon,
        }
    }

    fn variants(&self, word: &PresentWord) -> &[Variant] {
        &self.variants[word.from..word.to]
    }

    /// How well the bag has a word, 0 to 1, and how often.
    fn in_bag(&self, word: &PresentWord, bag: &Bag) -> (f32, u16) {
        share_in(self.variants(word), bag)
    }

    /// The share of the question's weight that the bag has.
    fn coverage(&self, bag: &Bag) -> f32 {
        self.words.iter().map(|word| word.weight * self.in_bag(word, bag).0).sum::<f32>() / self.weight
    }

    /// BM25 as a share of what is possible.
    fn bm25(&self, bag: &Bag, usual: f32) -> f32 {
        let long = SATURATION * (1.0 - DISCOUNT + DISCOUNT * bag.length / usual);
        let score = |word: &PresentWord| {
            let (share, count) = self.in_bag(word, bag);
            word.weight * share * f32::from(count) / (f32::from(count) + long)
        };
        self.words.iter().map(score).sum::<f32>() / self.weight
    }

    /// What the question (or one of its sentences) and a short text share of what they could, words weighing by rarity.
    fn likeness(&self, bag: &Bag, sentence: Option<usize>) -> f32 {
        let (mut shared, mut weight) = (0.0_f32, 0.0_f32);
        for word in self.words.iter().filter(|word| sentence.is_none_or(|number| word.sentence == number)) {
            shared += word.weight * self.in_bag(word, bag).0;
            weight += word.weight;
        }
        let weights = (weight * bag.weight(self.lexicon)).sqrt();
        if weights > 0.0 { (shared / weights).min(1.0) } else { 0.0 }
    }

    /// The share of a title's weight that the question has.
    fn named(&self, title: &Bag) -> f32 {
        let shared: f32 = self.words.iter().map(|word| word.weight * self.in_bag(word, title).0).sum();
        let weight = title.weight(self.lexicon);
        if weight > 0.0 { (shared / weight).min(1.0) } else { 0.0 }
    }

    /// How near neighbouring words of the question stand to each other in a passage: 1 where all of them are neighbours there.
    fn nearness(&self, passage: &PassageBag) -> f32 {
        let (mut possible, mut found) = (0.0, 0.0);
        let mut before: Option<(PresentWord, Vec<usize>)> = None;
        for word in &self.words {
            let here = self.places(word, passage);
            if let Some((last, there)) = before.as_ref().filter(|(last, _)| last.sentence == word.sentence) {
                let weight = last.weight.min(word.weight);
                possible += weight;
                found += weight * closeness(there, &here);
            }
            before = Some((*word, here));
        }
        if possible > 0.0 { found / possible } else { 0.0 }
    }

    fn places(&self, word: &PresentWord, passage: &PassageBag) -> Vec<usize> {
        let variants = self.variants(word);
        if variants.iter().all(|variant| passage.bag.count(variant.term) == 0) {
            return Vec::new();
        }
        let stands = |(_, term): &(usize, &TermId)| variants.iter().any(|variant| variant.term == **term);
        passage.order.iter().enumerate().filter(stands).map(|(at, _)| at).collect()
    }

    fn best_sentence(&self, profile: &Profile) -> f32 {
        if self.sentences < 2 {
            return 0.0;
        }
        let texts = || profile.questions.iter().chain(&profile.titles);
        best((0..self.sentences).flat_map(|number| texts().map(move |text| self.likeness(&text.bag, Some(number)))))
    }
}

/// What is quickly measured of a profile whose article has so much of the question's letter groups; the rest is 0.
pub(crate) fn rough(query: &Query, profile: &Profile, stock: &Shelf, letters: f32) -> Figures {
    let present = Present::new(query, profile, stock);
    let mut figures = Figures::default();
    let mut set = |feature: Feature, figure| figures[feature as usize] = figure;
    set(Feature::Article, present.bm25(&profile.body, stock.usual_body));
    set(Feature::Asked, present.bm25(&profile.asked, stock.usual_asked));
    set(Feature::Tags, present.coverage(&profile.tags));
    set(Feature::Coverage, present.coverage(&profile.whole));
    set(Feature::Letters, letters);
    set(Feature::TitleLetters, best(profile.titles.iter().map(|title| query.letters.likeness(&title.letters))));
    figures
}

/// Adds what takes longer to measure.
pub(crate) fn close(figures: &mut Figures, query: &Query, profile: &Profile, stock: &Shelf) {
    let present = Present::new(query, profile, stock);
    let questions = || profile.questions.iter();
    let (example, examples) = best_and_three(questions().map(|example| present.likeness(&example.bag, None)));
    let (spelled, spelled_too) = best_and_three(questions().map(|example| present.letters.likeness(&example.letters)));
    let title = best(profile.titles.iter().map(|title| present.likeness(&title.bag, None)));
    let passages = || profile.passages.iter();
    let mut set = |feature: Feature, figure| figures[feature as usize] = figure;
    set(Feature::Passage, best(passages().map(|passage| present.bm25(&passage.bag, stock.usual_passage))));
    set(Feature::Title, title);
    set(Feature::TitleNamed, best(profile.titles.iter().map(|title| present.named(&title.bag))));
    set(Feature::TitleAlone, if profile.questions.is_empty() { title } else { 0.0 });
    set(Feature::Headings, present.coverage(&profile.headings));
    set(Feature::Example, example);
    set(Feature::Examples, examples);
    set(Feature::ExampleLetters, spelled);
    set(Feature::ExamplesLetters, spelled_too);
    set(Feature::Sentence, present.best_sentence(profile).max(example).max(title));
    set(Feature::Nearness, best(passages().map(|passage| present.nearness(passage))));
}

/// How well each passage of an article's version answers, for choosing among them: the share of the question that it has, where
/// what many passages and the title have counts little, and what its heading has counts twice.
pub(crate) fn passage_fits(query: &Query, profile: &Profile, version: &ArticleRef, stock: &Shelf) -> Vec<f32> {
    let own: Vec<_> =
        profile.passages.iter().filter(|passage| profile.versions[passage.version].article.article == *version).collect();
    let mut present = Present::new(query, profile, stock);
    let weights = present.words.iter().map(|word| {
        let with = own.iter().filter(|passage| present.in_bag(word, &passage.bag).1 > 0).count();
        let titled = profile.titles.iter().any(|title| present.in_bag(word, &title.bag).1 > 0);
        word.weight * local_weight(own.len(), with) * if titled { TITLED } else { 1.0 }
    });
    let weights: Vec<f32> = weights.collect();
    present.words.iter_mut().zip(weights).for_each(|(word, weight)| word.weight = weight);
    let fit = |passage: &&PassageBag| present.bm25(&passage.bag, stock.usual_passage) + present.coverage(&passage.heading);
    own.iter().map(fit).collect()
}

/// How much a word tells an article's passages apart, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "an article has far fewer than 2^23 passages")]
fn local_weight(passages: usize, with: usize) -> f32 {
    if with == 0 { 0.3 } else { 1.0 - (with as f32 - 1.0) / passages.max(1) as f32 }
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

/// The greatest of the values, and the mean of the three greatest.
fn best_and_three(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let mut three = [0.0_f32; 3];
    for value in values {
        if let Some(at) = three.iter().position(|known| value > *known) {
            three[at..].rotate_right(1);
            three[at] = value;
        }
    }
    (three[0], three.iter().sum::<f32>() / 3.0)
}

fn best(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(0.0, f32::max)
}
