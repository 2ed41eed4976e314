//! The characters right beside a number, which may make it part of something else.

use std::ops::RangeInclusive;

use super::digits::{Window, escape};

/// The longest stretch of letters and digits that is looked at around a number.
const TOKEN_REACH: usize = 40;

/// The fewest characters of a string that is hexadecimal by its looks.
const LONG_HEXADECIMAL: usize = 16;

/// The lengths of a UUID's parts.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];

/// How many capitals name a series of things: `HD`, `SR`, `ASSET`.
const SERIES: RangeInclusive<usize> = 2..=5;

/// A number as it is written, and the text before and after it.
pub(super) struct Place<'a> {
    before: &'a str,
    written: &'a str,
    after: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a window in its text.
    pub(super) fn new(text: &'a str, window: &Window) -> Self {
        Self {
            before: text.get(..window.start).unwrap_or_default(),
            written: text.get(window.start..window.end).unwrap_or_default(),
            after: text.get(window.end..).unwrap_or_default(),
        }
    }

    /// `+47 …`, where the plus is not a space in an address.
    pub(super) fn is_phone(&self) -> bool {
        let sign = self.before.trim_end_matches('(').strip_suffix('+');
        sign.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    }

    /// `192.168.10.100`: four numbers below 256.
    pub(super) fn is_internet_address(&self) -> bool {
        let parts = self.written.split('.');
        parts.clone().count() == 4 && parts.into_iter().all(|part| part.len() <= 3 && part.parse::<u8>().is_ok())
    }

    /// `0.221127 14484`: the first group is what follows a decimal point.
    pub(super) fn is_decimal(&self) -> bool {
        self.before.strip_suffix('.').is_some_and(|before| before.ends_with(char::is_numeric))
    }

    /// `#104233`
    pub(super) fn is_numbered(&self) -> bool {
        self.before.ends_with('#')
    }

    /// `HD-…`, `SR…`: a few capitals glued to the number.
    pub(super) fn is_asset(&self) -> bool {
        let name = self.before.strip_suffix('-').unwrap_or(self.before).chars().rev();
        SERIES.contains(&name.take(SERIES.end() + 1).take_while(|char| char.is_uppercase()).count())
    }

    /// True if a letter stands right before the number.
    pub(super) fn is_glued(&self) -> bool {
        self.before.ends_with(char::is_alphabetic)
    }

    /// True if what is left of a number that was redacted before stands beside this one.
    pub(super) fn is_beside_redacted(&self) -> bool {
        self.before.trim_end().ends_with(']') || self.after.trim_start().starts_with('[')
    }

    /// Part of a UUID, a long hexadecimal string or `0x…`.
    pub(super) fn is_code(&self) -> bool {
        is_hexadecimal(&self.token("")) || is_uuid(&self.token("-"))
    }

    /// True if nothing is glued to the number that would make it part of something else.
    pub(super) fn stands_alone(&self) -> bool {
        let last = self.before.chars().next_back();
        let open = last.is_none_or(|char| char.is_whitespace() || ":=(\"'«“‘<,;>*`".contains(char));
        let escaped = self.before.len().checked_sub("%20".len()).and_then(|at| escape(self.before.get(at..)?));
        let mut after = self.after.chars();
        let closed = after.next().is_none_or(|char| match char {
            '.' | ',' | ':' | '/' | '-' => !after.next().is_some_and(char::is_alphanumeric),
            _ => !char.is_alphanumeric() && char != '_',
        });
        (open || escaped.is_some()) && closed
    }

    /// The number with the letters, digits and given marks glued to it.
    fn token(&self, marks: &str) -> String {
        let is_part = |char: &char| char.is_ascii_alphanumeric() || marks.contains(*char);
        let head = self.before.chars().rev().take(TOKEN_REACH).take_while(is_part).collect::<Vec<_>>();
        let tail = self.after.chars().take(TOKEN_REACH).take_while(is_part);
        head.into_iter().rev().chain(self.written.chars()).chain(tail).collect()
    }
}

fn is_uuid(token: &str) -> bool {
    let hexadecimal = |part: &str| part.chars().all(|char| char.is_ascii_hexdigit());
    token.split('-').map(str::len).eq(UUID) && token.split('-').all(hexadecimal)
}

fn is_hexadecimal(token: &str) -> bool {
    let digits = token.strip_prefix("0x").unwrap_or(token);
    let long = digits.len() >= LONG_HEXADECIMAL && digits.contains(|char: char| char.is_ascii_alphabetic());
    (long || digits.len() < token.len()) && digits.chars().all(|char| char.is_ascii_hexdigit())
}
