//! The editors' glossary as the search needs it: from any of a concept's words to the others, as normal forms.

use std::collections::HashMap;

use crate::domain::glossary::{Concept, Glossary};

use super::analysis::{Analysis, Family};
use super::text::words;

/// The longest phrase that is looked for, in words.
const LONGEST: usize = 4;

/// Which words and phrases stand for the same thing.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    /// The first word's normal form in a family, then the whole phrases that begin with it, the longest first.
    phrases: HashMap<(Family, String), Vec<Phrase>>,
    /// The normal forms of a concept's single words, by family.
    meanings: Vec<[Vec<String>; Family::ALL.len()]>,
}

#[derive(Debug)]
struct Phrase {
    /// The normal forms after the first one.
    rest: Vec<String>,
    concept: usize,
}

/// A word or phrase of the question that the glossary has.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    /// How many words it takes.
    pub(crate) words: usize,
    /// The normal forms of words that mean the same; the phrase's own may be among them.
    pub(crate) meanings: Vec<&'a str>,
}

impl Concepts {
    pub(crate) fn new(glossary: &Glossary, analysis: &Analysis) -> Self {
        let mut concepts = Self::default();
        for concept in &glossary.concepts {
            let number = concepts.meanings.len();
            concepts.meanings.push(Family::ALL.map(|family| single_words(concept, family, analysis)));
            for family in Family::ALL {
                for word in concept.words() {
                    concepts.add(number, family, word, analysis);
                }
            }
        }
        for phrases in concepts.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        concepts
    }

    fn add(&mut self, concept: usize, family: Family, word: &str, analysis: &Analysis) {
        let normals: Vec<String> = words(word).iter().map(|word| analysis.normal(family, word)).collect();
        let says_nothing = words(word).iter().all(|word| analysis.is_stop_anywhere(word));
        let [first, rest @ ..] = normals.as_slice() else { return };
        if says_nothing || normals.len() > LONGEST {
            return;
        }
        let phrases = self.phrases.entry((family, first.clone())).or_default();
        if !phrases.iter().any(|known| known.concept == concept && known.rest == rest) {
            phrases.push(Phrase { rest: rest.to_vec(), concept });
        }
    }

    /// The longest phrase that `words` begin with, and what means the same in articles of a family.
    pub(crate) fn find(&self, family: Family, words: &[String], analysis: &Analysis) -> Option<Found<'_>> {
        let words = &words[..words.len().min(LONGEST)];
        let (first, after) = words.split_first()?;
        let phrases = self.phrases.get(&(family, analysis.normal(family, first)))?;
        let after: Vec<String> = after.iter().map(|word| analysis.normal(family, word)).collect();
        let length = phrases.iter().find(|phrase| after.starts_with(&phrase.rest))?.rest.len();
        let same = phrases.iter().filter(|phrase| phrase.rest.len() == length && after.starts_with(&phrase.rest));
        let meanings = same.flat_map(|phrase| &self.meanings[phrase.concept][family as usize]).map(String::as_str);
        Some(Found { words: length + 1, meanings: meanings.collect() })
    }
}

/// The normal forms of a concept's words that are one word, or stand for one: those of the family's languages, and those of none.
fn single_words(concept: &Concept, family: Family, analysis: &Analysis) -> Vec<String> {
    let none = Vec::new();
    let own = match family {
        Family::Norwegian => [&concept.nb, &concept.nn],
        Family::English => [&concept.en, &none],
    };
    let mut found = Vec::new();
    for phrase in own.into_iter().chain([&concept.also]).flatten() {
        let written = words(phrase);
        let unit = analysis.unit(family, &written).map(|unit| unit.matter.to_owned());
        let mut telling = written.iter().filter(|word| !analysis.is_stop(family, word));
        let single = match (telling.next(), telling.next()) {
            (Some(only), None) => Some(analysis.normal(family, only)),
            _ => None,
        };
        found.extend(unit.or(single).filter(|normal| !found.contains(normal)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(nb: &[&str], en: &[&str], also: &[&str]) -> Concept {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Concept { nb: list(nb), nn: Vec::new(), en: list(en), also: list(also) }
    }

    #[test]
    fn a_word_or_phrase_leads_to_the_others() {
        let analysis = Analysis::new();
        let glossary = Glossary {
            concepts: vec![
                concept(&["kaffemaskin"], &["coffee machine", "espresso maker"], &["kaffen"]),
                concept(&["maskin"], &["machine"], &[]),
            ],
        };
        let concepts = Concepts::new(&glossary, &analysis);
        let find = |family, text: &str| {
            let found = concepts.find(family, &words(text), &analysis).unwrap_or_default();
            (found.words, found.meanings.join(" "))
        };
        assert_eq!(find(Family::Norwegian, "coffee machine is broken").0, 2);
        assert!(find(Family::Norwegian, "coffee machines are broken").1.contains("kaffemaskin"));
        assert_eq!(find(Family::Norwegian, "machine"), (1, "maskin".to_owned()));
        assert_eq!(find(Family::English, "kaffen").0, 1);
        assert_eq!(find(Family::Norwegian, "coffee break").0, 0);
    }
}
