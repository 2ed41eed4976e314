//! BM25 over tantivy's postings, one term after the other.
//!
//! A question looks for dozens of terms, most of them in few documents. Adding up their postings in one pass each is several
//! times as fast as walking all of them at once in search of documents that can be left out.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, SegmentReader, TantivyError, Term};

/// BM25: how soon more of the same term stops counting.
const K1: f32 = 1.2;
/// BM25: how much a long document is discounted.
const B: f32 = 0.75;
/// How many lengths documents are told apart by.
const LENGTHS: usize = 256;

/// One field of all documents.
pub(crate) struct Postings {
    field: Field,
    segments: Vec<InSegment>,
    /// How many documents there are.
    documents: u64,
    /// What a document's length makes of how often a term occurs, by the number of its length.
    discounts: [f32; LENGTHS],
}

struct InSegment {
    terms: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    /// How many of a term's documents are deleted but not cleared away yet, by where its postings begin.
    deleted: HashMap<usize, u64>,
}

/// Where a term's postings are.
pub(crate) struct Place {
    /// The segment and the place in it.
    infos: Vec<(usize, TermInfo)>,
    /// How many documents have the term.
    pub(crate) with: u64,
}

impl Postings {
    /// The postings of a field. Deleted documents count as little as if they had never been there.
    pub(crate) fn new(searcher: &Searcher, field: Field, words: &[Column<u64>]) -> Result<Self, TantivyError> {
        let in_segment = |segment: &SegmentReader| {
            let (terms, lengths) = (segment.inverted_index(field)?, segment.get_fieldnorms_reader(field)?);
            let deleted = deleted(segment, &terms)?;
            Ok(InSegment { terms, lengths, deleted })
        };
        let segments: Vec<InSegment> = searcher.segment_readers().iter().map(in_segment).collect::<Result<_, TantivyError>>()?;
        let words_in = |((segment, own), words): ((&SegmentReader, &InSegment), &Column<u64>)| -> u64 {
            let documents = segment.doc_ids_alive().filter(|&document| own.lengths.fieldnorm_id(document) > 0);
            documents.filter_map(|document| words.first(document)).sum()
        };
        let words = searcher.segment_readers().iter().zip(&segments).zip(words).map(words_in).sum();
        let documents = searcher.num_docs();
        let usual = (real(words) / real(documents)).max(f32::MIN_POSITIVE);
        let mut discounts = [0.0; LENGTHS];
        for (id, discount) in (0..=u8::MAX).zip(&mut discounts) {
            let length = real(u64::from(FieldNormReader::id_to_fieldnorm(id)));
            *discount = K1 * (1.0 - B + B * length / usual);
        }
        Ok(Self { field, segments, documents, discounts })
    }

    /// Where a term is; `None` where no document has it.
    pub(crate) fn place(&self, term: &str) -> Result<Option<Place>, TantivyError> {
        let term = Term::from_field_text(self.field, term);
        let mut infos = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            infos.extend(segment.terms.get_term_info(&term)?.map(|info| (number, info)));
        }
        let with_in = |(number, info): &(usize, TermInfo)| {
            let deleted = self.segments[*number].deleted.get(&info.postings_range.start);
            u64::from(info.doc_freq) - deleted.copied().unwrap_or_default()
        };
        let with = infos.iter().map(with_in).sum();
        Ok((with > 0).then_some(Place { infos, with }))
    }

    /// Adds what a term speaks for each document that has it.
    pub(crate) fn add(&self, place: &Place, boost: f32, scores: &mut Scores) -> Result<(), TantivyError> {
        let weight = rarity(self.documents, place.with) * (1.0 + K1) * boost;
        for (number, info) in &place.infos {
            let (segment, scores) = (&self.segments[*number], &mut scores.by_segment[*number]);
            let mut postings = segment.terms.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while postings.block_len() > 0 {
                for (&document, &count) in postings.docs().iter().zip(postings.freqs()) {
                    let count = real(u64::from(count));
                    let discount = self.discounts[usize::from(segment.lengths.fieldnorm_id(document))];
                    scores[document as usize] += weight * (count / (count + discount));
                }
                postings.advance();
            }
        }
        Ok(())
    }
}

/// How many of each term's documents are deleted, by where its postings begin.
fn deleted(segment: &SegmentReader, terms: &InvertedIndexReader) -> Result<HashMap<usize, u64>, TantivyError> {
    let mut deleted = HashMap::new();
    let mut stream = terms.terms().stream()?;
    while segment.has_deletes() && stream.advance() {
        let info = stream.value();
        let mut postings = terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut gone = 0;
        while postings.block_len() > 0 {
            gone += postings.docs().iter().map(|&document| u64::from(segment.is_deleted(document))).sum::<u64>();
            postings.advance();
        }
        if gone > 0 {
            deleted.insert(info.postings_range.start, gone);
        }
    }
    Ok(deleted)
}

/// BM25's weight of a term that so many of all documents have.
pub(crate) fn rarity(all: u64, with: u64) -> f32 {
    (1.0 + (real(all.saturating_sub(with)) + 0.5) / (real(with) + 0.5)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "a weight needs no more than a float has")]
const fn real(count: u64) -> f32 {
    count as f32
}

/// What speaks for each document.
pub(crate) struct Scores {
    by_segment: Vec<Vec<f32>>,
}

impl Scores {
    pub(crate) fn new(searcher: &Searcher) -> Self {
        let documents = searcher.segment_readers().iter().map(|segment| segment.max_doc() as usize);
        Self { by_segment: documents.map(|documents| vec![0.0; documents]).collect() }
    }

    /// The best documents that are not deleted with their scores, best first, each by its number in `names`.
    pub(crate) fn best(&self, limit: usize, searcher: &Searcher, names: &[Column<u64>]) -> Vec<(f32, u64)> {
        let mut found = Best { limit, least: f32::MIN_POSITIVE, found: Vec::with_capacity(4 * limit) };
        for (number, (segment, scores)) in searcher.segment_readers().iter().zip(&self.by_segment).enumerate() {
            for (document, &score) in (0_u32..).zip(scores) {
                if score >= found.least && !segment.is_deleted(document) {
                    found.add((score, number, document));
                }
            }
        }
        found.prune();
        let with_name = |&(score, number, document): &(f32, usize, u32)| Some((score, names.get(number)?.first(document)?));
        let mut found: Vec<(f32, u64)> = found.found.iter().filter_map(with_name).collect();
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(limit);
        found
    }
}

/// The best of what was added, with those that are as good as the last of them.
struct Best {
    limit: usize,
    /// What is not as good as this is not among the best.
    least: f32,
    found: Vec<(f32, usize, u32)>,
}

impl Best {
    fn add(&mut self, found: (f32, usize, u32)) {
        if self.found.len() == self.found.capacity() {
            self.prune();
        }
        self.found.push(found);
    }

    fn prune(&mut self) {
        if let Some(last) = self.limit.checked_sub(1).filter(|last| *last < self.found.len()) {
            self.least = self.found.select_nth_unstable_by(last, |a, b| b.0.total_cmp(&a.0)).1.0;
            self.found.retain(|&(score, ..)| score >= self.least);
        }
    }
}
