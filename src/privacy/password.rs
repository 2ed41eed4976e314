//! Passwords and PINs that people type in: "passordet mitt er …", "pw: …", "PIN 1234".

use super::cursor::Cursor;
use super::lexicon::{BREAKS, COPULAS, OPENERS, OTHER_LABELS, POSSESSIVES, Trigger, trigger};
use super::phrasing::{colon, past_fillers, past_list_words, past_parentheses, past_possessives, weak_separator};
use super::secret::Candidate;
use super::shape::Shape;
use super::verdict::{Link, Scene};
use super::words::{Word, lower};
use super::{Kind, Span, login};

/// How many words may stand between the trigger and the verb or colon.
const WORDS_BETWEEN: usize = 7;

/// How many words before the trigger are read, and how many bytes where it is the secret that stands before.
const WORDS_BEFORE: usize = 4;
const BYTES_BEFORE: usize = 160;

/// How many secrets one trigger may announce: "Sommer24 eller Vinter24".
const SECRETS: usize = 6;

/// How many words a passphrase may have.
const PHRASE: usize = 6;

/// A trigger in its text, and how what follows it is read.
struct Reader<'a> {
    scene: Scene<'a>,
    in_query: bool,
}

/// Finds the passwords and PINs that a text announces.
pub(super) fn find(text: &str, words: &[Word]) -> Vec<Span> {
    let triggers = words.iter().enumerate().filter_map(|(index, word)| Some((index, word, trigger(&word.lower)?)));
    let secrets = triggers.filter(|(_, word, _)| !is_variable(text, word)).flat_map(|(index, word, trigger)| {
        let reader = Reader::new(text, words, index, trigger);
        let after = match login::order(text, words, index) {
            Some(order) => login::joint(text, order).into_iter().collect(),
            None => reader.announced(Cursor::new(text, word.end)),
        };
        after.into_iter().chain(reader.told_before(text, word.start))
    });
    secrets.map(|secret| Span::new(secret.start, secret.end(), Kind::Password)).collect()
}

impl<'t> Reader<'t> {
    fn new(text: &str, words: &'t [Word], index: usize, trigger: Trigger) -> Self {
        let before = words.get(index.saturating_sub(WORDS_BEFORE)..index).unwrap_or_default();
        let edge = words.get(index).map_or(text.len(), |word| word.start);
        let same_line = |word: &Word| text.get(word.end..edge).is_some_and(|between| !between.contains('\n'));
        let line = before.iter().position(same_line).and_then(|first| before.get(first..));
        let scene = Scene::new(trigger, line.unwrap_or_default());
        Self { scene, in_query: is_query_key(text.get(..edge).unwrap_or_default()) }
    }

    /// The secrets after the trigger.
    fn announced<'a>(&self, cursor: Cursor<'a>) -> Vec<Candidate<'a>> {
        let (cursor, owned) = past_possessives(self.past_compound(cursor));
        let reader = Self { scene: self.scene.owned_too(owned), ..*self };
        let first = reader.label(cursor).or_else(|| reader.beside(cursor)).or_else(|| reader.remote(cursor));
        first.map(|first| reader.listed(first)).unwrap_or_default()
    }

    /// "PIN-kode", "pass ord": the rest of the trigger.
    fn past_compound<'a>(&self, cursor: Cursor<'a>) -> Cursor<'a> {
        let rest: &[&str] = match self.scene.trigger {
            Trigger::Pin => &["kode", "koden", "kodene", "code", "nummer", "number", "nr", "en"],
            Trigger::Pass => &["ord", "ordet", "orde", "word"],
            Trigger::Password | Trigger::Code => &[],
        };
        let next = cursor.eat("-").unwrap_or(cursor.blanks()).word();
        next.filter(|(word, _)| rest.contains(&lower(word).as_str())).map_or(cursor, |(_, after)| after)
    }

    /// "passord: …"
    fn label<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let after = colon(cursor)?;
        if let Some(next) = after.next_line() {
            return Candidate::read(next, false).filter(|secret| secret.shape == Shape::Strong);
        }
        let secret = self.read(after)?;
        let face = cursor.peek().is_some_and(char::is_whitespace) && secret.start == after.at();
        let smiley = face && secret.text.chars().count() == 1;
        (!smiley && self.scene.accepts(Link::Label, &secret)).then_some(secret)
    }

    /// "passord Sommer24", "endret passordet til Sommer24"
    fn beside<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let apart = |char: char| char.is_whitespace() || "\"'«“”„‘`;|,>".contains(char);
        let next = cursor.peek().filter(|char| apart(*char)).map(|_| cursor.blanks())?;
        let (next, link) = match next.word() {
            Some(("til" | "to" | "fra" | "frå" | "from", after)) if self.scene.is_changing() => (after, Link::Change),
            _ => (weak_separator(next, self.scene.owned).unwrap_or(next), Link::Beside),
        };
        self.read(next).filter(|secret| self.scene.accepts(link, secret))
    }

    /// Looks for a verb or a colon some words on.
    fn remote<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let mut cursor = past_parentheses(cursor);
        let mut previous = String::new();
        let mut opened = self.scene.owned;
        for _ in 0..WORDS_BETWEEN {
            if let Some(after) = colon(cursor).filter(|_| !OTHER_LABELS.has(&previous)) {
                return self.read(after).filter(|secret| self.scene.accepts(Link::Remote, secret));
            }
            let (word, after) = cursor.blanks().word()?;
            let word = lower(word);
            opened |= previous.is_empty() && OPENERS.has(&word);
            if BREAKS.has(&word) || trigger(&word).is_some() {
                return None;
            }
            if COPULAS.has(&word)
                && (opened || previous.is_empty())
                && let Some(secret) = self.equated(past_fillers(after))
            {
                return Some(secret);
            }
            (cursor, previous) = (past_parentheses(after), word);
        }
        None
    }

    /// What stands after "er": one piece, or the words of a passphrase.
    fn equated<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let mut readings = [self.read(cursor), self.phrase(cursor)].into_iter().flatten();
        readings.find(|secret| self.scene.accepts(Link::Copula, secret))
    }

    /// The candidate at a place, with the digits that belong to it: "Sommer 2024", "12 34".
    fn read<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let secret = Candidate::read(cursor, self.in_query)?;
        let pin = matches!(self.scene.trigger, Trigger::Pin | Trigger::Code);
        let wanted = |next: &Candidate| match (secret.shape, next.shape) {
            (Shape::Digits(first @ (2 | 4)), Shape::Digits(second)) => pin && first == second,
            (Shape::Plain, Shape::Digits(2..=4)) => !pin && !secret.is_ordinary(),
            _ => false,
        };
        Some(secret.joined(|next| wanted(next) && !next.counts_something()).unwrap_or(secret))
    }

    /// "blå hest batteri", if nothing else is said in the clause.
    fn phrase<'a>(&self, cursor: Cursor<'a>) -> Option<Candidate<'a>> {
        let first = Candidate::read(cursor, false);
        let mut phrase = first.filter(|first| self.scene.owned && first.is_phrase_word())?;
        for _ in 1..PHRASE {
            let Some(longer) = phrase.joined(Candidate::is_phrase_word) else {
                break;
            };
            phrase = longer;
        }
        Some(phrase)
    }

    /// The secret and those that are listed after it: "Sommer24, nå er det Vinter24".
    fn listed<'a>(&self, first: Candidate<'a>) -> Vec<Candidate<'a>> {
        let mut secrets = vec![first];
        let mut cursor = past_list_words(first.after);
        while let Some(next) = self.read(cursor).filter(|next| self.continues(&first, next)) {
            cursor = past_list_words(next.after);
            secrets.push(next);
            if secrets.len() == SECRETS {
                break;
            }
        }
        secrets
    }

    fn continues(&self, first: &Candidate, next: &Candidate) -> bool {
        let same_pin = self.scene.trigger == Trigger::Pin && next.shape == first.shape;
        let alike = next.shape == Shape::Strong || same_pin;
        let apart = next.start > first.after.at() && !next.is_field();
        apart && alike && self.scene.accepts(Link::Beside, next)
    }

    /// "Sommer24 er passordet mitt", "1234 som PIN".
    fn told_before<'a>(&self, text: &'a str, trigger: usize) -> Option<Candidate<'a>> {
        let from = text.ceil_char_boundary(trigger.saturating_sub(BYTES_BEFORE));
        let line = text.get(from..trigger)?.rsplit('\n').next()?;
        let mut chunks = line.split_whitespace().rev().skip_while(|chunk| POSSESSIVES.has(&lower(chunk)));
        let verb = lower(chunks.next()?);
        let told = ["er", "e", "is", "var", "was", "som", "as"].contains(&verb.as_str());
        let secret = chunks.next().filter(|_| told && line.ends_with(char::is_whitespace))?;
        let start = trigger - line.len() + line.rfind(secret)?;
        let secret = Candidate::read(Cursor::new(text, start), false)?;
        self.scene.accepts(Link::Reversed, &secret).then_some(secret)
    }
}

/// True after `?` or `&`, with the rest of the key between: `?user_` before "password".
fn is_query_key(before: &str) -> bool {
    let key = |char: char| char.is_ascii_alphabetic() || "_-.".contains(char);
    before.trim_end_matches(key).ends_with(['?', '&'])
}

/// `$PWD`
fn is_variable(text: &str, word: &Word) -> bool {
    text.get(..word.start).is_some_and(|before| before.ends_with("$(") || before.ends_with('$'))
}
