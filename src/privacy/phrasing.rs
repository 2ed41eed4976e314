//! What stands between a trigger and its secret: "mitt", "(wifi)", "er nå", a colon.

use super::cursor::Cursor;
use super::lexicon::{CHANGES, FILLERS, LIST_WORDS, POSSESSIVES};
use super::words::lower;

/// Signs that say that the secret comes next.
const COLONS: [&str; 9] = ["-->", "->", "=>", "→", ":=", "==", "=", ":", "："];

/// Signs after which only what looks like a secret is one.
const WEAK_SEPARATORS: [&str; 6] = ["- ", "– ", "— ", "|", ";", ">"];

/// The cursor after a colon, an equals sign or an arrow.
pub(super) fn colon(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let cursor = cursor.eat_any("\\\"'*_`)»”’").blanks();
    let after = COLONS.iter().find_map(|sign| cursor.eat(sign))?;
    let joins_names = after.rest().starts_with("//") || after.rest().starts_with(':');
    (!joins_names).then_some(after.eat_any("*_"))
}

/// The cursor after a sign that announces less than a colon; after "passordet mitt" a comma is one.
pub(super) fn weak_separator(cursor: Cursor<'_>, owned: bool) -> Option<Cursor<'_>> {
    let sign = WEAK_SEPARATORS.iter().find_map(|sign| cursor.eat(sign));
    sign.or_else(|| cursor.eat(", ").filter(|_| owned))
}

/// The cursor after "mitt", "my", and whether there was one.
pub(super) fn past_possessives(mut cursor: Cursor<'_>) -> (Cursor<'_>, bool) {
    let mut owned = false;
    while let Some((word, after)) = cursor.blanks().word() {
        if !POSSESSIVES.has(&lower(word)) {
            break;
        }
        (cursor, owned) = (after, true);
    }
    (cursor, owned)
}

/// The cursor after "nå", "bare", "satt til" and a colon.
pub(super) fn past_fillers(mut cursor: Cursor<'_>) -> Cursor<'_> {
    loop {
        cursor = colon(cursor).unwrap_or(cursor);
        let Some((word, after)) = cursor.blanks().word() else {
            return cursor;
        };
        let word = lower(word);
        match after.blanks().word() {
            Some(("til" | "to", goal)) if CHANGES.has(&word) => cursor = goal,
            _ if FILLERS.has(&word) => cursor = after,
            _ => return cursor,
        }
    }
}

/// The cursor after a comma, "eller", "nytt er".
pub(super) fn past_list_words(mut cursor: Cursor<'_>) -> Cursor<'_> {
    loop {
        cursor = cursor.blanks().eat_any(",/:;");
        match cursor.blanks().word() {
            Some((word, after)) if LIST_WORDS.has(&lower(word)) => cursor = after,
            _ => return cursor,
        }
    }
}

/// The cursor after "(…)", if that is what comes next.
pub(super) fn past_parentheses(cursor: Cursor<'_>) -> Cursor<'_> {
    let inside = cursor.blanks().eat("(");
    let after = inside.and_then(|inside| Some(inside.skip(inside.rest().find(')')? + 1)));
    after.unwrap_or(cursor)
}
