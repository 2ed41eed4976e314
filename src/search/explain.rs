//! What is shown of a question's way to its answer.

use std::collections::BTreeSet;

use crate::domain::explanation::{Contribution, is_of_word};

use super::analysis::{Analysis, Family};
use super::lexicon::{Lexicon, TermId};
use super::query::Query;
use super::text::words;

/// Names, figures and weights, side by side.
pub(crate) fn contributions<'a>(
    names: impl Iterator<Item = &'static str> + 'a,
    values: &'a [f32],
    weights: &'a [f32],
) -> Vec<Contribution> {
    let figures = values.iter().zip(weights);
    names.zip(figures).map(|(name, (&value, weight))| Contribution { name, value, contribution: value * weight }).collect()
}

/// The words of a passage that a question asks for, as they stand there but in lower case.
pub(crate) fn matched(
    passage: &str,
    query: &Query,
    (family, lexicon, analysis): (Family, &Lexicon, &Analysis),
) -> BTreeSet<String> {
    let asked: Vec<TermId> = query.words.iter().flat_map(|word| word.variants.iter().map(|variant| variant.term)).collect();
    let term = |word: &str| lexicon.written(word).or_else(|| lexicon.term(&analysis.normal(family, word)));
    let is_asked = |word: &String| !analysis.is_stop(family, word) && term(word).is_some_and(|term| asked.contains(&term));
    let pieces = passage.split(|c| !is_of_word(c)).filter(|piece| words(piece).iter().any(is_asked));
    pieces.map(str::to_lowercase).collect()
}
