//! Why a text is understood and answered as it is: every step, as plain data.

use std::collections::BTreeSet;

use super::answer::{Candidate, Intent, Thresholds, Verdict, weigh};
use super::lang::Lang;

/// Why a text is answered as it is.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The language it is taken for, and why.
    pub detected: Detected,
    /// What it wants.
    pub intent: Intent,
    /// Which rule found that; `None` for a plain question.
    pub intent_rule: Option<&'static str>,
    /// Its words after analysis, for the family of languages that the first candidate belongs to.
    pub words: Vec<WordShown>,
    /// The candidates, best first, at most twenty.
    pub candidates: Vec<CandidateShown>,
    /// From which confidence on it is answered or offered.
    pub thresholds: Thresholds,
}

/// Which language a text was taken for, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detected {
    /// The language; `None` where the text does not tell.
    pub lang: Option<Lang>,
    /// How strongly words and letters spoke for (or against) bokmål, nynorsk and English, in tenths of a logit.
    pub cues: [i32; 3],
}

/// How a word of the question was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Articles use it.
    Known,
    /// Articles write it together with its neighbour.
    Joined,
    /// It is a verb whose particle says what it is about, or a word for the same matter.
    Particle,
    /// Articles have it in the other language.
    Translated,
    /// The glossary has other words for it.
    Glossary,
    /// It is taken for a typing error.
    Repaired,
    /// It is made of words that articles use.
    Split,
    /// Articles use words like it.
    Alike,
    /// Nothing like it is known.
    Unknown,
}

/// A word of the question that says something.
#[derive(Clone, Debug, PartialEq)]
pub struct WordShown {
    /// As it was written, in lower case.
    pub text: String,
    /// How it was recognised.
    pub recognised: Recognised,
    /// How much it tells articles apart.
    pub weight: f32,
    /// The normal forms that are looked for, each with what it counts (0 to 1).
    pub stands_for: Vec<(String, f32)>,
}

/// A candidate and what spoke for it.
#[derive(Clone, Debug)]
pub struct CandidateShown {
    /// The candidate.
    pub candidate: Candidate,
    /// The ranking score: the sum of the contributions of `features`.
    pub score: f32,
    /// What ranking rests on.
    pub features: Vec<Contribution>,
    /// What confidence rests on.
    pub signs: Vec<Contribution>,
    /// The words of its passage that the question asks for, as they stand there but in lower case.
    pub matched: BTreeSet<String>,
}

/// A figure and what it contributes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// What is measured.
    pub name: &'static str,
    /// The figure.
    pub value: f32,
    /// The figure times its weight.
    pub contribution: f32,
}

/// What the bot does about a text at the beginning of a conversation, where no language model advises it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// It answers with the first candidate.
    Answer,
    /// It offers the first few.
    Offer,
    /// It hands off, because no candidate is good enough.
    HandOff,
    /// What the text wants decides, whatever the candidates are.
    AsItWants,
}

impl Explanation {
    /// What the bot does about it.
    #[must_use]
    pub fn follows(&self) -> Follows {
        let first = self.candidates.first().map(|shown| &shown.candidate);
        match (self.intent, first.map(|first| weigh(std::slice::from_ref(first), self.thresholds))) {
            (Intent::Question, Some(Verdict::Answer(_))) => Follows::Answer,
            (Intent::Question, Some(Verdict::Offer(_))) => Follows::Offer,
            (Intent::Question, Some(Verdict::HandOff) | None) => Follows::HandOff,
            _ => Follows::AsItWants,
        }
    }
}

impl Contribution {
    /// Those that contribute most, for or against, at most `most`; none that contribute nothing.
    #[must_use]
    pub fn strongest(all: &[Self], most: usize) -> Vec<Self> {
        let mut strongest: Vec<Self> = all.iter().copied().filter(|one| one.contribution.abs() >= 0.005).collect();
        strongest.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        strongest.truncate(most);
        strongest
    }
}

/// Whether a character can be part of one of the words in [`CandidateShown::matched`]: letters, digits, and what joins them.
#[must_use]
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '`' | '´')
}
