//! Numbers made to pass the checks, so that no real one stands in the repository.

use crate::privacy::account::remainder;
use crate::testing::Chance;

/// How an identity number differs from the plainest one.
#[derive(Clone, Copy)]
pub(super) struct Identity {
    /// 0, or 40 for a D-number.
    pub day_series: usize,
    /// 0, or what the synthetic series add to the month.
    pub month_series: usize,
    /// What the first check digit leaves: 0, or 1 to 3 by the rule for 2032.
    pub first_remainder: u32,
}

/// A synthetic number of the Tenor series.
pub(super) const TENOR: Identity = Identity { day_series: 0, month_series: 80, first_remainder: 0 };

/// A synthetic fødselsnummer.
pub(super) fn fnr(seed: u64) -> String {
    identity(seed, TENOR)
}

/// A synthetic D-number.
pub(super) fn dnr(seed: u64) -> String {
    identity(seed, Identity { day_series: 40, ..TENOR })
}

/// A synthetic fødselsnummer that only the rule for 2032 accepts.
pub(super) fn relaxed_fnr(seed: u64) -> String {
    identity(seed, Identity { first_remainder: 1 + u32::from(seed.is_multiple_of(2)), ..TENOR })
}

/// An identity number of the given make.
pub(super) fn identity(seed: u64, make: Identity) -> String {
    let mut random = Chance::new(seed);
    let (day, month) = (1 + random.below(28), 1 + random.below(12));
    let (day, month) = (day + make.day_series, month + make.month_series);
    let date = format!("{day:02}{month:02}{:02}", random.below(100));
    with_check_digits(&date, &mut random, make.first_remainder)
}

/// An identity number of a date, valid but for the date where that is no date.
pub(super) fn of_date(date: &str, seed: u64) -> String {
    with_check_digits(date, &mut Chance::new(seed), 0)
}

/// A bank account.
pub(super) fn account(seed: u64) -> String {
    let mut random = Chance::new(seed);
    loop {
        // 6001 to 6099 is no date: the number cannot pass for an identity number.
        let mut digits = vec![6, 0];
        digits.extend(some_digits(&mut random, 8));
        let filled = complete(&mut digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 0);
        if filled && digits.get(2) != Some(&0) && digits.get(2..4) != Some(&[0, 0]) {
            return written(&digits);
        }
    }
}

/// A card number of some length that begins as given.
pub(super) fn card(prefix: &str, length: usize, seed: u64) -> String {
    let mut digits: Vec<u8> = prefix.bytes().map(|digit| digit - b'0').collect();
    let missing = length - 1 - digits.len();
    digits.extend(some_digits(&mut Chance::new(seed), missing));
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(*digit) * if place % 2 == 0 { 2 } else { 1 })
        .map(|product| product / 10 + product % 10)
        .sum();
    digits.extend(u8::try_from((10 - sum % 10) % 10));
    written(&digits)
}

/// The digits in groups of the given sizes, with something between them.
pub(super) fn grouped(digits: &str, sizes: &[usize], between: &str) -> String {
    let mut rest = digits;
    let groups = sizes.iter().map(|size| {
        let (group, tail) = rest.split_at(*size);
        rest = tail;
        group
    });
    groups.collect::<Vec<_>>().join(between)
}

fn with_check_digits(date: &str, random: &mut Chance, first_remainder: u32) -> String {
    loop {
        let mut digits: Vec<u8> = date.bytes().map(|digit| digit - b'0').collect();
        digits.extend(some_digits(random, 3));
        let first = complete(&mut digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2], first_remainder);
        if first && complete(&mut digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 0) {
            return written(&digits);
        }
    }
}

fn some_digits(random: &mut Chance, count: usize) -> Vec<u8> {
    (0..count).map(|_| u8::try_from(random.below(10)).unwrap_or_default()).collect()
}

/// Adds the check digit that leaves the remainder; false if there is none.
fn complete(digits: &mut Vec<u8>, weights: &[u32], rest: u32) -> bool {
    let check = (11 + rest - remainder(digits, weights)) % 11;
    digits.extend(u8::try_from(check).ok().filter(|check| *check < 10));
    check < 10
}

fn written(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}
