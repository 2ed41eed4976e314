//! From a question to the articles worth weighing: found by words and letters, measured roughly, the best of them closely.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use tracing::error;

use crate::domain::ids::Slug;

use super::analysis::Family;
use super::features::Figures;
use super::measure::{close, rough};
use super::profile::Profile;
use super::query::Query;
use super::recall::number_of;
use super::snapshot::{Asked, Snapshot};
use super::weights::Weights;

/// How many articles with a question's words are measured roughly.
const FOUND: usize = 40;
/// How many articles are measured beside these because their letters are alike.
const SPELLED: usize = 10;
/// How many articles are measured closely.
const CLOSELY: usize = 20;

/// An article that was measured against a question, not weighed yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured<'s> {
    /// Its profile in the family in which more speaks for it.
    pub(crate) profile: &'s Profile,
    /// Each figure in the family in which it is greater.
    pub(crate) figures: Figures,
}

/// An article's profiles with their figures, by family.
#[derive(Clone, Debug, Default)]
struct ByFamily<'s>([Option<(&'s Profile, Figures)>; Family::ALL.len()]);

impl<'s> ByFamily<'s> {
    fn merged(&self, weights: &Weights) -> Option<Measured<'s>> {
        let best = self.0.iter().flatten().max_by(|a, b| weights.score(&a.1).total_cmp(&weights.score(&b.1)));
        let figures = self.0.iter().flatten().fold(Figures::default(), |mut greatest, (_, figures)| {
            greatest.iter_mut().zip(figures).for_each(|(known, figure)| *known = known.max(*figure));
            greatest
        });
        best.map(|(profile, _)| Measured { profile, figures })
    }
}

impl Snapshot {
    /// The articles that have words or letters of the question, measured against it; at most twenty, those that `weights` favour.
    pub(crate) fn measure(&self, asked: &Asked, weights: &Weights) -> Vec<Measured<'_>> {
        let found = self.found(asked).into_values();
        let scored = found.filter_map(|roughly| Some((weights.score(&roughly.merged(weights)?.figures), roughly)));
        let mut scored: Vec<(f32, ByFamily<'_>)> = scored.collect();
        // What is equally good stays in the order of the slugs.
        scored.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
        scored.truncate(CLOSELY);
        scored.into_iter().filter_map(|(_, roughly)| self.closely(asked, roughly).merged(weights)).collect()
    }

    fn closely<'s>(&'s self, asked: &Asked, mut roughly: ByFamily<'s>) -> ByFamily<'s> {
        for family in Family::ALL {
            if let Some((profile, figures)) = &mut roughly.0[family as usize] {
                close(figures, asked.of(family), profile, self.shelf(family));
            }
        }
        roughly
    }

    fn found(&self, asked: &Asked) -> BTreeMap<&Slug, ByFamily<'_>> {
        let letters = self.finder().with_letters(&asked.norwegian.letters.letters).unwrap_or_else(|error| {
            error!(%error, "the search index cannot be read; letters do not count");
            HashMap::new()
        });
        let mut found: BTreeMap<&Slug, ByFamily<'_>> = BTreeMap::new();
        for family in Family::ALL {
            let (stock, query) = (self.shelf(family), asked.of(family));
            for profile in self.with_words(query, family, &letters) {
                let spelled = letters.get(&number_of(&profile.slug)).copied().unwrap_or_default();
                let figures = rough(query, profile, stock, spelled);
                found.entry(&profile.slug).or_default().0[family as usize] = Some((profile, figures));
            }
        }
        found
    }

    fn with_words(&self, query: &Query, family: Family, letters: &HashMap<u64, f32>) -> Vec<&Profile> {
        let stock = self.shelf(family);
        match self.finder().with_words(query, family, &stock.lexicon) {
            Ok(mut numbers) => {
                numbers.truncate(FOUND);
                let mut spelled: Vec<(&u64, &f32)> = letters.iter().filter(|(number, _)| !numbers.contains(number)).collect();
                spelled.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
                numbers.extend(spelled.into_iter().take(SPELLED).map(|(number, _)| *number));
                numbers.iter().filter_map(|number| stock.numbered(*number)).collect()
            }
            Err(error) => {
                error!(%error, "the search index cannot be read; every article is looked at instead");
                stock.profiles.iter().map(|profile| &**profile).collect()
            }
        }
    }
}
