//! What tickets and questions are about: the normal forms of their words.

use std::collections::HashSet;

use crate::search::analysis::{Analysis, Family};
use crate::search::detect::Detector;
use crate::search::text::words;

/// By how much the cues of one family must lead for the other to be left out, in tenths of a logit: about 98 to 2.
const CLEAR: i32 = 40;
/// How many different words of a question are looked at.
const MOST_WORDS: usize = 40;
/// What a word that says in what state a thing is counts of its rarity.
const GENERIC: f32 = 0.5;
/// What a translated word counts of one that stands there itself.
const TRANSLATED: f32 = 0.7;

/// Brings words to the forms in which they meet.
#[derive(Debug)]
pub(super) struct Reading {
    analysis: Analysis,
    detector: Detector,
}

/// A word of a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// The forms in which tickets may have it, with what each counts.
    pub(super) forms: Vec<(String, f32)>,
    /// What it counts of its rarity.
    pub(super) share: f32,
}

impl Reading {
    pub(super) fn new() -> Self {
        Self { analysis: Analysis::new(), detector: Detector::new() }
    }

    /// The normal forms of a text's words, with a space between them.
    pub(super) fn terms(&self, text: &str) -> String {
        let (words, families) = (words(text), self.families(text));
        let forms = (0..words.len()).flat_map(|at| self.forms(&words[at..], families));
        forms.fold(String::with_capacity(text.len()), |terms, form| terms + &form + " ")
    }

    /// The different words of a question, in order. An English one is looked for in Norwegian too.
    pub(super) fn question(&self, text: &str) -> Vec<Word> {
        let (words, families) = (words(text), self.families(text));
        let mut known = HashSet::new();
        let word = |at: usize| {
            let forms = self.forms(&words[at..], families);
            let generic = self.analysis.is_generic(forms.first()?);
            let translations: &[String] =
                if families.contains(&Family::English) { self.analysis.in_norwegian(&words[at]) } else { &[] };
            let translations = translations.iter().filter(|form| !forms.contains(form)).map(|form| (form.clone(), TRANSLATED));
            let translations: Vec<_> = translations.collect();
            let forms = forms.into_iter().map(|form| (form, 1.0)).chain(translations).collect();
            Some(Word { forms, share: if generic { GENERIC } else { 1.0 } })
        };
        let different = (0..words.len()).filter_map(word).filter(|word| known.insert(word.forms[0].0.clone()));
        different.take(MOST_WORDS).collect()
    }

    /// Whose normal forms are used: where the text does not tell clearly, those of both families.
    fn families(&self, text: &str) -> &'static [Family] {
        let [nb, nn, en] = self.detector.detect(text).cues;
        let norwegian = nb.max(nn);
        if norwegian >= en + CLEAR {
            &[Family::Norwegian]
        } else if en >= norwegian + CLEAR {
            &[Family::English]
        } else {
            &Family::ALL
        }
    }

    /// The forms of the first of these words, and of the matter where it begins a verb with a particle; none where it says
    /// nothing.
    fn forms(&self, words: &[String], families: &[Family]) -> Vec<String> {
        let Some(word) = words.first() else { return Vec::new() };
        let mut forms: Vec<String> = Vec::new();
        for &family in families {
            let own =
                (!families.iter().any(|family| self.analysis.is_stop(*family, word))).then(|| self.analysis.normal(family, word));
            let matter = self.analysis.unit(family, words).map(|unit| unit.matter.to_owned());
            for form in own.into_iter().chain(matter) {
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        forms
    }
}
