//! tantivy: which articles have a question's words or letters at all, in one state of the index.

use std::collections::HashMap;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::analysis::Family;
use super::letters::Letters;
use super::lexicon::Lexicon;
use super::query::Query;
use super::recall::{Fields, letters_term};

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
pub(crate) struct Finder {
    searcher: Searcher,
    fields: Fields,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Finder")
    }
}

type Clause = (Occur, Box<dyn tantivy::query::Query>);

impl Finder {
    pub(crate) const fn new(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields }
    }

    /// The numbers of slugs whose passages or front matter have the question's words, most promising first.
    pub(crate) fn with_words(&self, query: &Query, family: Family, lexicon: &Lexicon) -> Result<Vec<u64>, tantivy::TantivyError> {
        let mut words: Vec<_> = query.words.iter().collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut clauses = Vec::new();
        for variant in words.iter().take(MOST_WORDS).flat_map(|word| word.variants.iter().take(MOST_VARIANTS)) {
            let marked = format!("{}{}", family.mark(), lexicon.text(variant.term));
            clauses.push(self.clause(self.fields.front, &marked, FRONT * variant.share));
            clauses.push(self.clause(self.fields.text, &marked, variant.share));
        }
        let mut numbers = Vec::new();
        for (_, number) in self.top(clauses, PASSAGES)? {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    /// How much of the question's letter groups articles have, 0 to 1, by the numbers of their slugs; only the most alike.
    pub(crate) fn with_letters(&self, letters: &Letters) -> Result<HashMap<u64, f32>, tantivy::TantivyError> {
        let mut groups = Vec::new();
        for term in letters.iter().map(letters_term) {
            let with = self.searcher.doc_freq(&Term::from_field_text(self.fields.letters, &term))?;
            groups.extend((with > 0).then_some((with, term)));
        }
        groups.sort();
        groups.truncate(MOST_GROUPS);
        let possible: f32 = groups.iter().map(|(with, _)| self.rarity(*with)).sum::<f32>() * FULL_MARKS;
        let clauses = groups.iter().map(|(_, term)| self.clause(self.fields.letters, term, 1.0)).collect();
        let mut found: HashMap<u64, f32> = HashMap::new();
        for (score, number) in self.top(clauses, SPELLED_ALIKE)? {
            let best = found.entry(number).or_default();
            *best = best.max(score / possible.max(f32::MIN_POSITIVE));
        }
        Ok(found)
    }

    /// BM25's weight of a term that so many documents have.
    #[expect(clippy::cast_precision_loss, reason = "document counts are far below 2^52, and a weight needs no more")]
    fn rarity(&self, with: u64) -> f32 {
        let (all, with) = (self.searcher.num_docs() as f32, with as f32);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn clause(&self, field: Field, term: &str, boost: f32) -> Clause {
        let term = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
        (Occur::Should, Box::new(BoostQuery::new(Box::new(term), boost)))
    }

    /// The best documents with their scores, each by its slug's number.
    fn top(&self, clauses: Vec<Clause>, limit: usize) -> Result<Vec<(f32, u64)>, tantivy::TantivyError> {
        let top = self.searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(limit).order_by_score())?;
        let mut columns = HashMap::new();
        let mut found = Vec::with_capacity(top.len());
        for (score, address) in top {
            let column = match columns.entry(address.segment_ord) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(new) => {
                    new.insert(self.searcher.segment_reader(address.segment_ord).fast_fields().u64("slug")?)
                }
            };
            found.extend(column.first(address.doc_id).map(|number| (score, number)));
        }
        Ok(found)
    }
}
