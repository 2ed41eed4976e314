//! Patterns of words: `kan|vil noen * ring~ meg`.
//!
//! A word stands for itself, or for one typing error away where it is long; `a|b` is either, `ring~` any word that begins so,
//! `*` up to three words, `#` a number; `^` and `$` are the ends of the message.

use std::collections::HashMap;

use super::super::distance::typing_errors;

/// The longest gap that `*` leaps over, in words.
const GAP: usize = 3;
/// From this length on a word may have one typing error.
const FORGIVING_FROM: usize = 5;

/// The most bytes that a letter takes in these languages.
const MOST_BYTES: usize = 2;

/// The words of all patterns, each with a number.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<&'static str, usize>,
    by_first_letter: HashMap<char, Vec<(&'static str, usize)>>,
}

impl Vocabulary {
    fn number(&mut self, word: &'static str) -> usize {
        let next = self.numbers.len();
        let number = *self.numbers.entry(word).or_insert(next);
        if let (true, Some(first)) = (number == next, word.chars().next()) {
            self.by_first_letter.entry(first).or_default().push((word, number));
        }
        number
    }

    /// A message as patterns see it: for each word, which of their words it is.
    pub(crate) fn read(&self, words: &[String]) -> Vec<Spelled> {
        words.iter().map(|word| self.spelled(word)).collect()
    }

    fn spelled(&self, word: &str) -> Spelled {
        let same_first = word.chars().next().and_then(|first| self.by_first_letter.get(&first)).into_iter().flatten();
        let stands_for = same_first.filter(|(meant, _)| is_word(meant, word)).map(|(_, number)| *number).collect();
        Spelled { stands_for, is_number: word.len() > 1 && word.chars().all(|c| c.is_ascii_digit()) }
    }
}

/// A word of a message, as patterns see it.
#[derive(Clone, Debug)]
pub(crate) struct Spelled {
    stands_for: Vec<usize>,
    is_number: bool,
}

/// A pattern, parsed.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// As it stands in the table.
    pub(crate) source: &'static str,
    steps: Vec<Step>,
    at_start: bool,
    at_end: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Word(Vec<usize>),
    Number,
    Gap,
}

impl Pattern {
    pub(crate) fn new(source: &'static str, vocabulary: &mut Vocabulary) -> Self {
        let words = source.split_whitespace().filter(|word| !matches!(*word, "^" | "$"));
        let steps = words.map(|word| match word {
            "*" => Step::Gap,
            "#" => Step::Number,
            word => Step::Word(word.split('|').map(|word| vocabulary.number(word)).collect()),
        });
        Self { source, steps: steps.collect(), at_start: source.starts_with('^'), at_end: source.ends_with('$') }
    }

    /// Where in the message the pattern begins, if it is there.
    pub(crate) fn find(&self, words: &[Spelled]) -> Option<usize> {
        let has = |step: &Step| matches!(step, Step::Gap) || words.iter().any(|word| step.is(word));
        if !self.steps.iter().all(has) {
            return None;
        }
        let last_start = if self.at_start { 0 } else { words.len() };
        (0..=last_start).find(|&start| self.matches(&self.steps, &words[start..]))
    }

    fn matches(&self, steps: &[Step], words: &[Spelled]) -> bool {
        match steps.split_first() {
            None => !self.at_end || words.is_empty(),
            Some((Step::Gap, rest)) => (0..=GAP.min(words.len())).any(|gap| self.matches(rest, &words[gap..])),
            Some((step, rest)) => words.split_first().is_some_and(|(word, after)| step.is(word) && self.matches(rest, after)),
        }
    }
}

impl Step {
    fn is(&self, word: &Spelled) -> bool {
        match self {
            Self::Word(alternatives) => word.stands_for.iter().any(|number| alternatives.contains(number)),
            Self::Number => word.is_number,
            Self::Gap => true,
        }
    }
}

/// Whether `written` is what a table's word means: the word, its beginning where it ends in `~`, or one typing error away.
fn is_word(meant: &str, written: &str) -> bool {
    if let Some(beginning) = meant.strip_suffix('~') {
        return written.starts_with(beginning);
    }
    meant == written || is_typing_error(meant, written)
}

fn is_typing_error(meant: &str, written: &str) -> bool {
    if meant.len().min(written.len()) < FORGIVING_FROM - 1 || !may_be_near(meant, written) {
        return false;
    }
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    let (meant, written) = (letters(meant), letters(written));
    let long = meant.len() >= FORGIVING_FROM && written.len() >= FORGIVING_FROM - 1;
    long && meant[0] == written[0] && typing_errors(&meant, &written, 1).is_some()
}

/// A cheap look at two words: one error leaves nearly all of them alike from the front and from the back.
fn may_be_near(one: &str, other: &str) -> bool {
    let alike = |(a, b): &(u8, u8)| a == b;
    let front = one.bytes().zip(other.bytes()).take_while(alike).count();
    let back = one.bytes().rev().zip(other.bytes().rev()).take_while(alike).count();
    one.len().abs_diff(other.len()) <= MOST_BYTES && front + back + 2 * MOST_BYTES >= one.len().min(other.len())
}
