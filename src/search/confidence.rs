//! How probable it is that a candidate is the right article.

use super::features::{Feature, Figures};
use super::query::Query;

/// One figure that confidence rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The ranking score.
    Score,
    /// The distance in score to the best other article; negative where that one is better.
    Gap,
    /// The logarithm of how many words say something: one word is little to go by.
    Length,
    /// The logarithm of how much the words that the article has say together, in words that only one article has.
    Evidence,
    /// Likeness with the title; only a question that is nearly the title has much of it.
    Titled,
}

impl Sign {
    /// All of them, in the order of the weights.
    pub(crate) const ALL: [Self; 5] = [Self::Score, Self::Gap, Self::Length, Self::Evidence, Self::Titled];

    /// A short name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Gap => "gap to the next",
            Self::Length => "length",
            Self::Evidence => "evidence",
            Self::Titled => "titled",
        }
    }
}

/// A candidate's signs, in the order of [`Sign::ALL`].
pub(crate) type Signs = [f32; Sign::ALL.len()];

/// The signs of a candidate, given the score of the best other one and what a word weighs that only one article has.
pub(crate) fn signs(query: &Query, figures: &Figures, score: f32, best_other: f32, rarest: f32) -> Signs {
    #[expect(clippy::cast_precision_loss, reason = "a message has far fewer than 2^23 words")]
    let words = query.words.len() as f32;
    let coverage = figures[Feature::Coverage as usize];
    let evidence = (coverage * query.weight / rarest).ln_1p();
    let titled = figures[Feature::Title as usize].powi(4);
    [score, score - best_other, words.ln_1p(), evidence, titled]
}
