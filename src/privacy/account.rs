//! Bank accounts: eleven digits under mod 11, alone or inside a Norwegian IBAN.

/// Weights of an account's check digit, its own weight last.
const WEIGHTS: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// `NO00` as the digits that the IBAN check moves to the end: N is 23, O is 24.
const COUNTRY: [u8; 4] = [2, 3, 2, 4];

/// True for eleven digits that could be a bank account.
pub(super) fn is_account(digits: &[u8]) -> bool {
    balances(digits) && !digits.starts_with(&[0; 4])
}

/// True for the thirteen digits that follow `NO` in a Norwegian IBAN.
pub(super) fn is_iban(digits: &[u8]) -> bool {
    let Some((check, account)) = digits.split_at_checked(2) else {
        return false;
    };
    let moved = account.iter().chain(&COUNTRY).chain(check);
    is_account(account) && moved.fold(0, |rest, digit| (rest * 10 + u32::from(*digit)) % 97) == 1
}

/// True if eleven digits, the check digit among them, leave no remainder.
pub(super) fn balances(digits: &[u8]) -> bool {
    digits.len() == WEIGHTS.len() && remainder(digits, &WEIGHTS) == 0
}

/// The weighted sum of the digits, modulo 11.
pub(super) fn remainder(digits: &[u8], weights: &[u32]) -> u32 {
    let products = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight);
    products.sum::<u32>() % 11
}
