//! Words without their order.

use super::lexicon::{Lexicon, TermId};

/// Terms with how often each occurs.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    counts: Box<[(TermId, u16)]>,
    /// How many words there are.
    pub(crate) length: f32,
}

impl Bag {
    pub(crate) fn of(mut terms: Vec<TermId>) -> Self {
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
        Self { counts: counts.into_boxed_slice(), length }
    }

    /// The sum of its distinct terms' weights.
    pub(crate) fn weight(&self, lexicon: &Lexicon) -> f32 {
        self.terms().map(|term| lexicon.weight(term)).sum()
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
