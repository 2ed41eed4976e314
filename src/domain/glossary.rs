//! The editors' glossary: words that people use for one and the same thing, in any language.

/// Words that are interchangeable when one asks a support desk. The first word of each list is the preferred term.
///
/// A word is a base form (`skjerm`, `logge inn`) or a short phrase, as the editors wrote it. No word stands twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// Bokmål words.
    pub nb: Vec<String>,
    /// Nynorsk words, where they differ from the bokmål ones.
    pub nn: Vec<String>,
    /// English words.
    pub en: Vec<String>,
    /// Nicknames, abbreviations, products, usual misspellings: of no language, and never a term to answer with.
    pub also: Vec<String>,
}

impl Concept {
    /// All its words: bokmål, nynorsk, English, and the others.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        [&self.nb, &self.nn, &self.en, &self.also].into_iter().flatten().map(String::as_str)
    }
}

/// The concepts of a knowledge base, in the editors' order. Empty where there is no glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Each has two words or more.
    pub concepts: Vec<Concept>,
}
