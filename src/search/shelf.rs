//! All articles of one family of languages, read for ranking.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::ids::Slug;

use super::analysis::Family;
use super::lexicon::Lexicon;
use super::memo::Memo;
use super::profile::{Profile, Reader, Sources};
use super::recall::number_of;
use super::version::Version;

/// All profiles of a family with their vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) lexicon: Lexicon,
    /// In the order of their slugs.
    pub(crate) profiles: Vec<Arc<Profile>>,
    /// Where each profile is, by the number that the index has for its slug.
    numbers: HashMap<u64, usize>,
    /// The usual number of words in an article's title, tags and passages.
    pub(crate) usual_body: f32,
    /// The usual number of words in an article's example questions.
    pub(crate) usual_asked: f32,
    /// The usual number of words in a passage.
    pub(crate) usual_passage: f32,
}

impl Shelf {
    /// Reads the articles of one family. What `before` has of the same versions is not read again; the outcome is the same.
    pub(crate) fn new(family: Family, versions: &[Arc<Version>], memo: &Memo<'_>, before: &Self) -> Self {
        let mut by_slug: BTreeMap<&Slug, Sources> = BTreeMap::new();
        for version in versions {
            if Family::of(version.lang()) == family || version.asked_in(family).next().is_some() {
                by_slug.entry(&version.article.article.slug).or_default().push(Arc::clone(version));
            }
        }
        let mut reader = Reader::new(family, memo, Arc::clone(before.lexicon.vocabulary()));
        let read = |(slug, sources): (&Slug, Sources)| match before.profile(slug) {
            Some(known) if known.is_of(&sources) => Arc::clone(known),
            _ => Arc::new(reader.profile(slug.clone(), sources)),
        };
        let profiles: Vec<Arc<Profile>> = by_slug.into_iter().map(read).collect();
        let mut lexicon = Lexicon::of(reader.vocabulary);
        for profile in &profiles {
            profile.count(&mut lexicon);
        }
        if lexicon.is_outgrown() {
            return Self::new(family, versions, memo, &Self::default());
        }
        lexicon.complete(|text| memo.analysis().is_generic(text));
        Self::of(lexicon, profiles)
    }

    fn of(lexicon: Lexicon, profiles: Vec<Arc<Profile>>) -> Self {
        let usual_body = mean(profiles.iter().map(|profile| profile.body.length));
        let usual_asked = mean(profiles.iter().map(|profile| profile.asked.length));
        let passages = profiles.iter().flat_map(|profile| &profile.passages);
        let usual_passage = mean(passages.map(|passage| passage.bag.length));
        let numbers = profiles.iter().enumerate().map(|(at, profile)| (number_of(&profile.slug), at)).collect();
        Self { lexicon, profiles, numbers, usual_body, usual_asked, usual_passage }
    }

    /// The profile of the article that the index has under a number.
    pub(crate) fn numbered(&self, number: u64) -> Option<&Profile> {
        self.numbers.get(&number).map(|&at| &*self.profiles[at])
    }

    /// The profile of an article.
    pub(crate) fn profile(&self, slug: &Slug) -> Option<&Arc<Profile>> {
        self.profiles.binary_search_by(|profile| profile.slug.cmp(slug)).ok().map(|at| &self.profiles[at])
    }
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (count, sum) = values.fold((0.0_f32, 0.0_f32), |(count, sum), value| (count + 1.0, sum + value));
    (sum / count.max(1.0)).max(1.0)
}
