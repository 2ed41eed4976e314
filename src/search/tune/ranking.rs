//! Ranking weights: a softmax over the candidates of every question, whose weights are never negative.

/// How strongly weights are held to those they start from, against one question's say.
const PULL: f64 = 0.5;
/// Steps at most; far fewer are needed.
const STEPS: usize = 500;
/// A step that moves less than this is the last one.
const STILL: f64 = 1e-6;

/// The candidates of one question: what was measured, and which are right.
#[derive(Clone, Debug)]
pub(super) struct List {
    rows: Vec<(Vec<f64>, bool)>,
}

impl List {
    /// A list to learn from; `None` where all candidates are right or none is.
    pub(super) fn of(rows: impl Iterator<Item = (Vec<f64>, bool)>) -> Option<Self> {
        let rows: Vec<_> = rows.collect();
        let right = rows.iter().filter(|(_, right)| *right).count();
        (right > 0 && right < rows.len()).then_some(Self { rows })
    }

    /// Adds what the softmax has against these weights (the negative log-likelihood of a right candidate being chosen), and
    /// the direction in which it grows.
    fn add_loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let scores: Vec<f64> = self.rows.iter().map(|(row, _)| dot(row, weights)).collect();
        let all = log_sum(scores.iter().copied());
        let right = log_sum(scores.iter().zip(&self.rows).filter(|(_, (_, right))| *right).map(|(score, _)| *score));
        for (score, (row, is_right)) in scores.iter().zip(&self.rows) {
            let share = (score - all).exp() - if *is_right { (score - right).exp() } else { 0.0 };
            gradient.iter_mut().zip(row).for_each(|(sum, figure)| *sum += share * figure);
        }
        all - right
    }
}

/// Fits weights to the lists. They are held to `start`, brought to the scale of the softmax, so that few questions move them
/// little; in the end they have the sum that `start` has, so that scores mean what they meant.
pub(super) fn fit(lists: &[&List], start: &[f64]) -> Vec<f64> {
    let held_to = scaled(start, temperature(lists, start));
    let loss = |weights: &[f64]| {
        let mut gradient: Vec<f64> = weights.iter().zip(&held_to).map(|(weight, held)| PULL * (weight - held)).collect();
        let apart: f64 = weights.iter().zip(&held_to).map(|(weight, held)| (weight - held).powi(2)).sum();
        let sum: f64 = lists.iter().map(|list| list.add_loss(weights, &mut gradient)).sum();
        (sum + PULL / 2.0 * apart, gradient)
    };
    let fitted = least(held_to.clone(), loss);
    let (before, after): (f64, f64) = (start.iter().sum(), fitted.iter().sum());
    if after > 0.0 { scaled(&fitted, before / after) } else { start.to_vec() }
}

/// The non-negative point where `loss` is least: projected gradient steps, each as long as the last two points suggest
/// (Barzilai and Borwein) and halved until the loss falls.
fn least(mut point: Vec<f64>, loss: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let (mut value, mut gradient) = loss(&point);
    let mut length = 1.0 / (1.0 + gradient.iter().map(|slope| slope.abs()).fold(0.0, f64::max));
    for _ in 0..STEPS {
        let Some((next, next_value, next_gradient)) = step(&point, value, &gradient, length, &loss) else { break };
        let moved: Vec<f64> = next.iter().zip(&point).map(|(new, old)| new - old).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        let bend = dot(&moved, &turned);
        length = if bend > 0.0 { (dot(&moved, &moved) / bend).clamp(1e-9, 1e6) } else { length * 2.0 };
        (point, value, gradient) = (next, next_value, next_gradient);
        if moved.iter().all(|by| by.abs() < STILL) {
            break;
        }
    }
    point
}

type Stepped = (Vec<f64>, f64, Vec<f64>);

/// The next point, with loss and gradient there; `None` where no step helps.
fn step(
    point: &[f64],
    value: f64,
    gradient: &[f64],
    mut length: f64,
    loss: impl Fn(&[f64]) -> (f64, Vec<f64>),
) -> Option<Stepped> {
    for _ in 0..40 {
        let next: Vec<f64> = point.iter().zip(gradient).map(|(at, slope)| (at - length * slope).max(0.0)).collect();
        let (next_value, next_gradient) = loss(&next);
        let expected: f64 = next.iter().zip(point).zip(gradient).map(|((new, old), slope)| (new - old) * slope).sum();
        if expected < 0.0 && next_value <= value + 1e-4 * expected {
            return Some((next, next_value, next_gradient));
        }
        length /= 2.0;
    }
    None
}

/// By what the weights must be multiplied for the softmax to be as sure as it is right (golden section over its logarithm).
fn temperature(lists: &[&List], weights: &[f64]) -> f64 {
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let loss = |log: f64| {
        let (scaled, mut unused) = (scaled(weights, log.exp()), vec![0.0; weights.len()]);
        lists.iter().map(|list| list.add_loss(&scaled, &mut unused)).sum::<f64>()
    };
    let (mut low, mut high) = (-3.0, 2.0);
    for _ in 0..25 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if loss(left) < loss(right) { high = right } else { low = left }
    }
    f64::midpoint(low, high).exp()
}

fn scaled(weights: &[f64], by: f64) -> Vec<f64> {
    weights.iter().map(|weight| weight * by).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The logarithm of a sum of exponentials.
fn log_sum(scores: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = scores.clone().fold(f64::NEG_INFINITY, f64::max);
    most + scores.map(|score| (score - most).exp()).sum::<f64>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tune::tests::Lot;

    /// Lists of ten candidates, of which one was chosen as these weights would.
    fn lists(count: usize, weights: &[f64], lot: &mut Lot) -> Vec<List> {
        let list = |_| {
            let rows: Vec<Vec<f64>> = (0..10).map(|_| weights.iter().map(|_| lot.share()).collect()).collect();
            let all = log_sum(rows.iter().map(|row| dot(row, weights)));
            let (mut left, mut chosen) = (lot.share(), 9);
            for (at, row) in rows.iter().enumerate() {
                left -= (dot(row, weights) - all).exp();
                if left <= 0.0 {
                    chosen = at;
                    break;
                }
            }
            List::of(rows.into_iter().enumerate().map(|(at, row)| (row, at == chosen)))
        };
        (0..count).filter_map(list).collect()
    }

    #[test]
    fn the_weights_that_chose_are_found_again() {
        let lists = lists(1_500, &[6.0, 2.0, 0.0, 4.0], &mut Lot(1));
        let fitted = fit(&lists.iter().collect::<Vec<_>>(), &[3.0, 3.0, 3.0, 3.0]);
        for (weight, expected) in fitted.iter().zip([6.0, 2.0, 0.0, 4.0]) {
            assert!((weight - expected).abs() < 0.5, "{fitted:?}");
        }
        assert!((fitted.iter().sum::<f64>() - 12.0).abs() < 1e-9, "scores keep their scale: {fitted:?}");
    }

    #[test]
    fn what_speaks_against_an_article_gets_no_weight() {
        let lists = lists(800, &[5.0, -3.0], &mut Lot(2));
        let fitted = fit(&lists.iter().collect::<Vec<_>>(), &[1.0, 1.0]);
        assert_eq!(fitted, [2.0, 0.0]);
    }

    #[test]
    fn few_questions_move_the_weights_little_and_none_not_at_all() {
        let start = [1.0, 2.0, 3.0];
        assert_eq!(fit(&[], &start), start);
        let few = lists(5, &[4.0, 0.0, 0.0], &mut Lot(3));
        let many = lists(500, &[4.0, 0.0, 0.0], &mut Lot(3));
        let first = |lists: &[List]| fit(&lists.iter().collect::<Vec<_>>(), &start)[0];
        assert!(first(&few) < first(&many) && first(&many) > 4.5, "{} {}", first(&few), first(&many));
    }

    #[test]
    fn there_is_nothing_to_learn_where_all_or_none_are_right() {
        let list = |right: [bool; 2]| List::of(right.into_iter().map(|right| (vec![1.0], right)));
        assert!(list([true, true]).is_none() && list([false, false]).is_none() && list([true, false]).is_some());
    }
}
