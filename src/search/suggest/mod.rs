//! Suggestions while somebody types: titles and example questions that have what stands in the field already.
//!
//! `words` says how well a word of the field fits a word of a phrase; here phrases are weighed by it. All of it is in memory.

#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::article::Suggestion;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

use super::analysis::{Analysis, Family};
use super::concepts::Concepts;
use super::text::words;
use super::version::Version;

use self::words::{Fits, Known, Typed};

/// How many of the field's words are looked at, the last ones.
const MOST_WORDS: usize = 8;
/// The fewest letters that anything is suggested for.
const FEWEST_LETTERS: usize = 2;
/// How much of what was typed a phrase must have, of what the words are worth.
const ENOUGH: f32 = 0.5;
/// What a word is worth that says nothing of the matter.
const STOP: f32 = 0.15;
/// How much less a word is worth that no phrase has.
const UNKNOWN: f32 = 0.5;
/// What speaks for a phrase beside the words that it has.
const TITLE: f32 = 0.08;
const READERS_LANGUAGE: f32 = 0.12;
const READERS_FAMILY: f32 = 0.04;
const BEGINS_WITH_IT: f32 = 0.06;
const NOTHING_ELSE: f32 = 0.1;

/// The titles and example questions of all articles, by their words.
#[derive(Debug, Default)]
pub(crate) struct Suggestions {
    phrases: Vec<Phrase>,
    words: Vec<Known>,
}

/// A title, or a question that an editor gave as an example. What was learned from employees is never shown to others.
#[derive(Debug)]
struct Phrase {
    version: Arc<Version>,
    question: Option<usize>,
    words: usize,
}

/// What is known while ranking: how to read words.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'r> {
    pub(crate) analysis: &'r Analysis,
    pub(crate) concepts: &'r Concepts,
}

/// How well phrases fit, by their number.
struct Scores {
    sums: Vec<f32>,
    begin: Vec<bool>,
    reached: Vec<usize>,
    /// What all the words together are worth.
    worth: f32,
    /// Whether one of them says something of the matter.
    telling: bool,
}

impl Suggestions {
    /// The phrases of these articles.
    pub(crate) fn new(versions: &[Arc<Version>], analysis: &Analysis) -> Self {
        let mut made = Self::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for version in versions {
            let article = &version.article;
            made.add(version, None, &article.title, &mut numbers, analysis);
            for (number, question) in article.questions.iter().enumerate() {
                made.add(version, Some(number), question, &mut numbers, analysis);
            }
        }
        made
    }

    fn add(
        &mut self,
        version: &Arc<Version>,
        question: Option<usize>,
        text: &str,
        numbers: &mut HashMap<String, usize>,
        analysis: &Analysis,
    ) {
        let phrase = self.phrases.len();
        let words = words(text);
        self.phrases.push(Phrase { version: Arc::clone(version), question, words: words.len() });
        for (at, word) in words.into_iter().enumerate() {
            let number = numbers.get(&word).copied().unwrap_or_else(|| {
                self.words.push(Known::new(&word, analysis));
                numbers.insert(word, self.words.len() - 1);
                self.words.len() - 1
            });
            self.words[number].stands_in(phrase, at);
        }
    }

    /// At most `most` articles for what was typed so far, best first, each once. Where it fits about as well, the version in the
    /// reader's language is suggested.
    pub(crate) fn of(&self, typed: &str, reader: Lang, most: usize, reading: Reading<'_>) -> Vec<Suggestion> {
        let ended = !typed.ends_with(char::is_alphanumeric);
        let words = words(typed);
        if words.iter().map(|word| word.chars().count()).sum::<usize>() < FEWEST_LETTERS {
            return Vec::new();
        }
        let words = &words[words.len().saturating_sub(MOST_WORDS)..];
        let scores = self.score(words, ended, reading);
        let mut best: BTreeMap<&Slug, (f32, &Phrase)> = BTreeMap::new();
        for &number in &scores.reached {
            let phrase = &self.phrases[number];
            let Some(fit) = scores.fit(number, phrase, reader) else { continue };
            let known = best.entry(&phrase.version.article.article.slug).or_insert((fit, phrase));
            if fit > known.0 {
                *known = (fit, phrase);
            }
        }
        let mut best: Vec<(f32, &Phrase)> = best.into_values().collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0));
        best.into_iter().take(most).map(|(_, phrase)| phrase.suggestion()).collect()
    }

    fn score(&self, words: &[String], ended: bool, reading: Reading<'_>) -> Scores {
        let count = self.phrases.len();
        let mut scores =
            Scores { sums: vec![0.0; count], begin: vec![false; count], reached: Vec::new(), worth: 0.0, telling: false };
        let mut fits = Fits::none(count);
        for at in 0..words.len() {
            let unfinished = at + 1 == words.len() && !ended;
            let typed = Typed::new(&words[at..], unfinished, reading);
            fits.clear();
            self.fit(&typed, &mut fits);
            scores.take_in(&fits, at == 0, typed.says_nothing, count);
        }
        scores
    }

    /// How well each phrase fits a word. Typing errors are looked for where nothing fits otherwise.
    fn fit(&self, typed: &Typed<'_>, fits: &mut Fits) {
        for known in &self.words {
            fits.add(known, typed.likeness(known));
        }
        if fits.len() == 0 {
            for known in &self.words {
                fits.add(known, typed.likeness_in_spite_of_errors(known));
            }
        }
    }
}

impl Scores {
    fn take_in(&mut self, fits: &Fits, first: bool, says_nothing: bool, phrases: usize) {
        let worth = match fits.len() {
            _ if says_nothing => STOP,
            0 => UNKNOWN * worth(0, phrases),
            have_it => worth(have_it, phrases),
        };
        self.worth += worth;
        self.telling |= !says_nothing;
        for (phrase, share, at) in fits.phrases() {
            if self.sums[phrase] == 0.0 {
                self.reached.push(phrase);
            }
            self.sums[phrase] += share * worth;
            self.begin[phrase] |= first && at == 0;
        }
    }

    /// How well a phrase fits in all, 0 to about 1.4; `None` where it has too little of what was typed.
    fn fit(&self, number: usize, phrase: &Phrase, reader: Lang) -> Option<f32> {
        let share = self.sums[number] / self.worth.max(f32::EPSILON);
        let lang = phrase.version.lang();
        let language = match lang {
            lang if lang == reader => READERS_LANGUAGE,
            lang if Family::of(lang) == Family::of(reader) => READERS_FAMILY,
            _ => 0.0,
        };
        let given = |condition: bool, bonus: f32| if condition { bonus } else { 0.0 };
        let bonus = given(phrase.question.is_none(), TITLE) + given(self.begin[number], BEGINS_WITH_IT) + language;
        (share >= ENOUGH && self.telling).then(|| share + bonus + NOTHING_ELSE / small(phrase.words.max(1)))
    }
}

impl Phrase {
    fn suggestion(&self) -> Suggestion {
        let article = &self.version.article;
        let question = self.question.and_then(|number| article.questions.get(number)).cloned();
        Suggestion { article: article.article.clone(), title: article.title.clone(), question }
    }
}

/// What a word is worth that so many of the phrases have: the fewer, the more.
fn worth(have_it: usize, phrases: usize) -> f32 {
    (1.0 + small(phrases) / small(1 + have_it)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "phrases and words are counted, far below what a float holds exactly")]
fn small(count: usize) -> f32 {
    count as f32
}
