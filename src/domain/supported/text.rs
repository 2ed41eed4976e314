//! Words and sentences of a text.

use super::tables::{ABBREVIATIONS, CONJUNCTIONS};

/// The words of a text in lower case: letters and digits that stand together.
pub(super) fn words(text: &str) -> Vec<String> {
    pieces(text).map(|(_, word)| word.to_lowercase()).collect()
}

/// The words of a text as they are written, each with where it begins.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - start, word))
}

/// The sentences of a text; a line ends one, too.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if ends_sentence(text, at, c) {
            found.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    found
}

/// The words of each part of a sentence that says something of its own.
pub(super) fn clauses(sentence: &str) -> Vec<Vec<String>> {
    let parts = sentence.split([',', ';', ':']).map(words);
    parts
        .flat_map(|part| part.split(|word| CONJUNCTIONS.contains(&word.as_str())).map(<[String]>::to_vec).collect::<Vec<_>>())
        .collect()
}

/// Whether the character at `at` is the end of a sentence.
pub(super) fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    let pause = text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
    match c {
        '\n' | '!' | '?' => true,
        '.' => pause && !ABBREVIATIONS.contains(&last_token(&text[..at]).to_lowercase().as_str()),
        _ => false,
    }
}

fn last_token(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default()
}

/// The tokens of a text, by white space, without the punctuation around them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || AROUND.contains(&c))
        .map(|token| token.trim_end_matches(AFTER))
        .filter(|token| !token.is_empty())
}

/// What stands around addresses in running text and in Markdown.
const AROUND: [char; 15] = ['(', ')', '[', ']', '<', '>', '"', '«', '»', '“', '”', '`', '*', '{', '}'];

/// What ends a sentence and not an address.
const AFTER: [char; 6] = ['.', ',', ';', ':', '!', '?'];
