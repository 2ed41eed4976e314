//! What a language model advised about a question: data like any other, so that deciding stays pure and can be repeated without it.

use super::answer::{ArticleRef, Candidate, MOST_OFFERED, Thresholds, Verdict, weigh, worth_offering};
use super::supported::DirectAnswer;

/// What a language model advised about a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Which of the candidates answers, in its opinion.
    pub opinion: Option<Opinion>,
    /// The first candidate's passage in a few words, checked against it.
    pub direct: Option<DirectAnswer>,
}

/// Which of the candidates that it was shown answers the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opinion {
    /// This one.
    Prefers(ArticleRef),
    /// None of them.
    NoneAnswers,
}

/// How many candidates an opinion is asked of at most.
const MOST_COMPARED: usize = 5;

/// The candidates that an opinion could change anything about; empty where asking is of no use.
#[must_use]
pub fn worth_comparing(candidates: &[Candidate], thresholds: Thresholds) -> &[Candidate] {
    let credible = candidates.iter().take_while(|candidate| candidate.confidence >= thresholds.offer);
    let compared = &candidates[..credible.count().min(MOST_COMPARED)];
    match weigh(candidates, thresholds) {
        Verdict::Answer(_) => compared,
        Verdict::Offer(_) if compared.len() > 1 => compared,
        Verdict::Offer(_) | Verdict::HandOff => &[],
    }
}

/// Weighs the candidates with regard to an opinion, which can only make more careful: an answer that it does not agree with
/// becomes an offer, and an offer begins with the title that it prefers. It never makes an answer of an offer, nor either of a
/// hand-off, and a preference for what is below the offer's threshold counts as disagreement alone.
#[must_use]
pub fn weigh_advised<'a>(candidates: &'a [Candidate], thresholds: Thresholds, opinion: Option<&Opinion>) -> Verdict<'a> {
    match (weigh(candidates, thresholds), opinion) {
        (verdict, None) | (verdict @ Verdict::HandOff, _) => verdict,
        (Verdict::Answer(first), Some(Opinion::Prefers(article))) if first.article == *article => Verdict::Answer(first),
        (Verdict::Answer(_) | Verdict::Offer(_), Some(opinion)) => Verdict::Offer(offered(candidates, thresholds, opinion)),
    }
}

fn offered<'a>(candidates: &'a [Candidate], thresholds: Thresholds, opinion: &Opinion) -> Vec<&'a Candidate> {
    let offered = worth_offering(candidates, thresholds);
    let Opinion::Prefers(article) = opinion else { return offered };
    let credible = |candidate: &&Candidate| candidate.article == *article && candidate.confidence >= thresholds.offer;
    let Some(preferred) = candidates.iter().find(credible) else { return offered };
    let others = offered.into_iter().filter(|candidate| candidate.article != *article);
    std::iter::once(preferred).chain(others).take(MOST_OFFERED).collect()
}

#[cfg(test)]
#[path = "tests/advice.rs"]
mod tests;
