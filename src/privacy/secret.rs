//! One piece of text that may be a secret: where it begins and ends, and whether the sentence goes on.

use super::cursor::Cursor;
use super::lexicon::{CLOSERS, UNITS, USERS, trigger};
use super::ordinary::{is_ordinary, sounds_like_a_state};
use super::shape::{Shape, is_motley};
use super::words::{lower, placeholder};

/// The longest secret, in bytes.
const LONGEST: usize = 128;

/// Quotation marks and their counterparts.
const QUOTES: [(char, &str); 9] =
    [('"', "\"”"), ('\'', "'’"), ('«', "»"), ('“', "”“\""), ('”', "”\""), ('„', "“”\""), ('‘', "’'"), ('’', "’'"), ('`', "`'")];

/// A piece of text that may be a secret.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    /// The piece itself, without quotation marks and the sentence's own punctuation.
    pub text: &'a str,
    /// What it looks like.
    pub shape: Shape,
    /// True if it stands in quotation marks.
    pub quoted: bool,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// The place after it, quotation marks and punctuation included.
    pub after: Cursor<'a>,
    /// True if punctuation ended it.
    closed: bool,
}

impl<'a> Candidate<'a> {
    /// Reads the piece of text at a place; a `field` of a query ends at `&` and `#`.
    pub(super) fn read(cursor: Cursor<'a>, field: bool) -> Option<Self> {
        let cursor = cursor.blanks();
        if placeholder(cursor.rest()).is_some() {
            return None;
        }
        Self::quoted(cursor).or_else(|| Self::bare(cursor.eat_any("\"'«“”„‘`*("), field))
    }

    /// Where it ends, in bytes.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// True if it is, or begins with, a word that is known to say something about a password.
    pub(super) fn is_ordinary(&self) -> bool {
        is_ordinary(&lower(self.first_word()))
    }

    /// True if its form is that of a word which says how the password is; a name would have a capital.
    pub(super) fn sounds_like_a_state(&self) -> bool {
        let word = self.first_word();
        let name = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        !name && !self.quoted && sounds_like_a_state(&lower(word))
    }

    /// True if it may be one word of a passphrase.
    pub(super) fn is_phrase_word(&self) -> bool {
        let activity = self.text.ends_with("ing") || self.text.ends_with("ly");
        self.shape == Shape::Plain && !activity && !self.is_ordinary() && !self.sounds_like_a_state()
    }

    /// True for "Database=…", the next field of a setting.
    pub(super) fn is_field(&self) -> bool {
        begins_with_key(self.text)
    }

    /// True if the sentence does not simply go on after it.
    pub(super) fn ends_clause(&self) -> bool {
        if self.closed || self.quoted {
            return true;
        }
        let rest = self.after.blanks();
        match rest.word() {
            Some((word, _)) => follows_a_secret(&lower(word)),
            None => placeholder(rest.rest()).is_none() && rest.peek() != Some('>'),
        }
    }

    /// True if it is a number of days, characters, attempts.
    pub(super) fn counts_something(&self) -> bool {
        let next = self.after.blanks();
        !self.closed && (next.peek() == Some('%') || next.word().is_some_and(|(word, _)| UNITS.has(&lower(word))))
    }

    /// The piece together with the one after it, if that is wanted: "Sommer 2024", "12 34".
    pub(super) fn joined(self, wanted: impl Fn(&Self) -> bool) -> Option<Self> {
        let next = Self::read(self.after, false).filter(|next| !self.closed && !self.quoted && !next.quoted && wanted(next))?;
        let text = self.after.since(self.start, next.end());
        Some(Self { text, shape: self.shape.joined(next.shape), after: next.after, closed: next.closed, ..self })
    }

    fn first_word(&self) -> &'a str {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        first.trim_matches(|char: char| !char.is_alphanumeric())
    }

    fn quoted(cursor: Cursor<'a>) -> Option<Self> {
        let quote = cursor.peek()?;
        let (_, closing) = QUOTES.iter().find(|(opening, _)| *opening == quote)?;
        let inside = cursor.skip(quote.len_utf8());
        let length = inside.rest().find(|char| closing.contains(char)).filter(|length| *length <= LONGEST)?;
        let text = inside.rest().get(..length)?;
        let whole = !text.is_empty() && text.trim() == text && !text.contains('[') && !text.starts_with([',', ':']);
        let after = inside.skip(length).eat_any(closing);
        let words = text.contains(char::is_whitespace);
        let shape = if words { Shape::Plain } else { Shape::of(text) };
        whole.then(|| Self { text, shape, quoted: true, start: inside.at(), after, closed: false })
    }

    fn bare(cursor: Cursor<'a>, field: bool) -> Option<Self> {
        let rest = cursor.rest();
        let whole = rest.get(..rest.find(char::is_whitespace).unwrap_or(rest.len()))?;
        let chunk = whole.get(..end_of_field(whole, field))?;
        let text = chunk.trim_end_matches(|char| ".,;:?…)]»”\"'’`*|".contains(char));
        let text = if text.is_empty() && is_motley(chunk) { chunk } else { text };
        let fits = !text.is_empty() && text.len() <= LONGEST;
        let closed = text.len() < whole.len() || text.ends_with('!');
        let after = cursor.skip(chunk.len());
        fits.then(|| Self { text, shape: Shape::of(text), quoted: false, start: cursor.at(), after, closed })
    }
}

fn follows_a_secret(word: &str) -> bool {
    CLOSERS.has(word) || USERS.has(word) || trigger(word).is_some()
}

/// Where the next field or an earlier redaction begins: `…&user=`, `…;Database=`, `…,bruker:`.
fn end_of_field(chunk: &str, field: bool) -> usize {
    let begins = |(at, char): &(usize, char)| {
        let rest = chunk.get(*at..).unwrap_or_default();
        match char {
            '[' => placeholder(rest).is_some(),
            '&' | '#' if field => true,
            ',' | ';' | '&' | '|' | '/' => begins_with_key(rest.get(1..).unwrap_or_default()),
            _ => false,
        }
    };
    let end = chunk.char_indices().find(begins);
    end.map_or(chunk.len(), |(at, _)| at)
}

fn begins_with_key(rest: &str) -> bool {
    let after = rest.trim_start_matches(|char: char| char.is_alphabetic() || char == '_');
    after.len() < rest.len() && after.starts_with([':', '='])
}
