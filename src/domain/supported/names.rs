//! Names, quoted words, addresses, and what does harm.

use super::Unsupported;
use super::tables::{ABBREVIATIONS, DANGERS};
use super::text::{ends_sentence, pieces, tokens, words};
use crate::domain::lang::Lang;

/// Whether the source knows every address, name and quoted word of the text, and speaks of what can do harm where the text does.
pub(super) fn are_known(text: &str, lang: Lang, source: &str) -> Result<(), Unsupported> {
    let addresses: Vec<String> = tokens(source).map(bare_address).collect();
    if !tokens(text).filter(|token| is_address(token)).all(|token| addresses.contains(&bare_address(token))) {
        return Err(Unsupported::Address);
    }
    let known = words(source);
    let quotes_known = quoted(text).all(|quote| occurs(&words(quote), &known));
    if !quotes_known || !names(text, lang).iter().all(|name| is_known(name, &known)) {
        return Err(Unsupported::Name);
    }
    let (said, known) = (spaced(text), spaced(source));
    let tells = |row: &[&str], text: &str| row.iter().any(|words| text.contains(&format!(" {words}")));
    if DANGERS.iter().any(|row| tells(row, &said) && !tells(row, &known)) { Err(Unsupported::Danger) } else { Ok(()) }
}

/// The words with single spaces around them.
pub(super) fn spaced(text: &str) -> String {
    format!(" {} ", words(text).join(" "))
}

/// Whether a token is a web or mail address, a path, or an option of a command.
fn is_address(token: &str) -> bool {
    let slashes = token.matches('/').count();
    let command = token.starts_with(['/', '-', '$', '~']) && token.chars().any(char::is_alphanumeric);
    command || slashes > 1 || token.contains(['@', '\\', '=']) || token.contains("://") || is_domain(token)
}

/// Whether a token looks like `intranett.example.no/it` or `oppsett.exe`.
fn is_domain(token: &str) -> bool {
    let host = token.split(['/', ':']).next().unwrap_or(token);
    if ABBREVIATIONS.contains(&host.to_lowercase().as_str()) {
        return false;
    }
    let mut labels = host.split('.');
    let top = labels.next_back().unwrap_or_default();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let rest: Vec<&str> = labels.collect();
    top.chars().count() > 1 && top.chars().all(char::is_alphabetic) && !rest.is_empty() && rest.into_iter().all(is_label)
}

fn bare_address(token: &str) -> String {
    let lower = token.to_lowercase();
    let start = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or(&lower);
    start.strip_prefix("www.").unwrap_or(start).trim_end_matches('/').to_owned()
}

/// What stands in quotation marks, in bold or as code.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let marks = [("«", "»"), ("“", "”"), ("„", "“"), ("\"", "\""), ("‘", "’"), ("`", "`"), ("**", "**")];
    marks.into_iter().flat_map(|(open, close)| between(text, open, close))
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inside, next)) = after.split_once(close) else { break };
        found.push(inside);
        rest = next;
    }
    found
}

fn occurs(quote: &[String], known: &[String]) -> bool {
    quote.is_empty() || known.windows(quote.len()).any(|window| window == quote)
}

/// The words that are written as names: with a capital inside a sentence, or with one beyond the first letter anywhere.
fn names(text: &str, lang: Lang) -> Vec<String> {
    let is_name = |&(at, word): &(usize, &str)| {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let inner = letters.any(char::is_uppercase);
        let pronoun = lang == Lang::En && word == "I";
        inner || capital && !pronoun && !begins_sentence(text, at)
    };
    pieces(text).filter(is_name).map(|(_, word)| word.to_lowercase()).collect()
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c == ' ' || "«“\"‘`*(".contains(c));
    let last = before.char_indices().next_back();
    last.is_none_or(|(at, c)| c == ':' || ends_sentence(text, at, c))
}

/// Whether the source has a name, perhaps with an ending.
fn is_known(name: &str, known: &[String]) -> bool {
    let ends = |whole: &str, start: &str| {
        let letters = start.chars().count();
        letters > 2 && whole.starts_with(start) && whole.chars().count() - letters <= 3
    };
    known.iter().any(|word| word == name || ends(word, name) || ends(name, word))
}
