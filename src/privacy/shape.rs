//! What a piece of text looks like: a password, a word, a date, a reference to something else.

use super::lexicon::{PRODUCTS, UNITS};
use super::words::lower;

/// Marks inside a word that make it look like a password.
const SYMBOLS: &str = "!?@#$%&*+=~^|<>{}\\€£§¤";

/// The fewest letters, and characters in all, of what is taken for a password by its looks alone.
const STRONG_LETTERS: usize = 3;
const STRONG_LENGTH: usize = 5;

/// The fewest different symbols of a password that has nothing else.
const SYMBOL_KINDS: usize = 4;

/// The most digits of a measure: "365-dagers".
const MEASURE_DIGITS: usize = 3;

/// What a piece of text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters and digits or symbols, long enough to be a password by its looks.
    Strong,
    /// Letters with a digit, a symbol or a capital inside.
    Mixed,
    /// So many digits.
    Digits(usize),
    /// Digits and punctuation: a date, a version, an address.
    Figures,
    /// Capitals and a number: `PC-12345`.
    Asset,
    /// A word or several.
    Plain,
    /// Symbols without letters or digits, not all the same.
    Symbols,
    /// A link, an e-mail address, an error code, a product, a measure, a blank to fill in.
    Reference,
}

impl Shape {
    /// The shape of a text without white space.
    pub(super) fn of(text: &str) -> Self {
        let core = text.trim_matches(['!', '?', '.', ',']);
        let letters = core.chars().filter(|char| char.is_alphabetic()).count();
        let digits = core.chars().filter(|char| char.is_numeric()).count();
        let symbol = has_symbol(core);
        let long = letters >= STRONG_LETTERS && text.chars().count() >= STRONG_LENGTH;
        match (letters, digits) {
            (0, 0) if is_motley(text) => Self::Symbols,
            (0, 0) => Self::Reference,
            (0, _) if digits == core.chars().count() => Self::Digits(digits),
            (0, _) if core.chars().all(is_figure) => Self::Figures,
            _ if is_reference(core) || digits > 0 && is_product(core) => Self::Reference,
            _ if is_asset(core) => Self::Asset,
            _ if digits == 0 && !symbol && !has_inner_capital(core) => Self::Plain,
            _ if long && (digits > 0 || symbol) => Self::Strong,
            _ => Self::Mixed,
        }
    }

    /// The shape of two pieces with a space between them.
    pub(super) fn joined(self, next: Self) -> Self {
        match (self, next) {
            (Self::Digits(first), Self::Digits(second)) => Self::Digits(first + second),
            (Self::Plain, Self::Plain) => Self::Plain,
            _ => Self::Mixed,
        }
    }
}

/// True for several different symbols: "!#%&/()=", but not "****".
pub(super) fn is_motley(text: &str) -> bool {
    let mut symbols = Vec::new();
    for char in text.chars() {
        if !symbols.contains(&char) {
            symbols.push(char);
        }
        if symbols.len() == SYMBOL_KINDS {
            return true;
        }
    }
    false
}

fn is_figure(char: char) -> bool {
    char.is_numeric() || ".,:/-+()%".contains(char)
}

fn is_reference(core: &str) -> bool {
    let lower = lower(core);
    let link = ["www.", "0x", "${"].iter().any(|start| lower.starts_with(start));
    link || lower.contains("://") || is_email(core) || is_blank(core) || is_choice(core) || is_measure(&lower)
}

/// `Office365`, `iPhone12`: a name that is known, and a number.
fn is_product(core: &str) -> bool {
    let lower = lower(core);
    let number = lower.trim_start_matches(char::is_alphabetic);
    let name = lower.strip_suffix(number).unwrap_or_default();
    let marks = number.chars().filter(|char| !char.is_numeric()).count();
    PRODUCTS.has(name) && marks <= 1
}

/// `<passord>`, `{password}`, `%PASSWORD%`
fn is_blank(core: &str) -> bool {
    let brackets = [('<', '>'), ('{', '}'), ('%', '%')];
    brackets.iter().any(|(open, close)| core.starts_with(*open) && core.ends_with(*close))
}

/// "og/eller", "MFA/2FA"
fn is_choice(core: &str) -> bool {
    let ordinary = |part| matches!(Shape::of(part), Shape::Plain | Shape::Reference);
    core.contains('/') && core.split('/').all(ordinary)
}

fn is_email(core: &str) -> bool {
    let Some((name, domain)) = core.rsplit_once('@') else {
        return false;
    };
    let host = domain.chars().all(|char| char.is_alphanumeric() || ".-".contains(char));
    let top = domain.rsplit('.').next().filter(|top| top.len() > 1 && top.len() < domain.len());
    !name.is_empty() && host && top.is_some_and(|top| top.chars().all(char::is_alphabetic))
}

/// "14-tegns", "90dager", "2FA", "2fa-beskyttet"
fn is_measure(lower: &str) -> bool {
    let name = lower.trim_start_matches(char::is_numeric);
    let hyphened = name.contains('-') && name.chars().all(|char| char.is_alphabetic() || char == '-');
    let known = hyphened || UNITS.has(name) || PRODUCTS.has(name);
    (1..=MEASURE_DIGITS).contains(&(lower.len() - name.len())) && known
}

fn is_asset(core: &str) -> bool {
    let rest = core.trim_start_matches(char::is_uppercase);
    let name = core.strip_suffix(rest).unwrap_or_default();
    let number = rest.trim_start_matches(['-', '_']);
    let numbered = !number.is_empty() && number.chars().all(char::is_numeric);
    (1..STRONG_LENGTH).contains(&name.chars().count()) && numbered
}

/// True if a symbol stands inside; at the ends some belong to mentions, tags and emphasis.
fn has_symbol(core: &str) -> bool {
    let inner = core.trim_matches(['#', '@', '<', '>', '*']);
    inner.contains(|char| SYMBOLS.contains(char))
}

fn has_inner_capital(core: &str) -> bool {
    let inner = core.chars().skip(1).any(char::is_uppercase) && core.contains(char::is_lowercase);
    inner && !core.contains(['-', '/']) && !PRODUCTS.has(&lower(core))
}
