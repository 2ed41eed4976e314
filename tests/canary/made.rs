//! Numbers made to pass the checks, so that no real one stands in the repository.

/// Weights of the check digits of identity numbers; the second ones are those of bank accounts too.
const FIRST: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// A synthetic fødselsnummer; the same seed gives the same one.
pub(super) fn fnr(seed: u32) -> String {
    identity(seed, 1)
}

/// A synthetic D-number.
pub(super) fn dnr(seed: u32) -> String {
    identity(seed, 41)
}

/// A bank account that can be no identity number.
pub(super) fn account(seed: u32) -> String {
    first_that(seed, |try_| with_check_digit(&format!("60{:02}{:06}", 21 + seed % 70, scattered(try_)), &SECOND))
}

/// A payment card's number.
pub(super) fn card(seed: u32) -> String {
    let digits = format!("4{:07}{:07}", scattered(seed), scattered(seed + 7));
    let doubled = digits.bytes().rev().zip([2, 1].into_iter().cycle()).map(|(digit, times)| u32::from(digit - b'0') * times);
    let sum: u32 = doubled.map(|product| product / 10 + product % 10).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
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

fn identity(seed: u32, first_day: u32) -> String {
    // What 80 adds to the month makes it one of the series that nobody has.
    let date = format!("{:02}{:02}{:02}", first_day + seed % 28, 81 + seed % 12, 10 + seed * 7 % 80);
    let with_both = |try_: u32| {
        let head = with_check_digit(&format!("{date}{:03}", scattered(try_) % 1_000), &FIRST)?;
        with_check_digit(&head, &SECOND)
    };
    first_that(seed, with_both)
}

fn first_that(seed: u32, make: impl Fn(u32) -> Option<String>) -> String {
    (seed * 31..).find_map(make).expect("one of eleven has no check digit, the others do")
}

/// The digits with the check digit that these weights ask for; `None` where there is none.
fn with_check_digit(digits: &str, weights: &[u32]) -> Option<String> {
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("{digits}{check}"))
}

/// A number below a million that looks random.
fn scattered(seed: u32) -> u32 {
    seed.wrapping_add(1).wrapping_mul(2_654_435_761) % 1_000_000
}
