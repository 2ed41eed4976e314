//! How probable it is that a candidate is the right article.

use super::features::{Feature, Figures};
use super::query::{Query, Recognised};
use super::weights::{BASE, CONFIDENCE};

/// One figure that confidence rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The ranking score.
    Score,
    /// The distance in score to the best other article; negative where that one is better.
    Gap,
    /// [`Feature::Coverage`].
    Coverage,
    /// [`Feature::Example`].
    Example,
    /// [`Feature::Title`].
    Title,
    /// The share of the question's weight in words that nothing is known of.
    Unknown,
    /// The logarithm of how many words say something.
    Length,
    /// How well the article has the question's rarest word.
    Rarest,
}

impl Sign {
    /// All of them, in the order of the weights.
    pub const ALL: [Self; 8] =
        [Self::Score, Self::Gap, Self::Coverage, Self::Example, Self::Title, Self::Unknown, Self::Length, Self::Rarest];

    /// A short name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Gap => "gap to the next",
            Self::Coverage => "coverage",
            Self::Example => "example question",
            Self::Title => "title",
            Self::Unknown => "unknown words",
            Self::Length => "length",
            Self::Rarest => "rarest word",
        }
    }
}

/// A candidate's signs, in the order of [`Sign::ALL`].
pub(crate) type Signs = [f32; Sign::ALL.len()];

/// What confidence needs to know of a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub(crate) query: &'a Query,
    pub(crate) figures: &'a Figures,
    pub(crate) score: f32,
    /// The score of the best other candidate.
    pub(crate) best_other: f32,
    /// How well the article has the question's rarest word.
    pub(crate) rarest: f32,
}

/// The signs of a candidate.
pub(crate) fn signs(standing: &Standing<'_>) -> Signs {
    let Standing { query, figures, score, best_other, rarest } = *standing;
    let unknown = query.words.iter().filter(|word| word.recognised == Recognised::Unknown);
    #[expect(clippy::cast_precision_loss, reason = "a message has far fewer than 2^23 words")]
    let words = query.words.len() as f32;
    [
        score,
        score - best_other,
        figures[Feature::Coverage as usize],
        figures[Feature::Example as usize],
        figures[Feature::Title as usize],
        unknown.map(|word| word.weight).sum::<f32>() / query.weight,
        words.ln_1p(),
        rarest,
    ]
}

/// The probability, 0 to 1, that a candidate with these signs is right.
pub(crate) fn probability(signs: &Signs) -> f32 {
    let sum: f32 = signs.iter().zip(CONFIDENCE).map(|(sign, weight)| sign * weight).sum();
    1.0 / (1.0 + (-(BASE + sum)).exp())
}
