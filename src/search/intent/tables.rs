//! The tables of words and patterns, parsed.

use std::collections::HashMap;

use super::pattern::{Pattern, Spelled, Vocabulary};

/// Patterns of one kind, over all three languages.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    by_kind: HashMap<&'static str, Vec<Pattern>>,
    vocabulary: Vocabulary,
}

impl Patterns {
    pub(crate) fn new() -> Self {
        let mut patterns = Self::default();
        for table in [include_str!("nb.txt"), include_str!("nn.txt"), include_str!("en.txt")] {
            for (kind, pattern) in entries(table) {
                let pattern = Pattern::new(pattern, &mut patterns.vocabulary);
                patterns.by_kind.entry(kind).or_default().push(pattern);
            }
        }
        patterns
    }

    /// A message as the patterns see it.
    pub(crate) fn read(&self, words: &[String]) -> Vec<Spelled> {
        self.vocabulary.read(words)
    }

    /// The first pattern of a kind that is in the message, and where it begins.
    pub(crate) fn find(&self, kind: &str, words: &[Spelled]) -> Option<(&Pattern, usize)> {
        let patterns = self.by_kind.get(kind)?;
        patterns.iter().find_map(|pattern| pattern.find(words).map(|at| (pattern, at)))
    }
}

/// Words of several kinds; the same word may be of more than one.
#[derive(Debug)]
pub(crate) struct Words {
    kinds: HashMap<&'static str, Vec<&'static str>>,
}

impl Words {
    pub(crate) fn new(table: &'static str) -> Self {
        let mut kinds: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for (kind, listed) in entries(table) {
            listed.split_whitespace().for_each(|word| kinds.entry(word).or_default().push(kind));
        }
        Self { kinds }
    }

    /// Whether a word is of a kind.
    pub(crate) fn is(&self, kind: &str, word: &str) -> bool {
        self.kinds.get(word).is_some_and(|kinds| kinds.contains(&kind))
    }

    /// Where the first word of a kind stands.
    pub(crate) fn first(&self, kind: &str, words: &[String]) -> Option<usize> {
        words.iter().position(|word| self.is(kind, word))
    }
}

/// The rows of a table: kind, colon, what is of that kind.
pub(crate) fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}
