//! A question's words as the index knows them.

use crate::domain::explanation::Recognised;

use super::analysis::{Analysis, Family};
use super::bag::Bag;
use super::concepts::{Concepts, Found};
use super::letters::{Letters, Sought};
use super::lexicon::{Lexicon, TermId};

/// How much of the word's weight counts where an article has only a relative of it.
mod share {
    pub(super) const REPAIRED: f32 = 0.85;
    pub(super) const TRANSLATED: f32 = 0.8;
    /// A word that the glossary has for one that articles use, and for one that they don't.
    pub(super) const SAME: f32 = 0.6;
    pub(super) const SAME_AS_UNKNOWN: f32 = 0.85;
    pub(super) const NEARLY: f32 = 0.7;
    pub(super) const MODIFIER: f32 = 0.5;
    pub(super) const HEAD: f32 = 0.4;
    pub(super) const IN_COMPOUND_AS_HEAD: f32 = 0.6;
    pub(super) const IN_COMPOUND_AS_MODIFIER: f32 = 0.5;
    pub(super) const ALIKE: f32 = 0.6;
}

/// How many sentences of a message are read, and how many words of them that say something: what comes after is no question.
const MOST_SENTENCES: usize = 20;
const MOST_WORDS: usize = 120;

/// How many compounds of a word are looked for.
const MOST_COMPOUNDS: usize = 16;

/// A term that stands for a word of the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Variant {
    pub(crate) term: TermId,
    /// 0 to 1: how much it says.
    pub(crate) share: f32,
    /// Whether it is one of two parts, which count together.
    pub(crate) is_part: bool,
}

/// A word of the question that says something about its subject.
#[derive(Clone, Debug)]
pub(crate) struct QueryWord {
    pub(crate) text: String,
    pub(crate) recognised: Recognised,
    pub(crate) weight: f32,
    pub(crate) variants: Vec<Variant>,
    pub(crate) sentence: usize,
}

/// A question in one family's analysis.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) words: Vec<QueryWord>,
    /// The sum of the words' weights; at least a little.
    pub(crate) weight: f32,
    /// How many sentences there are.
    pub(crate) sentences: usize,
    /// The letter groups of its words.
    pub(crate) letters: Sought,
}

/// How well a bag has a word with these variants, 0 to 1, and how often.
pub(crate) fn share_in(variants: &[Variant], bag: &Bag) -> (f32, u16) {
    let (mut whole, mut whole_count, mut parts, mut part_count) = (0.0_f32, 0, 0.0_f32, 0);
    for variant in variants {
        let count = bag.count(variant.term);
        if count == 0 {
        } else if variant.is_part {
            parts += variant.share;
            part_count = part_count.max(count);
        } else if variant.share > whole {
            (whole, whole_count) = (variant.share, count);
        }
    }
    if parts > whole { (parts, part_count) } else { (whole, whole_count) }
}

impl Query {
    pub(crate) fn new(sentences: &[Vec<String>], reader: &Reader<'_>) -> Self {
        let mut words: Vec<QueryWord> = Vec::new();
        for (number, sentence) in sentences.iter().take(MOST_SENTENCES).enumerate() {
            let mut rest = &sentence[..];
            while let Some((word, taken)) = reader.next(rest, number).filter(|_| words.len() < MOST_WORDS) {
                rest = &rest[taken..];
                let known = |word: &QueryWord| words.iter().any(|known| known.says_the_same(word));
                words.extend(word.filter(|word| !known(word)));
            }
        }
        let weight = words.iter().map(|word| word.weight).sum::<f32>().max(0.1);
        let letters = Sought::new(Letters::of(&spelled(&words), reader.analysis));
        Self { words, weight, sentences: sentences.len().min(MOST_SENTENCES), letters }
    }
}

/// The words whose letters count: not a verb that means something else with its particle.
fn spelled(words: &[QueryWord]) -> Vec<String> {
    let telling = words.iter().filter(|word| word.recognised != Recognised::Particle || !word.text.contains(' '));
    telling.flat_map(|word| word.text.split(' ')).map(str::to_owned).collect()
}

impl QueryWord {
    fn says_the_same(&self, other: &Self) -> bool {
        match (self.variants.first(), other.variants.first()) {
            (Some(one), Some(other)) => one.term == other.term && one.is_part == other.is_part,
            (None, None) => self.text == other.text,
            _ => false,
        }
    }
}

/// What a question is read with.
pub(crate) struct Reader<'a> {
    pub(crate) family: Family,
    pub(crate) analysis: &'a Analysis,
    pub(crate) concepts: &'a Concepts,
    pub(crate) lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// The first word of `rest` that says something, if it does, and how many words were taken; `None` at the end.
    fn next(&self, rest: &[String], sentence: usize) -> Option<(Option<QueryWord>, usize)> {
        let first = rest.first()?;
        if let Some(word) = self.with_particle(rest, sentence) {
            return Some((Some(word), 1));
        }
        let found = self.concepts.find(self.family, rest, self.analysis).unwrap_or_default();
        if let Some(phrase) = self.phrase(rest, &found, sentence).filter(|_| found.words > 1) {
            return Some((Some(phrase), found.words));
        }
        let found = self.concepts.find(self.family, &rest[..1], self.analysis).unwrap_or_default();
        if self.analysis.is_stop(self.family, first) {
            return Some((None, 1));
        }
        let joined = rest.get(1).and_then(|second| self.joined(first, second, sentence));
        Some(joined.map_or_else(|| (self.defined(first, &found, sentence), 1), |word| (Some(word), 2)))
    }

    /// A verb with its particle, or a word for the same matter, where articles are about that; the verb alone says little.
    fn with_particle(&self, words: &[String], sentence: usize) -> Option<QueryWord> {
        let (first, unit) = (words.first()?, self.analysis.unit(self.family, words)?);
        let matter = self.lexicon.term(unit.matter)?;
        let text = unit.particle.map_or_else(|| first.clone(), |at| format!("{first} {}", words[at]));
        let mut variants = self.relatives(matter, 1.0);
        let verb = self.known(first).filter(|&verb| verb != matter && !self.analysis.is_stop(self.family, first));
        variants.extend(verb.into_iter().flat_map(|verb| self.relatives(verb, unit.own)));
        let weight = self.lexicon.weight(matter);
        Some(QueryWord { text, recognised: Recognised::Particle, weight, variants, sentence })
    }

    fn joined(&self, first: &str, second: &str, sentence: usize) -> Option<QueryWord> {
        if self.analysis.is_stop(self.family, second) || first.chars().count() < 2 {
            return None;
        }
        let text = format!("{first}{second}");
        let term = self.known(&text)?;
        let variants = self.relatives(term, 1.0);
        let weight = self.lexicon.weight(term);
        Some(QueryWord { text, recognised: Recognised::Joined, weight, variants, sentence })
    }

    /// A phrase of the glossary, where articles use a word for the same; its own words count as parts of it.
    fn phrase(&self, words: &[String], found: &Found<'_>, sentence: usize) -> Option<QueryWord> {
        let mut variants = self.meant(found, share::SAME_AS_UNKNOWN);
        let weight = variants.iter().map(|variant| self.lexicon.weight(variant.term)).reduce(f32::max)?;
        let own = words[..found.words].iter().filter(|word| !self.analysis.is_stop(self.family, word));
        let own: Vec<TermId> = own.filter_map(|word| self.known(word)).collect();
        let part = |term| Variant { term, share: share::MODIFIER, is_part: true };
        variants.extend(own.into_iter().map(part));
        let text = words[..found.words].join(" ");
        Some(QueryWord { text, recognised: Recognised::Glossary, weight, variants, sentence })
    }

    /// A word with the others that the glossary has for it.
    fn defined(&self, word: &str, found: &Found<'_>, sentence: usize) -> Option<QueryWord> {
        let read = self.word(word, sentence);
        if found.meanings.is_empty() {
            return read;
        }
        let is_known = read.as_ref().is_some_and(|read| read.recognised == Recognised::Known);
        let meant = self.meant(found, if is_known { share::SAME } else { share::SAME_AS_UNKNOWN });
        let Some(weight) = meant.iter().map(|variant| self.lexicon.weight(variant.term)).reduce(f32::max) else { return read };
        match read {
            Some(mut known) if is_known => {
                let new = meant.into_iter().filter(|one| known.variants.iter().all(|variant| variant.term != one.term));
                let new: Vec<Variant> = new.collect();
                known.variants.extend(new);
                Some(known)
            }
            read => {
                let mut variants = meant;
                variants.extend(read.into_iter().flat_map(|read| read.variants));
                Some(QueryWord { text: word.to_owned(), recognised: Recognised::Glossary, weight, variants, sentence })
            }
        }
    }

    /// The terms that the glossary has for a word, as far as articles use them.
    fn meant(&self, found: &Found<'_>, share: f32) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        for term in found.meanings.iter().filter_map(|meaning| self.lexicon.term(meaning)) {
            let relatives = self.relatives(term, share).into_iter();
            let new: Vec<Variant> = relatives.filter(|one| variants.iter().all(|known| known.term != one.term)).collect();
            variants.extend(new);
        }
        variants
    }

    fn known(&self, word: &str) -> Option<TermId> {
        self.lexicon.written(word).or_else(|| self.lexicon.term(&self.analysis.normal(self.family, word)))
    }

    fn word(&self, word: &str, sentence: usize) -> Option<QueryWord> {
        let made =
            |recognised, weight, variants| Some(QueryWord { text: word.to_owned(), recognised, weight, variants, sentence });
        if let Some(term) = self.known(word) {
            let mut variants = self.relatives(term, 1.0);
            let alike = self.alike(word);
            variants.extend(alike.into_iter().filter(|like| like.term != term));
            return made(Recognised::Known, self.lexicon.weight(term), variants);
        }
        if is_small_number(word) || word.chars().count() < 2 || self.analysis.is_stop_anywhere(word) {
            return None;
        }
        let translated = self.translated(word);
        if let Some(weight) = translated.iter().map(|&term| self.lexicon.weight(term)).reduce(f32::max) {
            let variants = translated.into_iter().flat_map(|term| self.relatives(term, share::TRANSLATED)).collect();
            return made(Recognised::Translated, weight, variants);
        }
        if let Some((modifier, head)) = self.lexicon.split(&self.analysis.normal(self.family, word)) {
            let weight = self.lexicon.weight(modifier).max(self.lexicon.weight(head));
            return made(Recognised::Split, weight, parts(modifier, head, 1.0));
        }
        if let Some(term) = self.lexicon.repair(word) {
            return made(Recognised::Repaired, self.lexicon.weight(term), self.relatives(term, share::REPAIRED));
        }
        let nearly = if self.family == Family::Norwegian { self.analysis.nearly_in_norwegian(word) } else { Vec::new() };
        let nearly: Vec<TermId> = nearly.iter().filter_map(|meaning| self.lexicon.term(meaning)).collect();
        if let Some(weight) = nearly.iter().map(|&term| self.lexicon.weight(term)).reduce(f32::max) {
            let variants = nearly.into_iter().flat_map(|term| self.relatives(term, share::NEARLY)).collect();
            return made(Recognised::Translated, weight, variants);
        }
        let alike = self.alike(word);
        let recognised = if alike.is_empty() { Recognised::Unknown } else { Recognised::Alike };
        made(recognised, self.lexicon.weight_of_unknown(), alike)
    }

    /// Words that look like this one.
    fn alike(&self, word: &str) -> Vec<Variant> {
        let alike = self.lexicon.likenesses(word).into_iter();
        alike.map(|like| Variant { term: like.term, share: like.share * share::ALIKE, is_part: false }).collect()
    }

    /// The terms that an English word means.
    fn translated(&self, word: &str) -> Vec<TermId> {
        let meanings = if self.family == Family::Norwegian { self.analysis.in_norwegian(word) } else { &[] };
        meanings.iter().filter_map(|meaning| self.lexicon.term(meaning)).collect()
    }

    /// The term itself, its parts and the compounds that it is part of.
    fn relatives(&self, term: TermId, share: f32) -> Vec<Variant> {
        let mut variants = vec![Variant { term, share, is_part: false }];
        if let Some((modifier, head)) = self.lexicon.parts_of(term) {
            variants.extend(parts(modifier, head, share));
        }
        for compound in self.lexicon.compounds_of(term).iter().take(MOST_COMPOUNDS) {
            let of_whole = if compound.is_head { share::IN_COMPOUND_AS_HEAD } else { share::IN_COMPOUND_AS_MODIFIER };
            variants.push(Variant { term: compound.whole, share: share * of_whole, is_part: false });
        }
        variants
    }
}

fn parts(modifier: TermId, head: TermId, share: f32) -> Vec<Variant> {
    let part = |term, of_whole: f32| Variant { term, share: share * of_whole, is_part: true };
    vec![part(modifier, share::MODIFIER), part(head, share::HEAD)]
}

fn is_small_number(word: &str) -> bool {
    word.len() < 3 && word.chars().all(|c| c.is_ascii_digit())
}
