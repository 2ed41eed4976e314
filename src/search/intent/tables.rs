//! The tables of words and patterns, parsed.

use std::collections::HashMap;

use super::pattern::{Pattern, is_word};

/// Patterns of one kind, over all three languages.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    by_kind: HashMap<&'static str, Vec<Pattern>>,
}

impl Patterns {
    pub(crate) fn new() -> Self {
        let mut by_kind: HashMap<&'static str, Vec<Pattern>> = HashMap::new();
        for table in [include_str!("nb.txt"), include_str!("nn.txt"), include_str!("en.txt")] {
            for (kind, pattern) in entries(table) {
                by_kind.entry(kind).or_default().push(Pattern::new(pattern));
            }
        }
        Self { by_kind }
    }

    /// The first pattern of a kind that is in the message, and where it begins.
    pub(crate) fn find(&self, kind: &str, words: &[String]) -> Option<(&Pattern, usize)> {
        let patterns = self.by_kind.get(kind)?;
        patterns.iter().find_map(|pattern| pattern.find(words).map(|at| (pattern, at)))
    }
}

/// Words of several kinds; the same word may be of more than one.
#[derive(Debug)]
pub(crate) struct Words {
    whole: HashMap<&'static str, Vec<&'static str>>,
    beginnings: Vec<(&'static str, &'static str)>,
}

impl Words {
    pub(crate) fn new(table: &'static str) -> Self {
        let mut words = Self { whole: HashMap::new(), beginnings: Vec::new() };
        for (kind, listed) in entries(table) {
            for word in listed.split_whitespace() {
                if word.ends_with('~') {
                    words.beginnings.push((word, kind));
                } else {
                    words.whole.entry(word).or_default().push(kind);
                }
            }
        }
        words
    }

    /// Whether a word is of a kind.
    pub(crate) fn is(&self, kind: &str, word: &str) -> bool {
        let whole = self.whole.get(word).is_some_and(|kinds| kinds.contains(&kind));
        whole || self.beginnings.iter().any(|(beginning, of)| *of == kind && is_word(beginning, word))
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
