//! User names and passwords in pairs: "kari / Sommer24", "brukernavn/passord: ola/Vinter1", `https://user:pass@host`.

use std::iter;

use super::cursor::Cursor;
use super::lexicon::{COPULAS, LOGIN_LINKS, LOGINS, USERS, trigger};
use super::phrasing::colon;
use super::secret::Candidate;
use super::shape::Shape;
use super::words::{Word, lower, placeholder};
use super::{Kind, Span};

/// How many words may stand between "logger inn" and the user name.
const LINKS: usize = 4;

/// The longest user name, in bytes.
const LONGEST_NAME: usize = 64;

/// Which half of a pair comes first, and where what is said of the pair begins.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// "brukernavn og passord …"
    UserFirst(usize),
    /// "passord/brukernavn …"
    PasswordFirst(usize),
}

/// A user name, what separates it, and what follows.
struct Pair<'a> {
    name: Candidate<'a>,
    separator: Separator,
    secret: Candidate<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Slash,
    Tight,
    Listed,
    Blank,
}

/// Finds passwords by the user names that they stand with.
pub(super) fn find(text: &str, words: &[Word]) -> Vec<Span> {
    let announced = words.iter().filter(|word| LOGINS.has(&word.lower)).filter_map(|word| after_login(text, word));
    let starts = text.match_indices('\n').map(|(at, _)| at + 1);
    let bare = iter::once(0).chain(starts).filter_map(|start| bare_pair(Cursor::new(text, start)));
    let mut spans: Vec<_> = announced.chain(bare).map(|secret| span(&secret)).collect();
    spans.extend(text.match_indices("://").filter_map(|(at, mark)| in_address(text, at + mark.len())));
    spans
}

/// Tells whether the word at `index`, a trigger, is named together with a user name.
pub(super) fn order(text: &str, words: &[Word], index: usize) -> Option<Order> {
    let word = words.get(index)?;
    let mut before = words.get(..index)?.iter().rev();
    let mut after = words.get(index + 1..)?.iter();
    let user = before.next().and_then(|first| partner(text.get(first.end..word.start)?, first, before.next()));
    if user.is_some() {
        return Some(Order::UserFirst(word.end));
    }
    let first = after.next()?;
    let user = partner(text.get(word.end..first.start)?, first, after.next())?;
    Some(Order::PasswordFirst(user.end))
}

/// The password of a pair that is announced as one.
pub(super) fn joint(text: &str, order: Order) -> Option<Candidate<'_>> {
    let (Order::UserFirst(at) | Order::PasswordFirst(at)) = order;
    let (start, told) = past_link(Cursor::new(text, at));
    let Some(pair) = Pair::read(start) else {
        let single = Candidate::read(start, false);
        return single.filter(|secret| secret.shape == Shape::Strong && has_capital_or_symbol(secret.text));
    };
    let (secret, other) = match order {
        Order::UserFirst(_) => (pair.secret, pair.name),
        Order::PasswordFirst(_) => (pair.name, pair.secret),
    };
    let sure = told && pair.separator != Separator::Blank;
    let fits = match secret.shape {
        _ if other.is_ordinary() => false,
        Shape::Strong => true,
        Shape::Mixed | Shape::Symbols | Shape::Digits(3..) => sure,
        Shape::Plain => sure && !secret.is_ordinary(),
        _ => false,
    };
    fits.then_some(secret)
}

/// The label of a user name that is joined to a trigger by "og", "and", "/", "&" or "+".
fn partner<'a>(between: &str, first: &'a Word, second: Option<&'a Word>) -> Option<&'a Word> {
    let label = match (between.trim(), first.lower.as_str()) {
        ("/" | "&" | "+", _) => Some(first),
        ("", "og" | "and") => second,
        _ => None,
    };
    label.filter(|label| USERS.has(&label.lower))
}

/// The cursor after a colon or a verb, and whether there was one.
fn past_link(cursor: Cursor<'_>) -> (Cursor<'_>, bool) {
    let verb = cursor.blanks().word().filter(|(word, _)| COPULAS.has(&lower(word))).map(|(_, after)| after);
    let said = verb.unwrap_or(cursor);
    match colon(said) {
        Some(after) => (after, true),
        None => (said, verb.is_some()),
    }
}

/// "logger inn med kari / Sommer24", "bruker: kari Sommer24".
fn after_login<'a>(text: &'a str, word: &Word) -> Option<Candidate<'a>> {
    let mut cursor = Cursor::new(text, word.end);
    let mut told = false;
    for _ in 0..=LINKS {
        if let Some(after) = colon(cursor) {
            (cursor, told) = (after, true);
        }
        let (next, after) = cursor.blanks().word()?;
        if !LOGIN_LINKS.has(&lower(next)) {
            break;
        }
        (cursor, told) = (after, told || matches!(next, "med" | "with" | "er" | "is" | "som" | "as"));
    }
    let pair = Pair::read(cursor)?;
    let fits = match pair.separator {
        Separator::Slash | Separator::Tight => told || has_capital_or_symbol(pair.secret.text),
        Separator::Blank | Separator::Listed => told && has_capital_or_symbol(pair.secret.text),
    };
    (fits && pair.secret.shape == Shape::Strong && !pair.name.is_ordinary()).then_some(pair.secret)
}

/// A line that is nothing but "kari / Sommer24".
fn bare_pair(line: Cursor<'_>) -> Option<Candidate<'_>> {
    let pair = Pair::read(line)?;
    let user = !pair.name.is_ordinary() && !pair.name.text.contains(char::is_uppercase);
    let apart = match pair.separator {
        Separator::Slash => true,
        Separator::Tight => !line.rest().trim().contains(char::is_whitespace),
        Separator::Blank => pair.name.text.contains('@'),
        Separator::Listed => false,
    };
    let alone = pair.secret.after.blanks().rest().is_empty();
    (user && apart && alone && is_telling(&pair.secret)).then_some(pair.secret)
}

/// True if it looks like a password even with nothing said: "Sommer24", but not "Skriver3".
fn is_telling(secret: &Candidate) -> bool {
    let digits = secret.text.chars().filter(|char| char.is_numeric()).count();
    let symbol = secret.text.contains(is_symbol);
    let path = secret.text.contains(['/', '\\']);
    let shaped = secret.shape == Shape::Strong && has_capital_or_symbol(secret.text);
    shaped && !path && (digits > 1 || symbol)
}

/// The password in `https://user:password@host`.
fn in_address(text: &str, at: usize) -> Option<Span> {
    let rest = Cursor::new(text, at).rest();
    let authority = rest.split(|char: char| char == '/' || char.is_whitespace()).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    let (name, secret) = user.split_once(':')?;
    let start = at + name.len() + 1;
    (!secret.is_empty() && placeholder(secret).is_none()).then(|| Span::new(start, start + secret.len(), Kind::Password))
}

impl<'a> Pair<'a> {
    fn read(cursor: Cursor<'a>) -> Option<Self> {
        let cursor = cursor.blanks().eat_any("\"'«“`*(");
        let rest = cursor.rest();
        let length = rest.find(|char: char| char.is_whitespace() || "/:,|;\\\"'»”`*)[]".contains(char))?;
        let name = Candidate::read(cursor.limit(length), false).filter(|name| name.text.len() <= LONGEST_NAME)?;
        let spoken = name.text.contains(char::is_alphanumeric);
        let (separator, after) = separator(cursor.skip(length).eat_any("\"'»”`*)"))?;
        let secret = Candidate::read(after, false).filter(|_| !is_labelled(after))?;
        spoken.then_some(Self { name, separator, secret })
    }
}

fn separator(cursor: Cursor<'_>) -> Option<(Separator, Cursor<'_>)> {
    let next = cursor.blanks();
    if let Some(after) = next.eat("/").or(next.eat("|")).or(next.eat("\\")) {
        return (!after.rest().starts_with('/')).then_some((Separator::Slash, after));
    }
    if let Some(after) = next.eat(":") {
        return (!after.rest().starts_with(['/', ':'])).then_some((Separator::Tight, after));
    }
    if let Some(after) = next.eat(",").or(next.eat("- ")).or(next.eat("– ")) {
        return Some((Separator::Listed, after));
    }
    match next.word() {
        Some(("og" | "and", after)) => Some((Separator::Listed, after)),
        _ => Some((Separator::Blank, next)).filter(|_| next.at() > cursor.at()),
    }
}

/// True for "pass: …", whose own label finds the secret.
fn is_labelled(cursor: Cursor<'_>) -> bool {
    let label = cursor.blanks().word().filter(|(word, _)| trigger(&lower(word)).is_some());
    label.is_some_and(|(_, after)| colon(after).is_some())
}

fn has_capital_or_symbol(text: &str) -> bool {
    text.contains(|char: char| char.is_uppercase() || is_symbol(char))
}

fn is_symbol(char: char) -> bool {
    !char.is_alphanumeric() && !"-._/".contains(char)
}

fn span(secret: &Candidate) -> Span {
    Span::new(secret.start, secret.end(), Kind::Password)
}
