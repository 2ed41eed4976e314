//! Whether a question is about an incident that is known.

use super::Incident;
use crate::domain::answer::{Candidate, PerMille};
use crate::domain::ids::IncidentNumber;
use crate::domain::time::Timestamp;

/// A word by its normal forms: words of one meaning have one in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordForms(pub Vec<String>);

/// An incident that questions are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its number.
    pub number: IncidentNumber,
    /// The incident.
    pub incident: Incident,
    /// Its services and words, each as the words that it is made of.
    pub terms: Vec<Vec<WordForms>>,
}

/// The incidents that are known, and the words of the question that is held against them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Those that are open.
    pub incidents: &'a [Watched],
    /// The question's words.
    pub words: &'a [WordForms],
}

/// From how many letters on a word also counts where it begins a compound: `journal` in `journalsystemet`.
const LONG: usize = 6;

/// The incident that a question is most likely about, if it is about any: it has all the words of one of its terms, or the article
/// that is likeliest to answer is one of its own. Of several the one with most of its terms, then the most severe, then the newest.
#[must_use]
pub fn touched<'a>(known: Known<'a>, candidates: &[Candidate], credible: PerMille, now: Timestamp) -> Option<&'a Watched> {
    let first = candidates.first().filter(|first| first.confidence >= credible);
    let scored = known.incidents.iter().filter(|watched| watched.incident.is_felt(now)).filter_map(|watched| {
        let terms = watched.terms.iter().filter(|term| has_all(known.words, term)).count();
        let article = usize::from(first.is_some_and(|first| watched.incident.names(&first.article)));
        (terms + article > 0).then_some((terms + article, watched))
    });
    let rank = |(score, watched): &(usize, &Watched)| (*score, watched.incident.matter.severity, watched.number);
    scored.max_by_key(rank).map(|(_, watched)| watched)
}

fn has_all(words: &[WordForms], term: &[WordForms]) -> bool {
    !term.is_empty() && term.iter().all(|wanted| words.iter().any(|word| is_in(wanted, word)))
}

fn is_in(wanted: &WordForms, word: &WordForms) -> bool {
    let begins = |wanted: &str, form: &str| wanted.chars().count() >= LONG && form.starts_with(wanted);
    wanted.0.iter().any(|wanted| word.0.iter().any(|form| form == wanted || begins(wanted, form)))
}
