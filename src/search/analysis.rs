//! One analysis for bokmål and nynorsk together, one for English.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::lang::Lang;

use super::english::English;
use super::lexicon::{Lexicon, Used};
use super::norwegian::Norwegian;
use super::particles::{Particles, Unit};
use super::vocabulary::{FormId, Vocabulary};

/// Written forms that share an analysis and a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Bokmål and nynorsk.
    Norwegian,
    /// English.
    English,
}

impl Family {
    pub(crate) const ALL: [Self; 2] = [Self::Norwegian, Self::English];

    /// The family of a language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Nb | Lang::Nn => Self::Norwegian,
            Lang::En => Self::English,
        }
    }

    /// What marks its terms in the index.
    pub(crate) const fn mark(self) -> char {
        match self {
            Self::Norwegian => 'n',
            Self::English => 'e',
        }
    }
}

/// How English spells what Norwegian has from the same Latin or Greek word.
const COGNATES: [(&str, &str); 10] = [
    ("ction", "ksjon"),
    ("tion", "sjon"),
    ("ssion", "sjon"),
    ("sion", "sjon"),
    ("ph", "f"),
    ("ck", "kk"),
    ("ch", "k"),
    ("qu", "kv"),
    ("x", "ks"),
    ("th", "t"),
];

/// Both analyses.
#[derive(Debug)]
pub(crate) struct Analysis {
    norwegian: Norwegian,
    english: English,
    /// From an English normal form to the normal forms of Norwegian words that mean the same.
    translations: HashMap<String, Vec<String>>,
    /// The English words that have a translation, to know them with a typing error.
    translated: Lexicon,
    particles: Particles,
    /// Normal forms of words that say little, in either family.
    generic: HashSet<String>,
}

impl Analysis {
    pub(crate) fn new() -> Self {
        let (norwegian, english) = (Norwegian::new(), English::new());
        let lines = include_str!("words/english-norwegian.txt").lines().filter(|line| !line.starts_with('#'));
        let translation = |line: &str| {
            let (word, meanings) = line.split_once(' ')?;
            Some((english.normal(word), meanings.split(' ').map(|meaning| norwegian.normal(meaning)).collect()))
        };
        let translations = lines.filter_map(translation).collect();
        let lines = include_str!("words/english-norwegian.txt").lines().filter(|line| !line.starts_with('#'));
        let mut vocabulary = Vocabulary::default();
        let translated = lines.filter_map(|line| line.split(' ').next());
        let forms: Vec<FormId> = translated.map(|word| vocabulary.learn(word, &english.normal(word))).collect();
        let mut translated = Lexicon::of(Arc::new(vocabulary));
        translated.count(Used { forms: &forms, unwritten: &[] }, std::iter::empty());
        let particles = Particles::new(&norwegian, &english);
        let lines = include_str!("words/generic.txt").lines().filter(|line| !line.starts_with('#'));
        let generic =
            lines.flat_map(str::split_whitespace).flat_map(|word| [norwegian.normal(word), english.normal(word)]).collect();
        Self { norwegian, english, translations, translated, particles, generic }
    }

    /// The verb with a particle, or the word that says the same, that `words` begin with.
    pub(crate) fn unit(&self, family: Family, words: &[String]) -> Option<Unit<'_>> {
        self.unit_by(family, words, |family, word| self.normal(family, word))
    }

    /// The same by normal forms that are known already.
    pub(crate) fn unit_by<N: AsRef<str>>(
        &self,
        family: Family,
        words: &[String],
        normal: impl Fn(Family, &str) -> N,
    ) -> Option<Unit<'_>> {
        self.particles.of(family, words, normal)
    }

    /// The normal forms of Norwegian words that mean the same as an English one.
    pub(crate) fn in_norwegian(&self, english: &str) -> &[String] {
        self.translations.get(&self.english.normal(english)).map_or(&[], Vec::as_slice)
    }

    /// The same for an English word with a typing error, or one that is spelled in Norwegian as it sounds in English.
    pub(crate) fn nearly_in_norwegian(&self, english: &str) -> Vec<String> {
        let repaired = self.translated.repair(english).and_then(|term| self.translations.get(self.translated.text(term)));
        repaired.cloned().unwrap_or_else(|| vec![self.norwegian.normal(&in_norwegian_spelling(english))])
    }

    /// Whether a normal form is of a word that says in what state a thing is rather than which thing.
    pub(crate) fn is_generic(&self, normal: &str) -> bool {
        self.generic.contains(normal)
    }

    /// Whether the word says nothing in either family.
    pub(crate) fn is_stop_anywhere(&self, word: &str) -> bool {
        Family::ALL.iter().any(|family| self.is_stop(*family, word))
    }

    /// Whether the word says nothing about what a text is about.
    pub(crate) fn is_stop(&self, family: Family, word: &str) -> bool {
        match family {
            Family::Norwegian => self.norwegian.is_stop(word),
            Family::English => self.english.is_stop(word),
        }
    }

    /// The form in which words of one meaning meet.
    pub(crate) fn normal(&self, family: Family, word: &str) -> String {
        match family {
            Family::Norwegian => self.norwegian.normal(word),
            Family::English => self.english.normal(word),
        }
    }
}

/// `configuration` as `konfigurasjon`, `calendar` as `kalendar`.
fn in_norwegian_spelling(english: &str) -> String {
    let spelled = COGNATES.iter().fold(english.to_owned(), |word, (from, to)| word.replace(from, to));
    let letters: Vec<char> = spelled.chars().collect();
    let letter = |(at, &c): (usize, &char)| {
        let soft = matches!(letters.get(at + 1), Some('e' | 'i' | 'y'));
        if c == 'c' { if soft { 's' } else { 'k' } } else { c }
    };
    letters.iter().enumerate().map(letter).collect()
}
