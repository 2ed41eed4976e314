//! Fitting weights to a knowledge base: questions whose right articles are known are asked, and two small models are fitted.
//!
//! `cases` asks and keeps what was measured, `folds` says who is tried on whom, `ranking` and `logistic` are the two models,
//! `trials` puts them together. Nothing here depends on chance or time: the same questions give the same weights.

mod cases;
mod folds;
mod logistic;
mod ranking;
#[cfg(test)]
mod tests;
mod trials;

use crate::domain::answer::PerMille;
use crate::domain::article::Day;
use crate::domain::ids::Slug;
use crate::domain::message::Redacted;

use super::calibration::Calibration;
use super::weights::{Chosen, Compared, Made, Weights};
use super::{SearchIndex, calibration};
use cases::{Case, cases};
use trials::Attempt;

/// How many questions are needed whose right article is found at all.
pub const FEWEST: usize = 10;

/// In how many parts the questions are divided for cross-validation.
pub(crate) const FOLDS: usize = 5;

/// A question whose right articles are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The question.
    pub text: Redacted,
    /// The names of the articles that answer it; none where none does.
    pub right: Vec<Slug>,
}

/// What tuning tells while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many questions were asked.
    Asked(usize),
    /// So many of so many models were fitted.
    Fitted(usize, usize),
}

/// What came of a question in a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The articles found, best first, at most ten.
    pub found: Vec<Slug>,
    /// The first one's confidence; 0 where what it wants goes its own way, so that no article is given.
    pub confidence: f64,
}

/// Trials of every question with some weights, in the order of the questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What came of the questions.
    pub trials: Vec<Trial>,
    calibration: Calibration,
}

/// Fitted weights, and what they are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuned {
    /// Fitted on all questions.
    pub weights: Weights,
    /// The questions with the shipped weights.
    pub shipped: Tried,
    /// The questions with weights fitted on others: cross-validated.
    pub tuned: Tried,
    /// How many questions were asked once more with their right articles hidden.
    pub hidden: usize,
}

/// Why nothing can be fitted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TuneError {
    /// There is too little to learn from.
    #[error("only {usable} of the questions find a right article; {FEWEST} are needed, about {FOLDS} different articles")]
    TooFew {
        /// The questions that can be learned from.
        usable: usize,
    },
}

impl Tried {
    /// The threshold that these trials suggest for a wanted share of right answers.
    #[must_use]
    pub fn chosen(&self, wanted: PerMille) -> Chosen {
        Weights { calibration: self.calibration.clone(), ..Weights::shipped() }.thresholds(wanted)
    }
}

impl Weights {
    /// The same weights with what they were fitted on, which the file tells.
    #[must_use]
    pub fn made_on(mut self, on: Day, examples: &[Example], figures: Vec<Compared>) -> Self {
        let answerable = examples.iter().filter(|example| !example.right.is_empty()).count();
        self.made = Some(Made { on, questions: examples.len(), answerable, figures });
        self
    }
}

impl SearchIndex {
    /// Fits weights to questions whose right articles are known.
    ///
    /// Ranking: a softmax over the first candidates. Confidence: a logistic model of whether the first candidate is right, over
    /// questions that want an article, with candidates that were ranked by weights fitted on other articles' questions.
    /// `hidden` is the share of the answerable questions that are asked once more with their right articles hidden, since the
    /// bot must know when it has no answer; where it is `None`, as many as make a quarter of all unanswerable.
    ///
    /// # Errors
    /// [`TuneError::TooFew`] where there is too little to learn from.
    pub fn tune(
        &self,
        examples: &[Example],
        hidden: Option<f64>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Tuned, TuneError> {
        let snapshot = self.snapshot();
        let cases = cases(self, &snapshot, examples, progress);
        let usable = cases.iter().filter(|case| case.list.is_some()).count();
        let folds = folds::folds(&cases.iter().map(Case::group).collect::<Vec<_>>(), FOLDS);
        if usable < FEWEST || folds.iter().max().is_none_or(|last| last + 1 < FOLDS) {
            return Err(TuneError::TooFew { usable });
        }
        let hidden = cases::hidden(&cases, hidden);
        let fitted = trials::fitted(&snapshot, &cases, &folds, &hidden, progress);
        let shipped = trials::attempts(&snapshot, &cases, &hidden, |_| Weights::shipped());
        let calibration = calibration_of(&fitted.attempts, &fitted.confidences);
        let before: Vec<f64> = shipped.iter().map(Attempt::confidence).collect();
        Ok(Tuned {
            weights: Weights { calibration: calibration.clone(), ..fitted.weights },
            shipped: Tried { trials: told(&shipped, &before), calibration: calibration_of(&shipped, &before) },
            tuned: Tried { trials: told(&fitted.attempts, &fitted.confidences), calibration },
            hidden: hidden.iter().filter(|hidden| **hidden).count(),
        })
    }
}

fn calibration_of(attempts: &[Attempt], confidences: &[f64]) -> Calibration {
    let asking = attempts.iter().zip(confidences).filter(|(attempt, _)| attempt.asks);
    let outcomes: Vec<(f64, bool)> = asking.map(|(attempt, confidence)| (*confidence, attempt.right)).collect();
    calibration::Calibration::learned(&outcomes)
}

/// The trials of the questions as they are, without those where articles were hidden.
fn told(attempts: &[Attempt], confidences: &[f64]) -> Vec<Trial> {
    let as_asked = attempts.iter().zip(confidences).filter(|(attempt, _)| !attempt.hidden);
    let trial = |(attempt, confidence): (&Attempt, &f64)| Trial {
        found: attempt.found.clone(),
        confidence: if attempt.asks { *confidence } else { 0.0 },
    };
    as_asked.map(trial).collect()
}
