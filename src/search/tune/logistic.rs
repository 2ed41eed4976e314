//! Confidence weights: logistic regression, held to small weights, by Newton's method.

/// How strongly weights of standardised signs are held to zero, against one attempt's say.
const PULL: f64 = 1.0;
/// The same for the base, only so that it stays finite where all attempts ended alike.
const BASE_PULL: f64 = 1e-3;
/// Newton's method needs about eight.
const STEPS: usize = 60;

/// A logistic model.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Logistic {
    pub(super) base: f64,
    pub(super) weights: Vec<f64>,
}

impl Logistic {
    /// Fits a model to what was seen and whether it came true; all rows have the same length.
    pub(super) fn fit(rows: &[(Vec<f64>, bool)]) -> Self {
        let width = rows.first().map_or(0, |(row, _)| row.len());
        let scales: Vec<(f64, f64)> = (0..width).map(|at| mean_and_spread(rows.iter().map(|(row, _)| row[at]))).collect();
        let standard = |row: &[f64]| -> Vec<f64> {
            let standard = row.iter().zip(&scales).map(|(value, (mean, spread))| (value - mean) / spread);
            std::iter::once(1.0).chain(standard).collect()
        };
        let rows: Vec<(Vec<f64>, f64)> =
            rows.iter().map(|(row, came_true)| (standard(row), f64::from(u8::from(*came_true)))).collect();
        let fitted = newton(&rows, width + 1);
        let weights: Vec<f64> = fitted.iter().skip(1).zip(&scales).map(|(weight, (_, spread))| weight / spread).collect();
        let shift: f64 = weights.iter().zip(&scales).map(|(weight, (mean, _))| weight * mean).sum();
        Self { base: fitted.first().copied().unwrap_or(0.0) - shift, weights }
    }

    /// The probability, 0 to 1.
    pub(super) fn probability(&self, row: &[f64]) -> f64 {
        logistic(self.base + dot(&self.weights, row))
    }
}

fn newton(rows: &[(Vec<f64>, f64)], width: usize) -> Vec<f64> {
    let mut weights = vec![0.0; width];
    let mut value = loss(rows, &weights);
    for _ in 0..STEPS {
        let (gradient, curvature) = slopes(rows, &weights);
        let step = solved(curvature, gradient);
        let next = (0..30).map(|halvings| 0.5_f64.powi(halvings)).find_map(|share| {
            let next: Vec<f64> = weights.iter().zip(&step).map(|(weight, by)| weight - share * by).collect();
            let next_value = loss(rows, &next);
            (next_value < value).then_some((next, next_value))
        });
        let Some((next, next_value)) = next else { break };
        let enough = value - next_value < 1e-10 * (1.0 + value);
        (weights, value) = (next, next_value);
        if enough {
            break;
        }
    }
    weights
}

fn loss(rows: &[(Vec<f64>, f64)], weights: &[f64]) -> f64 {
    let held: f64 = weights.iter().enumerate().map(|(at, weight)| pull(at) / 2.0 * weight * weight).sum();
    let one = |(row, came_true): &(Vec<f64>, f64)| {
        let sum = dot(weights, row);
        // ln(1 + e^sum), without overflow.
        sum.max(0.0) + (-sum.abs()).exp().ln_1p() - came_true * sum
    };
    held + rows.iter().map(one).sum::<f64>()
}

/// The gradient and the matrix of second derivatives.
fn slopes(rows: &[(Vec<f64>, f64)], weights: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = weights.len();
    let mut gradient: Vec<f64> = weights.iter().enumerate().map(|(at, weight)| pull(at) * weight).collect();
    let mut curvature = vec![vec![0.0; width]; width];
    curvature.iter_mut().enumerate().for_each(|(at, line)| line[at] = pull(at));
    for (row, came_true) in rows {
        let probability = logistic(dot(weights, row));
        let (off, spread) = (probability - came_true, probability * (1.0 - probability));
        for (one, line) in curvature.iter_mut().enumerate() {
            gradient[one] += off * row[one];
            line.iter_mut().zip(row).for_each(|(sum, other)| *sum += spread * row[one] * other);
        }
    }
    (gradient, curvature)
}

/// Solves a system of linear equations (Gauss, the greatest pivot first); what cannot be told apart gets 0.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let width = right.len();
    for column in 0..width {
        let greatest = (column..width).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()));
        let pivot = greatest.unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < 1e-12 {
            continue;
        }
        let (line, value) = (matrix[column].clone(), right[column]);
        for below in column + 1..width {
            let share = matrix[below][column] / line[column];
            matrix[below].iter_mut().zip(&line).for_each(|(entry, above)| *entry -= share * above);
            right[below] -= share * value;
        }
    }
    let mut solution = vec![0.0; width];
    for at in (0..width).rev() {
        if matrix[at][at].abs() >= 1e-12 {
            solution[at] = (right[at] - dot(&matrix[at][at + 1..], &solution[at + 1..])) / matrix[at][at];
        }
    }
    solution
}

const fn pull(at: usize) -> f64 {
    if at == 0 { BASE_PULL } else { PULL }
}

fn mean_and_spread(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (count, sum) = values.clone().fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    let mean = sum / f64::max(count, 1.0);
    let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / f64::max(count, 1.0);
    (mean, if variance > 1e-12 { variance.sqrt() } else { 1.0 })
}

fn logistic(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tune::tests::Lot;

    #[test]
    fn the_model_that_drew_the_lots_is_found_again() {
        let mut lot = Lot(7);
        let rows: Vec<(Vec<f64>, bool)> = (0..6_000)
            .map(|_| {
                let row = vec![lot.share() * 10.0, lot.share(), lot.share()];
                let came_true = lot.share() < logistic(-2.0 + 0.4 * row[0] - 3.0 * row[1]);
                (row, came_true)
            })
            .collect();
        let fitted = Logistic::fit(&rows);
        for (weight, expected) in fitted.weights.iter().zip([0.4, -3.0, 0.0]) {
            assert!((weight - expected).abs() < 0.3, "{fitted:?}");
        }
        assert!((fitted.base + 2.0).abs() < 0.25, "{fitted:?}");
        assert_eq!(fitted, Logistic::fit(&rows), "twice the same");
        let mean = rows.iter().map(|(row, _)| fitted.probability(row)).sum::<f64>() / 6_000.0;
        let share = f64::from(u32::try_from(rows.iter().filter(|(_, true_)| *true_).count()).unwrap()) / 6_000.0;
        assert!((mean - share).abs() < 1e-3, "on the whole it is as sure as it is right: {mean} {share}");
    }

    #[test]
    fn what_never_differs_and_what_always_comes_true_break_nothing() {
        let rows: Vec<(Vec<f64>, bool)> = (0..20).map(|at| (vec![f64::from(at), 3.0], true)).collect();
        let fitted = Logistic::fit(&rows);
        assert!(fitted.weights.iter().all(|weight| weight.is_finite()) && fitted.probability(&[3.0, 3.0]) > 0.95, "{fitted:?}");
        assert!(fitted.weights[1].abs() < 1e-9);
        assert!((Logistic::fit(&[]).probability(&[]) - 0.5).abs() < 1e-9);
    }
}
