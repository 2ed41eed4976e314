//! What must not be kept: find it, take it out.
//!
//! Employees paste identity numbers, bank accounts, cards and passwords into their questions.
//! [`redact`] replaces each with a word that says what it was, before anyone else sees the text.
//! It is pure, and its running time grows with the length of the text.
//!
//! **Numbers** (`numbers`) are read in groups (`digits`), proven by their check digits (`identity`,
//! `account`, `card`), and weighed by how they are grouped, what is glued to them (`place`) and
//! what is said beside them (`context`).
//!
//! **Passwords** (`password`) prove nothing. They are known by the word that announces them
//! (`lexicon`), by what leads from it to them (`phrasing`), by their looks (`secret`, `shape`), and
//! by not being what people say of a password (`ordinary`, `verdict`); or by the user name that they
//! stand with (`login`).

mod account;
mod card;
mod context;
mod cursor;
mod digits;
mod identity;
mod lexicon;
mod login;
mod numbers;
mod ordinary;
mod password;
mod phrasing;
mod place;
mod secret;
mod shape;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

pub use crate::domain::message::Secret as Kind;

use std::cmp::Reverse;
use std::ops::Range;

/// The words that findings are replaced with, the same in every language.
const PLACEHOLDERS: [&str; 5] =
    [Kind::Fnr.mark(), Kind::Dnr.mark(), Kind::Account.mark(), Kind::Card.mark(), Kind::Password.mark()];

/// How often a text is looked at: what is taken out can make a neighbour plain to see.
const PASSES: usize = 8;

/// A text without its secrets, and what they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The text with a word in place of every finding.
    pub text: String,
    /// One entry for each finding, in order of appearance.
    pub kinds: Vec<Kind>,
}

/// A finding: the bytes from `start` to `end` are a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    kind: Kind,
}

/// A text on its way to being redacted, and where its secrets were.
struct Draft {
    text: String,
    marks: Vec<(usize, Kind)>,
}

/// Replaces every secret in a text; redacting what is already redacted changes nothing.
#[must_use]
pub fn redact(text: &str) -> Found {
    let mut draft = Draft { text: text.to_owned(), marks: Vec::new() };
    for _ in 0..PASSES {
        let spans = find(&draft.text);
        if spans.is_empty() {
            break;
        }
        draft = draft.without(&spans);
    }
    Found { text: draft.text, kinds: draft.marks.into_iter().map(|(_, kind)| kind).collect() }
}

/// What a look at the whole text finds, in order and without overlaps.
fn find(text: &str) -> Vec<Span> {
    let words = words::split(text);
    let mut spans = numbers::find(text, &words);
    spans.extend(password::find(text, &words));
    spans.extend(login::find(text, &words));
    merge(spans)
}

impl Span {
    const fn new(start: usize, end: usize, kind: Kind) -> Self {
        Self { start, end, kind }
    }

    const fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Puts the spans in order and makes one of those that overlap; the longer one says what it is.
fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, Reverse(span.end), span.kind));
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => {
                if span.len() > last.len() {
                    last.kind = span.kind;
                }
                last.end = last.end.max(span.end);
            }
            _ => merged.push(span),
        }
    }
    merged
}

impl Draft {
    fn without(&self, spans: &[Span]) -> Self {
        let mut next = Self { text: String::with_capacity(self.text.len()), marks: Vec::new() };
        let mut kept = 0;
        for span in spans {
            self.copy(kept..span.start, &mut next);
            next.marks.push((next.text.len(), span.kind));
            next.text.push_str(span.kind.mark());
            kept = span.end;
        }
        self.copy(kept..self.text.len(), &mut next);
        next
    }

    fn copy(&self, range: Range<usize>, to: &mut Self) {
        let first = self.marks.partition_point(|(at, _)| *at < range.start);
        let inside = self.marks.iter().skip(first).take_while(|(at, _)| *at < range.end);
        to.marks.extend(inside.map(|(at, kind)| (to.text.len() + at - range.start, *kind)));
        to.text.push_str(self.text.get(range).unwrap_or_default());
    }
}
