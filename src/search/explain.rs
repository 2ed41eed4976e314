//! Everything that led to an answer, as plain data.

use crate::domain::answer::{Candidate, Intent, Thresholds};

use super::analysis::Family;
use super::detect::Detected;
use super::query::Recognised;

/// Why a text is answered as it is.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The language it is taken for, and why.
    pub detected: Detected,
    /// What it wants.
    pub intent: Intent,
    /// Which rule found that; `None` for a plain question.
    pub intent_rule: Option<&'static str>,
    /// Its words after analysis, for the family that the first candidate belongs to.
    pub words: Vec<WordShown>,
    /// The candidates, best first, at most twenty.
    pub candidates: Vec<CandidateShown>,
    /// From which confidence on it is answered or offered.
    pub thresholds: Thresholds,
}

/// A word of the question that says something.
#[derive(Clone, Debug, PartialEq)]
pub struct WordShown {
    /// As it was written, in lower case.
    pub text: String,
    /// How it was recognised.
    pub recognised: Recognised,
    /// How much it tells articles apart.
    pub weight: f32,
    /// The normal forms that are looked for, each with what it counts (0 to 1).
    pub stands_for: Vec<(String, f32)>,
}

/// A candidate and what spoke for it.
#[derive(Clone, Debug)]
pub struct CandidateShown {
    /// The candidate.
    pub candidate: Candidate,
    /// In which analysis it was found.
    pub family: Family,
    /// The ranking score: the sum of the contributions of `features`.
    pub score: f32,
    /// What ranking rests on.
    pub features: Vec<Contribution>,
    /// What confidence rests on.
    pub signs: Vec<Contribution>,
}

/// A figure and what it contributes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// What is measured.
    pub name: &'static str,
    /// The figure.
    pub value: f32,
    /// The figure times its weight.
    pub contribution: f32,
}

/// Names, figures and weights, side by side.
pub(crate) fn contributions<'a>(
    names: impl Iterator<Item = &'static str> + 'a,
    values: &'a [f32],
    weights: &'a [f32],
) -> Vec<Contribution> {
    let figures = values.iter().zip(weights);
    names.zip(figures).map(|(name, (&value, weight))| Contribution { name, value, contribution: value * weight }).collect()
}
