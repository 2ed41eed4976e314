//! A place in a text, and the few steps that reading on from there takes.

use super::digits::is_invisible;
use super::words::is_letter;

/// How far a sentence is followed, in bytes.
const REACH: usize = 240;

/// A place in a text; it sees to the end of the line, or as far as a sentence is followed.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at a byte of the text.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let limit = text.floor_char_boundary(at.saturating_add(REACH));
        let line = text.get(at..limit).and_then(|rest| rest.find(['\n', '\r']));
        Self { text, at, end: line.map_or(limit, |length| at + length) }
    }

    /// Where it stands, in bytes.
    pub(super) fn at(self) -> usize {
        self.at
    }

    /// What it sees.
    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    /// The text between two places, in bytes.
    pub(super) fn since(self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The next character.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The same cursor some bytes on.
    pub(super) fn skip(self, bytes: usize) -> Self {
        Self { at: self.end.min(self.at + bytes), ..self }
    }

    /// The same cursor, seeing no more than some bytes.
    pub(super) fn limit(self, bytes: usize) -> Self {
        Self { end: self.end.min(self.at + bytes), ..self }
    }

    /// The cursor after the given start of the rest, if the rest begins so.
    pub(super) fn eat(self, start: &str) -> Option<Self> {
        self.rest().starts_with(start).then(|| self.skip(start.len()))
    }

    /// The cursor after any of the given characters.
    pub(super) fn eat_any(self, chars: &str) -> Self {
        self.skip(self.rest().find(|char| !chars.contains(char)).unwrap_or(self.rest().len()))
    }

    /// The cursor after spaces and invisible characters.
    pub(super) fn blanks(self) -> Self {
        let solid = self.rest().find(|char: char| !char.is_whitespace() && !is_invisible(char));
        self.skip(solid.unwrap_or(self.rest().len()))
    }

    /// The next word, with marks that stand inside it ("e-post", "ola@uio.no"), and the cursor after it.
    pub(super) fn word(self) -> Option<(&'a str, Self)> {
        let is_part = |char: char| is_letter(char) || char.is_numeric();
        let mut length = 0;
        for (at, char) in self.rest().char_indices() {
            let inside = "-.@_/'’".contains(char)
                && at > 0
                && self.rest().get(at + char.len_utf8()..).is_some_and(|rest| rest.starts_with(is_part));
            if !is_part(char) && !inside {
                break;
            }
            length = at + char.len_utf8();
        }
        let word = self.rest().get(..length).filter(|word| !word.is_empty())?;
        Some((word, self.skip(length)))
    }

    /// A cursor at the start of the next line, if this one has ended.
    pub(super) fn next_line(self) -> Option<Self> {
        let ended = self.blanks().rest().is_empty();
        let line = self.text.get(self.end..)?.strip_prefix('\r').or(self.text.get(self.end..))?;
        let next = line.strip_prefix('\n')?;
        ended.then(|| Self::new(self.text, self.text.len() - next.len()))
    }
}
