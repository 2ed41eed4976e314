//! Patterns of words: `kan|vil noen * ring~ meg`.
//!
//! A word stands for itself, or for one typing error away where it is long; `a|b` is either, `ring~` any word that begins so,
//! `*` up to three words, `#` a number; `^` and `$` are the ends of the message.

use super::super::distance::typing_errors;

/// The longest gap that `*` leaps over, in words.
const GAP: usize = 3;
/// From this length on a word may have one typing error.
const FORGIVING_FROM: usize = 5;

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
    Word(Vec<&'static str>),
    Number,
    Gap,
}

impl Pattern {
    pub(crate) fn new(source: &'static str) -> Self {
        let words = source.split_whitespace().filter(|word| !matches!(*word, "^" | "$"));
        let steps = words.map(|word| match word {
            "*" => Step::Gap,
            "#" => Step::Number,
            word => Step::Word(word.split('|').collect()),
        });
        Self { source, steps: steps.collect(), at_start: source.starts_with('^'), at_end: source.ends_with('$') }
    }

    /// Where in the message the pattern begins, if it is there.
    pub(crate) fn find(&self, words: &[String]) -> Option<usize> {
        let last_start = if self.at_start { 0 } else { words.len() };
        (0..=last_start).find(|&start| self.matches(&self.steps, &words[start..]))
    }

    fn matches(&self, steps: &[Step], words: &[String]) -> bool {
        match steps.split_first() {
            None => !self.at_end || words.is_empty(),
            Some((Step::Gap, rest)) => (0..=GAP.min(words.len())).any(|gap| self.matches(rest, &words[gap..])),
            Some((step, rest)) => words.split_first().is_some_and(|(word, after)| step.is(word) && self.matches(rest, after)),
        }
    }
}

impl Step {
    fn is(&self, word: &str) -> bool {
        match self {
            Self::Word(alternatives) => alternatives.iter().any(|alternative| is_word(alternative, word)),
            Self::Number => word.len() > 1 && word.chars().all(|c| c.is_ascii_digit()),
            Self::Gap => true,
        }
    }
}

/// Whether `written` is what a table's word means: the word, its beginning where it ends in `~`, or one typing error away.
pub(crate) fn is_word(meant: &str, written: &str) -> bool {
    if let Some(beginning) = meant.strip_suffix('~') {
        return written.starts_with(beginning);
    }
    meant == written || is_typing_error(meant, written)
}

fn is_typing_error(meant: &str, written: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<_>>();
    let same_start = meant.chars().next() == written.chars().next();
    let long = meant.chars().count() >= FORGIVING_FROM && written.chars().count() >= FORGIVING_FROM - 1;
    same_start && long && typing_errors(&letters(meant), &letters(written), 1).is_some()
}
