//! How far two words are apart in typing errors.

/// The rows of a Nordic keyboard, for slips to a neighbouring key.
const ROWS: [&str; 3] = ["qwertyuiopå", "asdfghjkløæ", "zxcvbnm"];

/// The number of insertions, deletions, substitutions and swaps of neighbours between two words; `None` above `most`.
pub(crate) fn typing_errors(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let width = other.len() + 1;
    let (mut before_last, mut row) = (vec![0; width], vec![0; width]);
    let mut last: Vec<usize> = (0..width).collect();
    for (i, &a) in one.iter().enumerate() {
        row[0] = i + 1;
        for (j, &b) in other.iter().enumerate() {
            let substituted = last[j] + usize::from(a != b);
            row[j + 1] = substituted.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && a == other[j - 1] && one[i - 1] == b;
            if swapped {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        if row.iter().min().is_some_and(|&least| least > most) {
            return None;
        }
        // The oldest row is written over next.
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last[width - 1]).filter(|&errors| errors <= most)
}

/// Whether the words differ in exactly one letter, and that one slipped to a neighbouring key.
pub(crate) fn is_key_slip(one: &[char], other: &[char]) -> bool {
    let mut differing = one.iter().zip(other).filter(|(a, b)| a != b);
    let slip = differing.next().is_some_and(|(&a, &b)| are_neighbours(a, b));
    one.len() == other.len() && slip && differing.next().is_none()
}

fn are_neighbours(a: char, b: char) -> bool {
    let (Some((row_a, at_a)), Some((row_b, at_b))) = (key(a), key(b)) else { return false };
    row_a.abs_diff(row_b) <= 1 && at_a.abs_diff(at_b) <= 1
}

fn key(c: char) -> Option<(usize, usize)> {
    let place = |(row, keys): (usize, &&str)| keys.chars().position(|key| key == c).map(|at| (row, at));
    ROWS.iter().enumerate().find_map(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(one: &str, other: &str) -> Option<usize> {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        typing_errors(&letters(one), &letters(other), 2)
    }

    #[test]
    fn a_swap_is_one_error() {
        for (one, other, errors) in [
            ("skriver", "skriver", Some(0)),
            ("skirver", "skriver", Some(1)),
            ("skrier", "skriver", Some(1)),
            ("skrriver", "skriver", Some(1)),
            ("skeivar", "skriver", Some(2)),
            ("kaffe", "skriver", None),
        ] {
            assert_eq!(between(one, other), errors, "{one} / {other}");
        }
    }

    #[test]
    fn a_slip_goes_to_a_neighbouring_key() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert!(is_key_slip(&letters("skanme"), &letters("skanne")));
        assert!(!is_key_slip(&letters("skanqe"), &letters("skanne")));
    }
}
