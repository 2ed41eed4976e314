//! The words of a text: runs of letters, with their places.

use super::PLACEHOLDERS;

/// The ring above an a, in decomposed text.
const RING: char = '\u{30A}';

/// A run of letters.
#[derive(Debug)]
pub(super) struct Word {
    /// The letters in lower case.
    pub lower: String,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Splits a text into words; what an earlier redaction left in the text is no word.
pub(super) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(placeholder) = placeholder(rest) {
            at += placeholder.len();
        } else if is_letter(char) {
            let end = at + rest.find(|char| !is_letter(char)).unwrap_or(rest.len());
            words.push(Word { lower: lower(rest.get(..end - at).unwrap_or_default()), start: at, end });
            at = end;
        } else {
            at += char.len_utf8();
        }
    }
    words
}

/// The placeholder that the text begins with.
pub(super) fn placeholder(rest: &str) -> Option<&'static str> {
    PLACEHOLDERS.into_iter().find(|placeholder| rest.starts_with(placeholder))
}

/// Lower case, with the å of decomposed text put together.
pub(super) fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.contains(RING) { lower.replace("a\u{30A}", "å") } else { lower }
}

/// True for letters and for the accents that follow them in decomposed text.
pub(super) fn is_letter(char: char) -> bool {
    char.is_alphabetic() || ('\u{300}'..='\u{36F}').contains(&char)
}
