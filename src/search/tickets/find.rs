//! Finds the tickets that have a question's rarest words, and says how like they are.

use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Score, Searcher, TantivyDocument, Term};

use super::reading::Word;
use super::shelf::{Fields, Shelf};
use super::top::{Found, Top};
use crate::domain::answer::PerMille;
use crate::domain::ids::{GroupId, TicketId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;
use crate::ports::{Resembled, SimilarTicket};

/// How many of a question's words are looked for, the rarest first.
const MOST_WORDS: usize = 16;
/// How many places of words in tickets are read for one question; the rarest word is read whatever it costs. This, not the
/// number of tickets, is what finding takes time for.
const MOST_POSTINGS: u64 = 200_000;
/// What a word in the resolution counts of one in the question.
const IN_RESOLUTION: Score = 0.4;
/// How many tickets are looked at for the order in the end.
const CANDIDATES: usize = 50;
/// What being new counts at most of the score, and after how long half of that is left, in microseconds.
const NEWNESS: f64 = 0.1;
const HALF_AS_NEW: f64 = 180.0 * 24.0 * 3_600.0 * 1e6;
/// Tickets less like the question are not worth an operator's look.
const LEAST_LIKENESS: PerMille = PerMille::new(250);

/// Up to how many terms may stand in so many places that passing over some of them pays.
const FEW_TERMS: usize = 6;

/// A question's word in the tickets that there are.
struct Sought {
    /// Its forms in each field, and what each counts.
    terms: Vec<(Term, Score)>,
    /// In how many places these stand.
    postings: u64,
    /// In how many tickets the most frequent form stands.
    tickets: u64,
    /// The logarithm of how rare it is, as far as it counts.
    weight: Score,
}

/// What is looked for.
#[derive(Default)]
struct Clauses {
    terms: Vec<(Occur, Box<dyn Query>)>,
    /// What a question that has all of it weighs.
    weight: Score,
}

/// One state of the index.
pub(super) struct Finder {
    searcher: Searcher,
    fields: Fields,
}

impl Finder {
    pub(super) fn new(shelf: &Shelf) -> Self {
        Self { searcher: shelf.reader.searcher(), fields: shelf.fields }
    }

    pub(super) fn size(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The likest tickets to a question with these words.
    pub(super) fn similar(&self, words: &[Word], to: &Resembled<'_>) -> tantivy::Result<Vec<SimilarTicket>> {
        let mut sought = words.iter().map(|word| self.sought(word)).collect::<tantivy::Result<Vec<_>>>()?;
        let all = sought.len();
        sought.retain(|word| word.postings > 0);
        let known = sought.len();
        sought.sort_by_key(|word| word.tickets);
        let Clauses { terms, weight } = clauses(sought);
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        // A word that no ticket has counts like those that are looked for.
        let whole = weight * (1.0 + ratio(all - known, known.min(MOST_WORDS)));
        let pruned = to.groups.is_none() && terms.len() <= FEW_TERMS;
        let top = Top { groups: to.groups, limit: CANDIDATES, pruned };
        let mut found = self.searcher.search(&BooleanQuery::new(terms), &top)?;
        let rank = |found: &Found| f64::from(found.score) * (1.0 + NEWNESS * newness(found.resolved_at, to.now));
        found.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(b.resolved_at.cmp(&a.resolved_at)));
        self.shown(&found, whole, to)
    }

    fn shown(&self, found: &[Found], whole: Score, to: &Resembled<'_>) -> tantivy::Result<Vec<SimilarTicket>> {
        let mut similar = Vec::with_capacity(to.limit);
        for one in found {
            let likeness = PerMille::from_share(f64::from(one.score / whole));
            if similar.len() == to.limit {
                break;
            }
            if likeness < LEAST_LIKENESS {
                continue;
            }
            let document = self.searcher.doc(one.at)?;
            similar.extend(read(&document, self.fields, likeness).filter(|ticket| Some(ticket.id) != to.except));
        }
        Ok(similar)
    }

    fn sought(&self, word: &Word) -> tantivy::Result<Sought> {
        let (mut terms, mut postings, mut tickets) = (Vec::new(), 0, 0);
        for (form, share) in &word.forms {
            for (field, boost) in [(self.fields.question, 1.0), (self.fields.resolution, IN_RESOLUTION)] {
                let term = Term::from_field_text(field, form);
                let with = self.searcher.doc_freq(&term)?;
                if with > 0 {
                    terms.push((term, boost * share * word.share));
                }
                postings += with;
                tickets = tickets.max(with);
            }
        }
        Ok(Sought { terms, postings, tickets, weight: word.share * rarity(tickets, self.size()) })
    }
}

/// The rarest of these words, as long as they do not stand in too many places.
fn clauses(sought: Vec<Sought>) -> Clauses {
    let (mut clauses, mut postings) = (Clauses::default(), 0);
    for word in sought.into_iter().take(MOST_WORDS) {
        postings += word.postings;
        if postings > MOST_POSTINGS && !clauses.terms.is_empty() {
            break;
        }
        clauses.weight += word.weight;
        clauses.terms.extend(word.terms.into_iter().map(|(term, counts)| {
            let scored: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, Box::new(BoostQuery::new(scored, counts)) as Box<dyn Query>)
        }));
    }
    clauses
}

/// As BM25 has it.
fn rarity(with: u64, all: u64) -> Score {
    let (with, all) = (count(with), count(all.max(with)));
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "a logarithm is taken of it")]
const fn count(tickets: u64) -> Score {
    tickets as Score
}

#[expect(clippy::cast_precision_loss, reason = "a question's words are few")]
fn ratio(part: usize, whole: usize) -> Score {
    part as Score / whole.max(1) as Score
}

/// 1 now, half of it after [`HALF_AS_NEW`].
#[expect(clippy::cast_precision_loss, reason = "days would do")]
fn newness(resolved_at: i64, now: Timestamp) -> f64 {
    let age = now.micros().saturating_sub(resolved_at).max(0) as f64;
    (-age / HALF_AS_NEW).exp2()
}

fn read(document: &TantivyDocument, fields: Fields, likeness: PerMille) -> Option<SimilarTicket> {
    let number = |field| document.get_first(field).and_then(|value| value.as_i64());
    let text = |field| document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned);
    Some(SimilarTicket {
        id: TicketId::new(number(fields.ticket)?),
        number: TicketNumber::new(number(fields.number)?),
        question: text(fields.question_shown)?,
        resolution: text(fields.resolution_shown)?,
        lang: Lang::from_code(&text(fields.lang)?)?,
        group: GroupId::new(text(fields.group)?),
        resolved_by: text(fields.resolved_by)?,
        resolved_at: Timestamp::from_micros(number(fields.resolved_at)?),
        likeness,
    })
}
