//! Payment cards: Luhn's check, an issuer that exists, a length that the issuer uses.

/// True if the digits can be a payment card; `named` when the words around them say so.
///
/// Without such words only the everyday lengths count, and a valid EAN-13 is taken for goods.
pub(super) fn is_card(digits: &[u8], named: bool) -> bool {
    let issued = issuer_length(digits, named);
    issued && passes_luhn(digits) && (named || !is_ean(digits))
}

fn issuer_length(digits: &[u8], named: bool) -> bool {
    let length = digits.len();
    match prefix(digits) {
        // Visa
        4000..=4999 => matches!(length, 13 | 16 | 19),
        // Mastercard, Mir, JCB, BankAxept
        5100..=5599 | 2221..=2720 | 2200..=2204 | 3528..=3589 | 9578 => length == 16,
        // American Express
        3400..=3499 | 3700..=3799 => length == 15,
        // Diners
        3000..=3059 | 3095 | 3600..=3699 | 3800..=3999 => matches!(length, 14 | 16),
        // UnionPay
        6200..=6299 => (16..=19).contains(&length),
        // Maestro, Discover
        5000..=5099 | 5600..=5899 | 6000..=6999 => named || matches!(length, 16 | 19),
        _ => false,
    }
}

fn prefix(digits: &[u8]) -> u32 {
    digits.iter().take(4).fold(0, |number, digit| number * 10 + u32::from(*digit))
}

fn passes_luhn(digits: &[u8]) -> bool {
    let doubled = digits.iter().rev().enumerate().map(|(place, digit)| match (place % 2, *digit) {
        (0, digit) => u32::from(digit),
        (_, digit @ 0..=4) => u32::from(digit) * 2,
        (_, digit) => u32::from(digit) * 2 - 9,
    });
    doubled.sum::<u32>() % 10 == 0
}

fn is_ean(digits: &[u8]) -> bool {
    let weighted = digits.iter().zip([1, 3].into_iter().cycle());
    let products = weighted.map(|(digit, weight)| u32::from(*digit) * weight);
    digits.len() == 13 && products.sum::<u32>() % 10 == 0
}
