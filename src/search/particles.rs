//! Verbs with a particle: `skrive ut` is about printing, not about writing.

use std::collections::{HashMap, HashSet};

use super::analysis::Family;
use super::english::English;
use super::norwegian::Norwegian;

/// How many words may stand between a verb and its particle: `logget meg inn`, `skriver dokumentet ut`.
const MOST_BETWEEN: usize = 2;
/// How many first letters are compared before a word is brought to its normal form.
const BEGINNING: usize = 2;
/// What a verb alone counts where its particle stands with it.
const VERB_ALONE: f32 = 0.4;
/// What the normal form of a word counts that means something else in other inflections.
const AMBIGUOUS: f32 = 0.6;

/// Which verbs and particles stand for one matter, and the word for it.
#[derive(Debug, Default)]
pub(crate) struct Particles {
    /// The normal form of the matter's word, in Norwegian and in English.
    matters: Vec<[String; 2]>,
    /// Particle, then the verb's normal form.
    verbs: HashMap<&'static str, HashMap<String, usize>>,
    /// Normal forms of single words that say the same.
    single: HashMap<String, usize>,
    /// Written forms that are ambiguous in other inflections.
    exact: HashMap<&'static str, usize>,
    /// The first letters of all words above: what begins otherwise need not be looked up.
    beginnings: HashSet<String>,
}

impl Particles {
    pub(crate) fn new(norwegian: &Norwegian, english: &English) -> Self {
        let mut particles = Self::default();
        let lines = include_str!("words/particle-verbs.txt").lines().filter(|line| !line.starts_with('#'));
        for (heads, written) in lines.filter_map(|line| line.split_once(": ")) {
            let Some((nb, en)) = heads.split_once(' ') else { continue };
            particles.matters.push([norwegian.normal(nb), english.normal(en)]);
            for phrase in written.split(", ") {
                particles.add(phrase, |word| [norwegian.normal(word), english.normal(word)]);
            }
        }
        particles
    }

    fn add(&mut self, phrase: &'static str, normals: impl Fn(&str) -> [String; 2]) {
        let matter = self.matters.len() - 1;
        self.beginnings.insert(beginning(phrase.trim_start_matches('=')));
        if let Some(form) = phrase.strip_prefix('=') {
            self.exact.insert(form, matter);
            return;
        }
        let (verb, particle) = phrase.split_once(' ').map_or((phrase, None), |(verb, rest)| (verb, Some(rest)));
        let forms = match particle {
            Some(particle) => self.verbs.entry(particle).or_default(),
            None => &mut self.single,
        };
        for normal in normals(verb) {
            forms.entry(normal).or_insert(matter);
        }
    }

    /// The word that stands for the matter of the first of `words`, and where its particle is, if it has one.
    pub(crate) fn of<N>(&self, family: Family, words: &[String], normal: impl Fn(Family, &str) -> N) -> Option<Unit<'_>>
    where
        N: AsRef<str>,
    {
        let first = words.first().filter(|first| self.beginnings.contains(&beginning(first)))?;
        if let Some(&matter) = self.exact.get(first.as_str()) {
            return Some(Unit { matter: &self.matters[matter][family as usize], particle: None, own: AMBIGUOUS });
        }
        let after = words.iter().enumerate().skip(1).take(MOST_BETWEEN + 1);
        let particle = after.map(|(at, word)| (at, self.verbs.get(word.as_str()))).find_map(|(at, verbs)| Some((at, verbs?)));
        let found =
            |forms: &HashMap<String, usize>| Family::ALL.iter().find_map(|of| forms.get(normal(*of, first).as_ref()).copied());
        let with_particle = particle.and_then(|(at, verbs)| Some((found(verbs)?, Some(at))));
        let (matter, particle) = with_particle.or_else(|| Some((found(&self.single)?, None)))?;
        let own = if particle.is_some() { VERB_ALONE } else { 1.0 };
        Some(Unit { matter: &self.matters[matter][family as usize], particle, own })
    }
}

fn beginning(word: &str) -> String {
    word.chars().take(BEGINNING).collect()
}

/// A verb with its particle, or a word that says the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit<'a> {
    /// The normal form of the matter's word.
    pub(crate) matter: &'a str,
    /// How many words further on its particle is.
    pub(crate) particle: Option<usize>,
    /// 0 to 1: how much the word says by itself.
    pub(crate) own: f32,
}
