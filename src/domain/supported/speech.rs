//! Plain sentences in the right language that answer.

use super::Unsupported;
use super::names::spaced;
use super::tables::{ENGLISH, NORWEGIAN, ONLY_NB, ONLY_NN, REFUSALS};
use super::text::words;
use crate::domain::lang::Lang;

/// The fewest words of an answer.
const FEWEST: usize = 3;

/// Whether a text is plain sentences: no link, mention, tag, list or heading, and nothing that cannot be seen.
pub(super) fn is_plain(text: &str) -> Result<(), Unsupported> {
    let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || is_invisible(c);
    let plain = !text.contains(['<', '[', ']', '|', '{', '}']) && !text.chars().any(hidden);
    if plain && !text.lines().any(is_marked) { Ok(()) } else { Err(Unsupported::Markup) }
}

/// Characters that turn, join or hide others.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a line is an item of a list, a heading, a quotation or code.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
    numbered
        || line.starts_with(['#', '>', '•'])
        || line.starts_with("```")
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// Whether a text says something in this language.
pub(super) fn is_an_answer(text: &str, lang: Lang) -> Result<(), Unsupported> {
    let said = spaced(text);
    if REFUSALS.iter().any(|refusal| said.contains(&format!(" {refusal}"))) {
        return Err(Unsupported::Refusal);
    }
    let words = words(text);
    if words.len() < FEWEST {
        return Err(Unsupported::Empty);
    }
    if is_in(&words, lang) { Ok(()) } else { Err(Unsupported::Language) }
}

/// Whether the words that tell languages apart speak for this one.
fn is_in(words: &[String], lang: Lang) -> bool {
    let count = |table: &[&str]| words.iter().filter(|word| table.contains(&word.as_str())).count();
    let (bokmål, nynorsk) = (count(&ONLY_NB), count(&ONLY_NN));
    let (norwegian, english) = (count(&NORWEGIAN) + bokmål.max(nynorsk), count(&ENGLISH));
    match lang {
        Lang::Nb => norwegian >= english && bokmål >= nynorsk,
        Lang::Nn => norwegian >= english && nynorsk >= bokmål,
        Lang::En => english > norwegian,
    }
}
