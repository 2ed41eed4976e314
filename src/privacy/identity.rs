//! Fødselsnummer and D-number: a date, three digits of series, two check digits.

use super::{Kind, account};

/// Weights of the first check digit, its own weight last.
const FIRST_CHECK: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];

/// What is added to the day of a D-number.
const D_NUMBER: u32 = 40;

/// What is added to the month: nothing, NHN's test series, the register's older one, Tenor.
const MONTH_SERIES: [u32; 4] = [0, 40, 65, 80];

/// How well the check digits hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// Both check digits hold by the rule in force since 1964.
    Full,
    /// Only by the rule for 2032, where the first check digit may leave a remainder of 1, 2 or 3.
    Relaxed,
}

/// Tells which identity number eleven digits are, if any.
///
/// The century is not read from the series: from 2032 the series no longer tells it.
pub(super) fn identify(digits: &[u8]) -> Option<(Kind, Control)> {
    let &[d1, d2, m1, m2, y1, y2, ..] = digits else {
        return None;
    };
    let kind = date_kind(pair(d1, d2), pair(m1, m2), pair(y1, y2))?;
    if !account::balances(digits) {
        return None; // The second check digit has the weights of a bank account's.
    }
    match account::remainder(digits, &FIRST_CHECK) {
        0 => Some((kind, Control::Full)),
        1..=3 => Some((kind, Control::Relaxed)),
        _ => None,
    }
}

/// Turns `ddmmyyyy` and five digits into the usual eleven.
pub(super) fn with_short_year(digits: &[u8]) -> Option<Vec<u8>> {
    let (day_month, rest) = digits.split_at_checked(4)?;
    let ([1, 8 | 9, short @ ..] | [2, 0, short @ ..]) = rest else {
        return None;
    };
    Some([day_month, short].concat())
}

fn date_kind(day: u32, month: u32, year: u32) -> Option<Kind> {
    let (kind, day) = match day {
        1..=31 => (Kind::Fnr, day),
        41..=71 => (Kind::Dnr, day - D_NUMBER),
        _ => return None,
    };
    let month = MONTH_SERIES.iter().filter_map(|series| month.checked_sub(*series)).find(|month| (1..=12).contains(month))?;
    (day <= days_in(month, year)).then_some(kind)
}

fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) => 29, // 00 may be 2000, a leap year.
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn pair(tens: u8, units: u8) -> u32 {
    u32::from(tens) * 10 + u32::from(units)
}
