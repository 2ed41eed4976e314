//! Fitting with cross-validation: every question is tried with weights that were fitted without its article.

use crate::domain::ids::Slug;

use super::cases::Case;
use super::logistic::Logistic;
use super::ranking::{self, List};
use super::{FOLDS, Progress};
use crate::search::confidence::Signs;
use crate::search::snapshot::Snapshot;
use crate::search::weights::Weights;
use crate::search::{CANDIDATES, calibration::Calibration};

/// How many models are fitted: two for each fold and two for all.
const MODELS: usize = 2 * (FOLDS + 1);

/// A question put to some weights.
pub(super) struct Attempt {
    case: usize,
    /// Whether the right articles were hidden.
    pub(super) hidden: bool,
    /// Whether it wants an article.
    pub(super) asks: bool,
    /// Whether the first article is right.
    pub(super) right: bool,
    /// The articles, best first.
    pub(super) found: Vec<Slug>,
    signs: Option<Signs>,
    confidence: f64,
}

/// What was fitted.
pub(super) struct Fitted {
    /// On all questions, without any calibration yet.
    pub(super) weights: Weights,
    /// Every question with ranking weights that were fitted without its article.
    pub(super) attempts: Vec<Attempt>,
    /// For each attempt, its confidence by a model that was fitted without its article.
    pub(super) confidences: Vec<f64>,
}

impl Attempt {
    /// The first article's confidence by the weights that it was put to; 0 where there is none.
    pub(super) const fn confidence(&self) -> f64 {
        self.confidence
    }
}

/// Puts every question to the weights for it, those that are `hidden` once more without their right articles.
pub(super) fn attempts<'s>(
    snapshot: &'s Snapshot,
    cases: &[Case<'s>],
    hidden: &[bool],
    weights: impl Fn(usize) -> Weights,
) -> Vec<Attempt> {
    let attempt = |case: usize, hidden: bool| {
        let of = &cases[case];
        let ranked = of.ranked(snapshot, &weights(case), hidden);
        let first = ranked.first();
        Attempt {
            case,
            hidden,
            asks: of.asks,
            right: first.is_some_and(|first| of.is_right(&first.profile.slug)),
            found: ranked.iter().take(CANDIDATES).map(|ranked| ranked.profile.slug.clone()).collect(),
            signs: first.map(|first| first.signs),
            confidence: first.map_or(0.0, |first| f64::from(first.confidence)),
        }
    };
    let as_asked = (0..cases.len()).map(|case| attempt(case, false));
    as_asked.chain((0..cases.len()).filter(|&case| hidden[case]).map(|case| attempt(case, true))).collect()
}

/// Fits ranking and confidence on all questions, and tries both by cross-validation.
pub(super) fn fitted<'s>(
    snapshot: &'s Snapshot,
    cases: &[Case<'s>],
    folds: &[usize],
    hidden: &[bool],
    progress: &mut dyn FnMut(Progress),
) -> Fitted {
    let mut done = 0;
    let mut told = || {
        done += 1;
        progress(Progress::Fitted(done, MODELS));
    };
    let mut ranking = |left_out: Option<usize>| {
        let lists = cases.iter().zip(folds).filter(|(_, fold)| Some(**fold) != left_out);
        let fitted = ranked_with(&lists.filter_map(|(case, _)| case.list.as_ref()).collect::<Vec<_>>());
        told();
        fitted
    };
    let by_fold: Vec<Weights> = (0..FOLDS).map(|fold| ranking(Some(fold))).collect();
    let weights = ranking(None);
    let attempts = attempts(snapshot, cases, hidden, |case| by_fold[folds[case]].clone());
    let mut confidence = |left_out: Option<usize>| {
        let fitted = confident(attempts.iter().filter(|attempt| Some(folds[attempt.case]) != left_out));
        told();
        fitted
    };
    let by_fold: Vec<Logistic> = (0..FOLDS).map(|fold| confidence(Some(fold))).collect();
    let model = confidence(None);
    let confidences = attempts
        .iter()
        .map(|attempt| attempt.signs.map_or(0.0, |signs| by_fold[folds[attempt.case]].probability(&wide(&signs))))
        .collect();
    let weights = Weights { confidence: narrow(&model.weights), base: single(model.base), ..weights };
    Fitted { weights, attempts, confidences }
}

/// The shipped weights with ranking fitted to these lists.
fn ranked_with(lists: &[&List]) -> Weights {
    let shipped = Weights::shipped();
    let ranking = narrow(&ranking::fit(lists, &wide(&shipped.ranking)));
    Weights { ranking, calibration: Calibration::default(), ..shipped }
}

/// A model of whether the first article is right, over questions that want one.
fn confident<'a>(attempts: impl Iterator<Item = &'a Attempt>) -> Logistic {
    let asking = attempts.filter(|attempt| attempt.asks);
    let rows: Vec<_> = asking.filter_map(|attempt| Some((wide(&attempt.signs?), attempt.right))).collect();
    Logistic::fit(&rows)
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|value| f64::from(*value)).collect()
}

fn narrow<const COUNT: usize>(values: &[f64]) -> [f32; COUNT] {
    std::array::from_fn(|at| values.get(at).copied().map_or(0.0, single))
}

#[expect(clippy::cast_possible_truncation, reason = "a weight needs no more than seven digits")]
const fn single(value: f64) -> f32 {
    value as f32
}
