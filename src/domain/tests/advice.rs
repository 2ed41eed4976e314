//! What an opinion may change, and what it may not.

use super::*;
use crate::domain::answer::PerMille;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

const THRESHOLDS: Thresholds = Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) };

fn article(slug: &str) -> ArticleRef {
    ArticleRef { slug: Slug::new(slug), lang: Lang::Nb }
}

fn candidates(confidences: &[u16]) -> Vec<Candidate> {
    let candidate = |(slug, confidence): (&str, &u16)| Candidate {
        article: article(slug),
        title: slug.to_owned(),
        confidence: PerMille::new(*confidence),
        passage: String::new(),
        group: None,
        request: None,
    };
    ["a", "b", "c", "d", "e", "f"].into_iter().zip(confidences).map(candidate).collect()
}

/// What is said, in short: `=a` answers with a, `?ab` offers a and b, `-` hands off.
fn said(confidences: &[u16], opinion: Option<&Opinion>) -> String {
    match weigh_advised(&candidates(confidences), THRESHOLDS, opinion) {
        Verdict::Answer(first) => format!("={}", first.title),
        Verdict::Offer(some) => some.iter().fold("?".to_owned(), |said, candidate| said + &candidate.title),
        Verdict::HandOff => "-".to_owned(),
    }
}

#[test]
fn an_opinion_can_only_make_more_careful() {
    let prefers = |slug: &str| Some(Opinion::Prefers(article(slug)));
    for (confidences, opinion, expected) in [
        (&[900, 100][..], None, "=a"),
        (&[900, 100], prefers("a"), "=a"),
        (&[900, 400], prefers("b"), "?ba"),
        (&[900, 250], prefers("b"), "?ab"),
        (&[900, 50], Some(Opinion::NoneAnswers), "?a"),
        (&[500, 400, 350, 320], None, "?abc"),
        (&[500, 400, 350, 320], prefers("a"), "?abc"),
        (&[500, 400, 350, 320], prefers("b"), "?bac"),
        (&[500, 400, 350, 320], prefers("d"), "?dab"),
        (&[500, 400], prefers("nowhere"), "?ab"),
        (&[500, 400], Some(Opinion::NoneAnswers), "?ab"),
        (&[250, 200], prefers("a"), "-"),
        (&[], prefers("a"), "-"),
    ] {
        assert_eq!(said(confidences, opinion.as_ref()), expected, "{confidences:?} {opinion:?}");
    }
}

#[test]
fn an_opinion_is_asked_only_where_it_could_change_something() {
    for (confidences, compared) in [
        (&[900, 100][..], 1),
        (&[900, 400, 350], 3),
        (&[650, 600, 500, 450, 400, 350], 5),
        (&[500, 400], 2),
        (&[500, 200], 0),
        (&[200, 100], 0),
        (&[], 0),
    ] {
        assert_eq!(worth_comparing(&candidates(confidences), THRESHOLDS).len(), compared, "{confidences:?}");
    }
}
