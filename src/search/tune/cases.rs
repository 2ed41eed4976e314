//! What is measured once for every question, whatever it is weighed with later.

use crate::domain::answer::Intent;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

use super::folds::chance;
use super::ranking::List;
use super::{Example, Progress};
use crate::search::found::Measured;
use crate::search::snapshot::{Asked, Ranked, Snapshot};
use crate::search::weights::Weights;
use crate::search::{EXPLAINED, SearchIndex};

/// How many of all attempts should have no right article.
const WITHOUT_ANSWER: f64 = 0.25;

/// A question, read, and the articles that were measured against it.
pub(super) struct Case<'s> {
    asked: Asked,
    measured: Vec<Measured<'s>>,
    text: &'s str,
    right: &'s [Slug],
    /// Whether it wants an article, as far as can be told.
    pub(super) asks: bool,
    /// The first candidates as ranking learns from them; `None` where no right article is among them.
    pub(super) list: Option<List>,
}

/// Asks every question.
pub(super) fn cases<'s>(
    index: &SearchIndex,
    snapshot: &'s Snapshot,
    examples: &'s [Example],
    progress: &mut dyn FnMut(Progress),
) -> Vec<Case<'s>> {
    let mut cases = Vec::with_capacity(examples.len());
    for (number, example) in examples.iter().enumerate() {
        cases.push(case(index, snapshot, example));
        progress(Progress::Asked(number + 1));
    }
    cases
}

fn case<'s>(index: &SearchIndex, snapshot: &'s Snapshot, example: &'s Example) -> Case<'s> {
    let text = example.text.as_str();
    let asked = snapshot.ask(text);
    let measured = snapshot.measure(&asked, &Weights::shipped());
    let ranked = snapshot.judge(&asked, &measured, &Weights::shipped(), EXPLAINED);
    let first = ranked.first().and_then(|first| snapshot.candidate(first, &asked, Lang::default()));
    let asks = index.meant(text, first.as_ref()).intent == Intent::Question;
    let nearest: Vec<&Slug> = ranked.iter().map(|ranked| &ranked.profile.slug).collect();
    let list = List::of(measured.iter().filter(|one| nearest.contains(&&one.profile.slug)).map(|one| {
        let row = one.figures.iter().map(|figure| f64::from(*figure)).collect();
        (row, example.right.contains(&one.profile.slug))
    }));
    Case { asked, measured, text, right: &example.right, asks, list }
}

impl<'s> Case<'s> {
    /// What keeps it in one fold with others: the first right article, or itself where there is none.
    pub(super) fn group(&self) -> &str {
        self.right.first().map_or(self.text, Slug::as_str)
    }

    /// Whether this article answers it.
    pub(super) fn is_right(&self, slug: &Slug) -> bool {
        self.right.contains(slug)
    }

    /// The articles in the order of these weights, the right ones left out where they are `hidden`.
    pub(super) fn ranked(&self, snapshot: &'s Snapshot, weights: &Weights, hidden: bool) -> Vec<Ranked<'s>> {
        if !hidden {
            return snapshot.judge(&self.asked, &self.measured, weights, EXPLAINED);
        }
        let others: Vec<Measured<'s>> = self.measured.iter().filter(|one| !self.is_right(&one.profile.slug)).copied().collect();
        snapshot.judge(&self.asked, &others, weights, EXPLAINED)
    }
}

/// Which of the questions are asked once more with their right articles hidden: so large a share of the answerable ones, or as
/// many as are missing to a quarter without an answer. Which ones it is depends on their texts alone.
pub(super) fn hidden(cases: &[Case<'_>], share: Option<f64>) -> Vec<bool> {
    let mut eligible: Vec<usize> = (0..cases.len()).filter(|&at| cases[at].asks && !cases[at].right.is_empty()).collect();
    let unanswerable = cases.iter().filter(|case| case.asks && case.right.is_empty()).count();
    let count = wanted(eligible.len(), unanswerable, share);
    eligible.sort_by_key(|&at| (chance(cases[at].text), at));
    let mut hidden = vec![false; cases.len()];
    eligible.into_iter().take(count).for_each(|at| hidden[at] = true);
    hidden
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "these are counts of questions, far below 2^52, and never negative"
)]
fn wanted(answerable: usize, unanswerable: usize, share: Option<f64>) -> usize {
    let (answerable, unanswerable) = (answerable as f64, unanswerable as f64);
    // hidden + unanswerable is the wanted share of hidden + unanswerable + answerable.
    let missing = || WITHOUT_ANSWER / (1.0 - WITHOUT_ANSWER) * answerable - unanswerable;
    share.map_or_else(missing, |share| share * answerable).clamp(0.0, answerable).round() as usize
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn as_many_are_hidden_as_make_a_quarter_unanswerable() {
        let cases =
            [((90, 0, None), 30), ((90, 20, None), 10), ((90, 50, None), 0), ((90, 50, Some(0.5)), 45), ((0, 0, None), 0)];
        for ((answerable, unanswerable, share), expected) in cases {
            assert_eq!(wanted(answerable, unanswerable, share), expected, "{answerable} {unanswerable} {share:?}");
        }
    }
}
