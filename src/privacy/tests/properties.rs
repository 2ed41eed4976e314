//! What holds for every text, tried on texts put together at random.

use std::time::{Duration, Instant};

use super::made;
use super::redact;
use crate::testing::Chance;

/// Pieces that matter to some rule.
const PIECES: &[&str] = &[
    "passord",
    "passordet",
    "mitt",
    "er",
    "pw",
    "PIN",
    "kode",
    "bruker",
    "og",
    "/",
    ":",
    "=",
    ": ",
    "som",
    "til",
    "nytt",
    "Sommer24",
    "sommer",
    "utløpt",
    "4821",
    "12",
    "1",
    "018101",
    "13711",
    "6030",
    "14",
    "08911",
    "4111",
    "1111",
    "konto",
    "fnr",
    "sak",
    "NO",
    "#",
    "+",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "'",
    "«",
    "»",
    "`",
    "*",
    "%",
    "%20",
    "&",
    "?",
    "://",
    "@",
    ".",
    ",",
    "!",
    "-",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{A0}",
    "\u{200B}",
    "\u{301}",
    "a\u{30A}",
    "İ",
    "ß",
    "ﬁ",
    "👍🏽",
    "1\u{FE0F}\u{20E3}",
    "\u{202E}",
    "\0",
    "１",
    "²",
    "½",
    "٣",
    "[passord]",
    "[fødselsnummer]",
    "[kontonummer]",
];

fn jumble(random: &mut Chance) -> String {
    let numbers = [made::fnr(31), made::dnr(31), made::relaxed_fnr(31), made::account(31)];
    let length = random.below(14);
    let mut text = String::new();
    for _ in 0..=length {
        let number = random.below(8) == 0;
        let piece = if number { random.pick(&numbers).cloned() } else { random.pick(PIECES).map(ToString::to_string) };
        text.extend(piece);
        text.push_str(if random.below(3) == 0 { "" } else { " " });
    }
    text
}

#[test]
fn redacting_twice_is_redacting_once() {
    let mut random = Chance::new(32);
    for _ in 0..5_000 {
        let text = jumble(&mut random);
        let once = redact(&text);
        let twice = redact(&once.text);
        assert_eq!((twice.text, twice.kinds), (once.text, Vec::new()), "from {text:?}");
    }
}

#[test]
fn every_finding_is_a_placeholder_more() {
    let mut random = Chance::new(33);
    for _ in 0..2_000 {
        let text = jumble(&mut random).replace(['[', ']'], "");
        let found = redact(&text);
        assert_eq!(found.text.matches('[').count(), found.kinds.len(), "from {text:?}");
    }
}

#[test]
fn long_texts_take_no_time_to_speak_of() {
    for piece in ["passord: a ", "pw ", "passordet mitt er ", "1 ", "1.", "12", "\"passord ", "bruker a/", "://a:", "passord ("] {
        let text = piece.repeat(30_000 / piece.len());
        let start = Instant::now();
        let found = redact(&text);
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?}");
        assert!(!found.text.is_empty());
    }
}
