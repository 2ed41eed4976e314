//! Analysing many texts: what a written word stands for is found out once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::analysis::{Analysis, Family};

/// Remembers the normal forms of the words that it has seen.
pub(crate) struct Memo<'a> {
    analysis: &'a Analysis,
    normals: [RefCell<HashMap<Box<str>, Rc<str>>>; Family::ALL.len()],
}

/// A term of a text.
pub(crate) struct Term<'w> {
    /// The word that stands there; `None` for the matter of a verb and its particle.
    pub(crate) written: Option<&'w str>,
    /// The normal form.
    pub(crate) normal: Rc<str>,
}

impl<'a> Memo<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, normals: Family::ALL.map(|_| RefCell::default()) }
    }

    /// What it analyses with.
    pub(crate) const fn analysis(&self) -> &'a Analysis {
        self.analysis
    }

    /// The words of a text that say something; a verb with its particle gives a term for the matter as well.
    pub(crate) fn terms<'w>(&self, family: Family, words: &'w [String]) -> Vec<Term<'w>> {
        let mut terms: Vec<Term<'w>> = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            if !self.analysis.is_stop(family, word) {
                terms.push(Term { written: Some(word), normal: self.normal(family, word) });
            }
            let unit = self.analysis.unit_by(family, &words[at..], |family, word| self.normal(family, word));
            let new = unit.filter(|unit| terms.last().is_none_or(|last| *last.normal != *unit.matter));
            terms.extend(new.map(|unit| Term { written: None, normal: unit.matter.into() }));
        }
        terms
    }

    fn normal(&self, family: Family, word: &str) -> Rc<str> {
        let mut normals = self.normals[family as usize].borrow_mut();
        if let Some(known) = normals.get(word) {
            return Rc::clone(known);
        }
        let normal: Rc<str> = self.analysis.normal(family, word).into();
        normals.insert(word.into(), Rc::clone(&normal));
        normal
    }
}
