//! What confidence is worth: from which threshold on which share of the given answers is right.

use crate::domain::answer::PerMille;

/// At how many given answers a share says something.
const TELLING: usize = 10;
/// How much more must be right for another step to be worth keeping, in thousandths.
const APART: u16 = 5;

/// Without any experience.
const NEVER: Step = Step { at: PerMille::new(1_000), right: PerMille::new(0), answered: PerMille::new(0) };

/// A threshold and what came of answering from it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The confidence.
    pub(crate) at: PerMille,
    /// The share of the given answers that was right.
    pub(crate) right: PerMille,
    /// The share of all questions that was answered.
    pub(crate) answered: PerMille,
}

/// Thresholds, rising, with the shares of right answers, rising too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Calibration(Vec<Step>);

/// Outcomes that are equally good as far as one can tell.
#[derive(Clone, Copy)]
struct Block {
    right: f64,
    count: f64,
}

impl Calibration {
    /// These steps; those that do not rise are left out.
    pub(crate) fn of_steps(mut steps: Vec<Step>) -> Self {
        steps.sort_by_key(|step| step.at);
        let mut rising: Vec<Step> = Vec::new();
        for step in steps {
            if rising.last().is_none_or(|last| step.at > last.at && step.right > last.right) {
                rising.push(step);
            }
        }
        Self(rising)
    }

    /// Learns it from first candidates' confidences and whether they were right.
    ///
    /// Confidence is smoothed to probabilities that rise with it (isotonic regression), so that the share among the answers
    /// above a threshold rises with the threshold, and a lucky or unlucky handful at the top decides nothing.
    pub(crate) fn learned(outcomes: &[(f64, bool)]) -> Self {
        let mut sorted: Vec<(PerMille, bool)> =
            outcomes.iter().map(|&(confidence, right)| (PerMille::from_share(confidence), right)).collect();
        sorted.sort_unstable_by_key(|(confidence, _)| std::cmp::Reverse(*confidence));
        let smooth = smoothed(sorted.iter().map(|(confidence, right)| (*confidence, *right)));
        let (mut right, mut steps) = (0.0, Vec::new());
        for (at, (confidence, _)) in sorted.iter().enumerate() {
            right += smooth[at];
            let given = at + 1;
            let last_of_equals = sorted.get(given).is_none_or(|(next, _)| next != confidence);
            if last_of_equals && (given >= TELLING.min(sorted.len())) {
                let (right, answered) = (share(right, given), share(count(given), sorted.len()));
                steps.push(Step { at: *confidence, right, answered });
            }
        }
        steps.reverse();
        Self::of_steps(thinned(steps))
    }

    /// The least threshold with at least this share of right answers; the highest one where none has it. Without any
    /// experience nothing is answered.
    pub(crate) fn least_for(&self, wanted: PerMille) -> Step {
        self.0.iter().find(|step| step.right >= wanted).or_else(|| self.0.last()).copied().unwrap_or(NEVER)
    }

    /// What comes of answering from this confidence on, as far as it was tried: at least so many right, at most so many answered.
    pub(crate) fn from(&self, at: PerMille) -> Step {
        let tried = self.0.iter().rfind(|step| step.at <= at).or_else(|| self.0.first()).copied();
        Step { at, ..tried.unwrap_or(NEVER) }
    }

    /// The steps, thresholds rising.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }
}

/// For every outcome, most confident first, the probability of its being right: as it was observed, but never rising down the
/// list, and the same for equal confidence (pooling adjacent violators).
fn smoothed(outcomes: impl Iterator<Item = (PerMille, bool)>) -> Vec<f64> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut before = None;
    for (confidence, right) in outcomes {
        let one = Block { right: f64::from(u8::from(right)), count: 1.0 };
        match blocks.last_mut() {
            Some(last) if before == Some(confidence) => last.add(one),
            _ => {
                pool(&mut blocks);
                blocks.push(one);
            }
        }
        before = Some(confidence);
    }
    pool(&mut blocks);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it counts outcomes")]
    blocks.iter().flat_map(|block| std::iter::repeat_n(block.right / block.count, block.count as usize)).collect()
}

/// Joins the last block with those before it as long as it has a greater share.
fn pool(blocks: &mut Vec<Block>) {
    while let [.., above, last] = blocks.as_mut_slice() {
        if last.right * above.count <= above.right * last.count {
            return;
        }
        let last = *last;
        above.add(last);
        blocks.pop();
    }
}

impl Block {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.count += other.count;
    }
}

/// Of steps that hardly differ, the one with the least threshold.
fn thinned(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::new();
    for step in steps {
        if kept.last().is_none_or(|last| step.right.get() >= last.right.get() + APART) {
            kept.push(step);
        }
    }
    kept
}

/// Rounded down: a share is not said to be reached that is not.
fn share(part: f64, whole: usize) -> PerMille {
    PerMille::from_share(((part / count(whole)) * 1_000.0 + 1e-6).floor() / 1_000.0)
}

/// A count as a number to divide; there are fewer than four thousand million questions.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(of: &Calibration) -> Vec<(u16, u16, u16)> {
        of.steps().iter().map(|step| (step.at.get(), step.right.get(), step.answered.get())).collect()
    }

    #[test]
    fn the_share_of_right_answers_is_what_was_observed_above_the_threshold() {
        let mut outcomes = vec![(0.9, true); 40];
        outcomes.extend(vec![(0.6, true); 30]);
        outcomes.extend(vec![(0.6, false); 10]);
        outcomes.extend(vec![(0.1, false); 20]);
        let learned = Calibration::learned(&outcomes);
        assert_eq!(steps(&learned), [(100, 700, 1000), (600, 875, 800), (900, 1000, 400)]);
        for (wanted, at, reached) in [(500, 100, true), (800, 600, true), (950, 900, true), (875, 600, true)] {
            let step = learned.least_for(PerMille::new(wanted));
            assert_eq!((step.at.get(), step.right.get() >= wanted), (at, reached), "{wanted}");
        }
    }

    #[test]
    fn shares_rise_with_the_threshold_though_the_observed_ones_do_not() {
        let mut outcomes = vec![(0.99, false), (0.98, true)];
        outcomes.extend((0..60).map(|at| (0.5 + f64::from(at) / 200.0, at % 10 != 0)));
        outcomes.extend((0..30).map(|at| (0.1 + f64::from(at) / 200.0, at % 2 == 0)));
        let learned = Calibration::learned(&outcomes);
        assert!(learned.steps().len() > 1);
        assert!(learned.steps().windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].right < pair[1].right));
        let (wanted, best) = (PerMille::new(999), learned.steps().last().copied().unwrap());
        assert_eq!(learned.least_for(wanted), best, "the highest with data where the wanted share is out of reach");
        assert!(best.right < wanted);
    }

    #[test]
    fn a_handful_at_the_top_is_no_experience() {
        let mut outcomes = vec![(0.99, true); 3];
        outcomes.extend((0..20).map(|at| (0.5, at % 2 == 0)));
        assert_eq!(steps(&Calibration::learned(&outcomes)), [(500, 565, 1000)]);
        assert_eq!(Calibration::learned(&[]).least_for(PerMille::new(500)).at, PerMille::new(1000), "nothing is answered");
    }
}
