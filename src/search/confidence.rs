//! How probable it is that a candidate is the right article.

use super::features::{Feature, Figures};
use super::query::Query;
use super::weights::{BASE, CONFIDENCE};

/// One figure that confidence rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// The ranking score.
    Score,
    /// The distance in score to the best other article; negative where that one is better.
    Gap,
    /// [`Feature::Coverage`].
    Coverage,
    /// The logarithm of how much the words that the article has say together: a common word alone is little to go by.
    Evidence,
    /// Likeness with title or an example question, whichever is the more alike.
    Likeness,
}

impl Sign {
    /// All of them, in the order of the weights.
    pub(crate) const ALL: [Self; 5] = [Self::Score, Self::Gap, Self::Coverage, Self::Evidence, Self::Likeness];

    /// A short name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Gap => "gap to the next",
            Self::Coverage => "coverage",
            Self::Evidence => "evidence",
            Self::Likeness => "likeness",
        }
    }
}

/// A candidate's signs, in the order of [`Sign::ALL`].
pub(crate) type Signs = [f32; Sign::ALL.len()];

/// The signs of a candidate, given the score of the best other one.
pub(crate) fn signs(query: &Query, figures: &Figures, score: f32, best_other: f32) -> Signs {
    let figure = |feature: Feature| figures[feature as usize];
    let coverage = figure(Feature::Coverage);
    let evidence = (coverage * query.weight).ln_1p();
    [score, score - best_other, coverage, evidence, figure(Feature::Title).max(figure(Feature::Example))]
}

/// The probability, 0 to 1, that a candidate with these signs is right.
pub(crate) fn probability(signs: &Signs) -> f32 {
    let sum: f32 = signs.iter().zip(CONFIDENCE).map(|(sign, weight)| sign * weight).sum();
    1.0 / (1.0 + (-(BASE + sum)).exp())
}
