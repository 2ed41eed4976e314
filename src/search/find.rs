//! tantivy: which articles have a question's words or letters at all, in one state of the index.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{Searcher, TantivyError};

use super::analysis::Family;
use super::letters::Letters;
use super::lexicon::Lexicon;
use super::postings::{Postings, Scores, rarity};
use super::query::Query;
use super::recall::{Fields, SLUG, WORDS, letters_term};

/// How many passages are taken along for ranking.
const PASSAGES: usize = 120;
/// How many of a question's words are looked for, the rarest first.
const MOST_WORDS: usize = 24;
/// How many relatives of a word are looked for.
const MOST_VARIANTS: usize = 8;
/// How much more a word counts in title, tags and example questions.
const FRONT: f32 = 2.0;
/// How many articles with the question's letter groups are looked at.
const SPELLED_ALIKE: usize = 60;
/// How many of a question's letter groups are looked for, the rarest first.
const MOST_GROUPS: usize = 32;
/// The most that one word can score in BM25 beside its rarity (`k1 + 1`).
const FULL_MARKS: f32 = 2.2;

/// Finds articles in one state of the index.
#[derive(Clone)]
pub(crate) struct Finder(Arc<Found>);

struct Found {
    searcher: Searcher,
    front: Postings,
    text: Postings,
    letters: Postings,
    /// The numbers of the documents' slugs, by segment.
    slugs: Vec<Column<u64>>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Finder")
    }
}

impl Finder {
    pub(crate) fn new(searcher: Searcher, fields: Fields) -> Result<Self, TantivyError> {
        let column = |name| searcher.segment_readers().iter().map(move |segment| segment.fast_fields().u64(name));
        let (slugs, words) = (column(SLUG).collect::<Result<_, _>>()?, column(WORDS).collect::<Result<Vec<_>, _>>()?);
        let of = |field| Postings::new(&searcher, field, &words);
        let (front, text, letters) = (of(fields.front)?, of(fields.text)?, of(fields.letters)?);
        Ok(Self(Arc::new(Found { searcher, front, text, letters, slugs })))
    }

    /// The numbers of slugs whose passages or front matter have the question's words, most promising first.
    pub(crate) fn with_words(&self, query: &Query, family: Family, lexicon: &Lexicon) -> Result<Vec<u64>, TantivyError> {
        let index = &*self.0;
        let mut words: Vec<_> = query.words.iter().collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut scores = Scores::new(&index.searcher);
        for variant in words.iter().take(MOST_WORDS).flat_map(|word| word.variants.iter().take(MOST_VARIANTS)) {
            let marked = format!("{}{}", family.mark(), lexicon.text(variant.term));
            for (postings, boost) in [(&index.front, FRONT), (&index.text, 1.0)] {
                if let Some(place) = postings.place(&marked)? {
                    postings.add(&place, boost * variant.share, &mut scores)?;
                }
            }
        }
        let mut numbers = Vec::new();
        for (_, number) in scores.best(PASSAGES, &index.searcher, &index.slugs) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// How much of the question's letter groups articles have, 0 to 1, by the numbers of their slugs; only the most alike.
    pub(crate) fn with_letters(&self, letters: &Letters) -> Result<HashMap<u64, f32>, TantivyError> {
        let index = &*self.0;
        let (mut groups, mut absent) = (Vec::new(), 0.0);
        for term in letters.iter().map(letters_term) {
            match index.letters.place(&term)? {
                Some(place) => groups.push((place.with, term, place)),
                None => absent += 1.0,
            }
        }
        groups.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        groups.truncate(MOST_GROUPS);
        let (articles, mut scores) = (index.searcher.num_docs(), Scores::new(&index.searcher));
        // What no article has speaks against each of them.
        let mut possible = absent * rarity(articles, 0) * FULL_MARKS;
        for (with, _, place) in &groups {
            possible += rarity(articles, *with) * FULL_MARKS;
            index.letters.add(place, 1.0, &mut scores)?;
        }
        let mut found: HashMap<u64, f32> = HashMap::new();
        for (score, number) in scores.best(SPELLED_ALIKE, &index.searcher, &index.slugs) {
            let best = found.entry(number).or_default();
            *best = best.max(score / f32::max(possible, f32::MIN_POSITIVE));
        }
        Ok(found)
    }
}
