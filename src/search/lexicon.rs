//! The words that the articles of one family use now: what is known, how rare it is, what it is made of.

use std::collections::HashMap;
use std::sync::Arc;

use super::vocabulary::{FormId, Vocabulary};

pub(crate) use super::vocabulary::TermId;

/// What a word that says little counts of its rarity.
const GENERIC: f32 = 0.5;
/// The shortest part of a compound, in letters.
const SHORTEST_PART: usize = 3;
/// The place of what no article uses.
const NOWHERE: u32 = u32::MAX;

/// The part of a vocabulary that one state of the articles uses, with what it weighs there.
///
/// What numbers words have depends on what was read before; which of two equally good words comes first does not: it is the one
/// that the articles use first.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    vocabulary: Arc<Vocabulary>,
    /// The terms in the order in which articles use them first, and where each term is there.
    terms: Vec<TermId>,
    term_places: Vec<u32>,
    /// How many written forms are used, and which of them each form is.
    forms: u32,
    form_places: Vec<u32>,
    articles_with: Vec<u32>,
    articles: u32,
    weights: Vec<f32>,
    parts: HashMap<TermId, (TermId, TermId)>,
    compounds: HashMap<TermId, Vec<Compound>>,
}

/// The words that one article uses.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used<'a> {
    /// The distinct written forms, in the order in which they are used first.
    pub(crate) forms: &'a [FormId],
    /// The distinct terms beside those that are written.
    pub(crate) unwritten: &'a [TermId],
}

/// A compound that a term is part of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compound {
    pub(crate) whole: TermId,
    /// Whether the term is the last part, which says what kind of thing the whole is.
    pub(crate) is_head: bool,
}

impl Lexicon {
    /// A lexicon in which nothing is used yet.
    pub(crate) fn of(vocabulary: Arc<Vocabulary>) -> Self {
        let (term_places, form_places) = (vec![NOWHERE; vocabulary.terms()], vec![NOWHERE; vocabulary.forms()]);
        let articles_with = vec![0; vocabulary.terms()];
        Self { vocabulary, term_places, form_places, articles_with, ..Self::default() }
    }

    /// Notes the words that an article uses, and those distinct terms among them that it is counted for.
    pub(crate) fn count(&mut self, used: Used<'_>, counted: impl Iterator<Item = TermId>) {
        for &form in used.forms {
            let place = &mut self.form_places[form as usize];
            if *place == NOWHERE {
                *place = self.forms;
                self.forms += 1;
            }
        }
        let written = used.forms.iter().map(|&form| self.vocabulary.form(form).term);
        for term in written.chain(used.unwritten.iter().copied()) {
            let place = &mut self.term_places[term as usize];
            if *place == NOWHERE {
                *place = u32::try_from(self.terms.len()).unwrap_or(NOWHERE - 1);
                self.terms.push(term);
            }
        }
        self.articles += 1;
        for term in counted {
            self.articles_with[term as usize] += 1;
        }
    }

    /// Weighs the terms and finds out which are made of two others. To be called once, when everything is counted.
    pub(crate) fn complete(&mut self, is_generic: impl Fn(&str) -> bool) {
        let weight =
            |(term, &with): (TermId, &u32)| self.weight_of_count(with) * if is_generic(self.text(term)) { GENERIC } else { 1.0 };
        self.weights = (0..).zip(&self.articles_with).map(weight).collect();
        for &whole in &self.terms {
            let Some((modifier, head)) = self.split(self.text(whole)) else { continue };
            self.parts.insert(whole, (modifier, head));
            self.compounds.entry(modifier).or_default().push(Compound { whole, is_head: false });
            self.compounds.entry(head).or_default().push(Compound { whole, is_head: true });
        }
    }

    /// The two known terms that a normal form is made of, with an `s` or `e` between them or not; the most even split wins.
    pub(crate) fn split(&self, normal: &str) -> Option<(TermId, TermId)> {
        let letters = normal.chars().count();
        let cuts = normal.char_indices().map(|(at, _)| at).enumerate().skip(SHORTEST_PART);
        let splits = cuts.take_while(|(front, _)| letters - front >= SHORTEST_PART).filter_map(|(front, cut)| {
            let head = self.worth_joining(&normal[cut..])?;
            let modifier = self.modifier(&normal[..cut])?;
            Some((front.min(letters - front), modifier, head))
        });
        splits.max_by_key(|&(shorter, ..)| shorter).map(|(_, modifier, head)| (modifier, head))
    }

    fn modifier(&self, front: &str) -> Option<TermId> {
        let bare = front.strip_suffix('s').or_else(|| front.strip_suffix('e'));
        let long_bare = bare.filter(|bare| bare.chars().count() >= SHORTEST_PART);
        self.worth_joining(front).or_else(|| long_bare.and_then(|bare| self.worth_joining(bare)))
    }

    fn worth_joining(&self, normal: &str) -> Option<TermId> {
        let term = self.vocabulary.term(normal)?;
        (self.articles_with(term) > 0 && !normal.chars().any(|c| c.is_ascii_digit())).then_some(term)
    }

    /// The term with this normal form.
    pub(crate) fn term(&self, normal: &str) -> Option<TermId> {
        self.vocabulary.term(normal).filter(|&term| self.term_places[term as usize] != NOWHERE)
    }

    /// The term that a word is written for, where articles write it so.
    pub(crate) fn written(&self, form: &str) -> Option<TermId> {
        let form = self.vocabulary.written(form)?;
        self.place_of_form(form).map(|_| self.vocabulary.form(form).term)
    }

    /// A term's normal form.
    pub(crate) fn text(&self, term: TermId) -> &str {
        self.vocabulary.text(term)
    }

    /// The compounds that a term is part of.
    pub(crate) fn compounds_of(&self, term: TermId) -> &[Compound] {
        self.compounds.get(&term).map_or(&[], Vec::as_slice)
    }

    /// The parts of a compound.
    pub(crate) fn parts_of(&self, term: TermId) -> Option<(TermId, TermId)> {
        self.parts.get(&term).copied()
    }

    /// How much a term tells articles apart: the logarithm of how rare it is.
    pub(crate) fn weight(&self, term: TermId) -> f32 {
        self.weights[term as usize]
    }

    /// The weight of a word that no article has.
    pub(crate) fn weight_of_unknown(&self) -> f32 {
        self.weight_of_count(1)
    }

    /// How many articles have a term.
    pub(crate) fn articles_with(&self, term: TermId) -> u32 {
        self.articles_with[term as usize]
    }

    /// Where a term is in the order of first use; it has to be one that articles use.
    pub(crate) fn place_of_term(&self, term: TermId) -> u32 {
        self.term_places[term as usize]
    }

    /// Where a written form is in the order of first use; `None` where no article uses it.
    pub(crate) fn place_of_form(&self, form: FormId) -> Option<u32> {
        Some(self.form_places[form as usize]).filter(|&place| place != NOWHERE)
    }

    /// The vocabulary that the numbers are of.
    pub(crate) const fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Whether most of the vocabulary is of articles that are gone.
    pub(crate) fn is_outgrown(&self) -> bool {
        self.vocabulary.forms() > 2 * self.forms as usize
    }

    #[expect(clippy::cast_precision_loss, reason = "article counts are far below 2^23")]
    fn weight_of_count(&self, with: u32) -> f32 {
        let (all, with) = (self.articles as f32, with as f32);
        (1.0 + (all - with + 0.5).max(0.0) / (with + 0.5)).ln()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A lexicon of words that are their own normal forms.
    pub(crate) fn lexicon(words: &[&str]) -> Lexicon {
        let mut vocabulary = Vocabulary::default();
        let forms: Vec<FormId> = words.iter().map(|word| vocabulary.learn(word, word)).collect();
        let terms: Vec<TermId> = forms.iter().map(|&form| vocabulary.form(form).term).collect();
        let mut lexicon = Lexicon::of(Arc::new(vocabulary));
        lexicon.count(Used { forms: &forms, unwritten: &[] }, terms.into_iter());
        lexicon.complete(|_| false);
        lexicon
    }

    #[test]
    fn a_compound_is_split_into_what_is_known() {
        let lexicon = lexicon(&["arbeid", "plass", "tilgang", "arbeidsplass"]);
        let parts = |word| lexicon.split(word).map(|(modifier, head)| (lexicon.text(modifier), lexicon.text(head)));
        assert_eq!(parts("arbeidstilgang"), Some(("arbeid", "tilgang")));
        assert_eq!(parts("flyplass"), None);
        assert!(lexicon.term("arbeidsplass").and_then(|term| lexicon.parts_of(term)).is_some());
    }

    #[test]
    fn words_of_articles_that_are_gone_are_no_longer_known() {
        let mut vocabulary = Vocabulary::default();
        let (kept, gone) = (vocabulary.learn("plante", "plante"), vocabulary.learn("plantevegg", "plantevegg"));
        let mut lexicon = Lexicon::of(Arc::new(vocabulary));
        lexicon.count(Used { forms: &[kept], unwritten: &[] }, [kept].into_iter());
        lexicon.complete(|_| false);
        assert_eq!((lexicon.term("plante"), lexicon.term("plantevegg")), (Some(kept), None));
        assert_eq!((lexicon.written("plantevegg"), lexicon.place_of_form(gone)), (None, None));
        assert_eq!(lexicon.repair("plantevegh"), None);
    }
}
