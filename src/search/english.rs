//! The normal form of English words.

use std::collections::HashSet;

use super::stem::Stem;

/// English words to their stem.
#[derive(Debug)]
pub(crate) struct English {
    stop: HashSet<&'static str>,
    stem: Stem,
}

impl English {
    pub(crate) fn new() -> Self {
        Self { stop: include_str!("words/stop.en.txt").split_whitespace().collect(), stem: Stem::english() }
    }

    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// The normal form of a word in lower case.
    pub(crate) fn normal(&self, word: &str) -> String {
        self.stem.of(word)
    }
}
