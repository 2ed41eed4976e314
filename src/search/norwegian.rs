//! The normal form in which bokmål and nynorsk meet.

use std::collections::{HashMap, HashSet};

use super::stem::Stem;

/// Letters inside longer nynorsk words and what stands there in bokmål; none of the left ones occurs in a bokmål word.
const INSIDE: [(&str, &str); 22] = [
    ("arbeidsgjev", "arbeidsgiv"),
    ("brukar", "bruker"),
    ("fråv", "frav"),
    ("gløym", "glem"),
    ("heime", "hjemme"),
    ("høgd", "høyd"),
    ("kvit", "hvit"),
    ("køyr", "kjør"),
    ("leiar", "leder"),
    ("løns", "lønns"),
    ("løys", "løs"),
    ("meister", "mester"),
    ("namn", "navn"),
    ("opning", "åpning"),
    ("raud", "rød"),
    ("rekne", "regne"),
    ("rekning", "regning"),
    ("sjuk", "syk"),
    ("skule", "skole"),
    ("straum", "strøm"),
    ("tenest", "tjenest"),
    ("vindauge", "vindu"),
];

/// From this length on [`INSIDE`] is looked for, and a participle's `t` is taken off.
const LONG: usize = 5;

/// Bokmål and nynorsk words to one normal form.
#[derive(Debug)]
pub(crate) struct Norwegian {
    stop: HashSet<&'static str>,
    pairs: HashMap<&'static str, &'static str>,
    stem: Stem,
}

impl Norwegian {
    pub(crate) fn new() -> Self {
        let lines = include_str!("words/nynorsk.txt").lines().filter(|line| !line.starts_with('#'));
        let stop = include_str!("words/stop.nb.txt").split_whitespace().collect();
        Self { stop, pairs: lines.filter_map(|line| line.split_once(' ')).collect(), stem: Stem::norwegian() }
    }

    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// The normal form of a word in lower case.
    pub(crate) fn normal(&self, word: &str) -> String {
        let word = self.pairs.get(word).copied().unwrap_or(word);
        let mut spelled = word.to_owned();
        if word.chars().count() >= LONG {
            for (nynorsk, bokmal) in INSIDE {
                if spelled.contains(nynorsk) {
                    spelled = spelled.replace(nynorsk, bokmal);
                }
            }
            for ending in ["leik", "heit"] {
                if let Some(root) = spelled.strip_suffix(ending) {
                    spelled = format!("{root}het");
                }
            }
        }
        let twice = self.stem.of(&self.stem.of(&spelled));
        shorten(twice)
    }
}

/// `glemm` and `glemt` to `glem`: one consonant at the end, and no participle's `t` after it.
fn shorten(mut stem: String) -> String {
    let participle = ["mt", "lt", "kt", "pt"].iter().any(|end| stem.ends_with(end));
    if participle && stem.chars().count() >= LONG {
        stem.pop();
    }
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && !a.is_ascii_digit()
        && stem.chars().count() > 3
    {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bokmal_and_nynorsk_meet() {
        let norwegian = Norwegian::new();
        for (one, other) in [
            ("skriveren", "skrivaren"),
            ("skrivere", "skrivarar"),
            ("glemte", "gløymde"),
            ("glemt", "gløymer"),
            ("opplæringen", "opplæringa"),
            ("tilgangene", "tilgangane"),
            ("sykehuset", "sjukehuset"),
            ("brukernavn", "brukarnamn"),
            ("sikkerheten", "sikkerheit"),
            ("uker", "veker"),
            ("bestilte", "bestiller"),
        ] {
            assert_eq!(norwegian.normal(one), norwegian.normal(other), "{one} / {other}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        let norwegian = Norwegian::new();
        for (one, other) in [("svar", "svart"), ("kort", "kor"), ("lønn", "lån"), ("vakt", "vann")] {
            assert_ne!(norwegian.normal(one), norwegian.normal(other), "{one} / {other}");
        }
    }
}
