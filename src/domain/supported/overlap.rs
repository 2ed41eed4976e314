//! Whether sentences say what the source says, by their words.

use super::Unsupported;
use super::tables::{EMPTY_WORDS, ENGLISH_NEGATIONS, NORWEGIAN_NEGATIONS};
use super::text::{clauses, sentences, words};
use crate::domain::lang::Lang;

/// How much of each sentence must be the source's words, in hundredths; `None` where words cannot be compared.
const fn share_needed(lang: Lang, source: Lang) -> Option<usize> {
    match (lang, source) {
        (Lang::En, Lang::En) | (Lang::Nb, Lang::Nb) | (Lang::Nn, Lang::Nn) => Some(60),
        (Lang::Nb, Lang::Nn) | (Lang::Nn, Lang::Nb) => Some(45),
        (Lang::En, _) | (_, Lang::En) => None,
    }
}

/// Whether each sentence of the text is borne out by the source's words, and says no where the source does.
pub(super) fn is_enough(text: &str, lang: Lang, source: &str, source_lang: Lang) -> Result<(), Unsupported> {
    let known = words(source);
    let Some(needed) = share_needed(lang, source_lang) else {
        let negated_alone = is_negated(&words(text), lang) && !is_negated(&known, source_lang);
        return if negated_alone { Err(Unsupported::Negation) } else { Ok(()) };
    };
    let said: Vec<Vec<String>> = sentences(source).into_iter().flat_map(clauses).collect();
    sentences(text).into_iter().try_for_each(|sentence| is_borne_out(sentence, lang, &known, &said, needed))
}

fn is_borne_out(sentence: &str, lang: Lang, known: &[String], said: &[Vec<String>], needed: usize) -> Result<(), Unsupported> {
    let sentence_words = words(sentence);
    let content = content(&sentence_words);
    if content.is_empty() || common(&content, known) * 100 < content.len() * needed {
        return Err(Unsupported::Words);
    }
    if clauses(sentence).iter().all(|clause| agrees(clause, said, lang)) { Ok(()) } else { Err(Unsupported::Negation) }
}

/// Whether a clause says no where the closest of the source's does; of several that are equally close, one is enough.
fn agrees(clause: &[String], said: &[Vec<String>], lang: Lang) -> bool {
    let (content, negated) = (content(clause), is_negated(clause, lang));
    let closest = said.iter().max_by_key(|other| (common(&content, other), is_negated(other, lang) == negated));
    content.is_empty() || closest.is_some_and(|other| is_negated(other, lang) == negated)
}

fn content(words: &[String]) -> Vec<&String> {
    words.iter().filter(|word| says_something(word)).collect()
}

fn says_something(word: &str) -> bool {
    let short = word.chars().count() < 4 && !word.chars().any(|c| c.is_ascii_digit());
    !short && !EMPTY_WORDS.contains(&word)
}

fn common(content: &[&String], known: &[String]) -> usize {
    content.iter().filter(|word| known.iter().any(|other| are_akin(word, other))).count()
}

fn is_negated(words: &[String], lang: Lang) -> bool {
    let known = if lang == Lang::En { ENGLISH_NEGATIONS.as_slice() } else { &NORWEGIAN_NEGATIONS };
    words.iter().any(|word| known.contains(&word.as_str()))
}

/// Whether two words are forms of one, or one is the last part of the other.
fn are_akin(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let (shorter, longer) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let shared = shorter.iter().zip(longer).take_while(|(x, y)| x == y).count();
    let is_form = shared >= 4 && shared + 1 >= shorter.len() && longer.len() - shared <= 3;
    one == other || is_form || shorter.len() >= 5 && longer.ends_with(shorter)
}

/// The letters of a word, with nynorsk's endings as bokmål's: `skrivaren` is `skriveren`.
fn folded(word: &str) -> Vec<char> {
    word.chars().enumerate().map(|(at, c)| if at > 2 && c == 'a' { 'e' } else { c }).collect()
}
