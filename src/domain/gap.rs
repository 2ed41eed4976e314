//! What people ask and no article answers well enough, put together by likeness, and what an editor may do about it.

use std::collections::BTreeSet;

use super::answer::{Candidate, PerMille, Thresholds};
use super::ids::EmployeeId;
use super::lang::Lang;
use super::message::{HandOffReason, Redacted};

/// Questions that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Their places in the list, the one most like the others first.
    pub members: Vec<usize>,
    /// Words that at least half of them have, the most frequent first; none where there is one question only.
    pub words: Vec<String>,
}

/// A question that was not answered well enough.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'q> {
    /// What was asked.
    pub question: &'q Redacted,
    /// The language it was taken to be in.
    pub lang: Lang,
    /// Who asked.
    pub employee: &'q EmployeeId,
    /// Why the bot stepped back.
    pub reason: HandOffReason,
}

/// Questions that are alike, and what is nearest to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// How many questions.
    pub questions: usize,
    /// How many people asked them.
    pub people: usize,
    /// Handed off for want of an answer.
    pub unanswered: usize,
    /// An answer was shown and did not help.
    pub not_helped: usize,
    /// Something was shown, and the employee wanted a person.
    pub wanted_person: usize,
    /// Words that most of them have.
    pub words: Vec<String>,
    /// Some of them, each once and on one line, the one most like the others first.
    pub examples: Vec<Redacted>,
    /// The language of the first.
    pub lang: Lang,
    /// The articles that the first finds, best first.
    pub nearest: Vec<Candidate>,
    /// What an editor may do.
    pub advice: Advice,
}

/// What an editor may do about questions that no article answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Nothing is near.
    WriteArticle,
    /// The nearest article is offered, not answered with.
    AddExample,
    /// The nearest article is answered with, and does not help.
    ImproveArticle,
    /// The nearest article is answered with by now.
    Answered,
}

impl Gap {
    /// Questions that are alike, in the order of [`Alike::members`]; `nearest` are the articles that the first finds.
    /// At most so many `examples` are kept.
    #[must_use]
    pub fn of(members: &[Asked<'_>], words: Vec<String>, nearest: Vec<Candidate>, at: Thresholds, examples: usize) -> Self {
        let because = |reason| members.iter().filter(|one| one.reason == reason).count();
        let (not_helped, wanted_person) = (because(HandOffReason::DidNotHelp), because(HandOffReason::Asked));
        let disappoints = (not_helped + wanted_person) * 2 > members.len();
        Self {
            questions: members.len(),
            people: people(members.iter().map(|one| one.employee)),
            unanswered: because(HandOffReason::NoAnswer),
            not_helped,
            wanted_person,
            words,
            examples: each_once(members, examples),
            lang: members.first().map(|first| first.lang).unwrap_or_default(),
            advice: advice(nearest.first().map(|nearest| nearest.confidence), at, disappoints),
            nearest,
        }
    }
}

/// How many people these are.
pub fn people<'a>(employees: impl Iterator<Item = &'a EmployeeId>) -> usize {
    employees.collect::<BTreeSet<_>>().len()
}

fn each_once(members: &[Asked<'_>], most: usize) -> Vec<Redacted> {
    let mut seen = BTreeSet::new();
    let lines = members.iter().map(|one| one.question.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
    let new = lines.filter(|line| !line.is_empty() && seen.insert(line.to_lowercase()));
    // Less whitespace makes nothing readable that the filter took out.
    new.take(most).map(Redacted::vouched).collect()
}

fn advice(nearest: Option<PerMille>, thresholds: Thresholds, disappoints: bool) -> Advice {
    match nearest {
        Some(confidence) if confidence >= thresholds.answer && disappoints => Advice::ImproveArticle,
        Some(confidence) if confidence >= thresholds.answer => Advice::Answered,
        Some(confidence) if confidence >= thresholds.offer => Advice::AddExample,
        _ => Advice::WriteArticle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Thresholds = Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) };

    #[test]
    fn the_nearest_article_says_what_to_do() {
        for (nearest, disappoints, expected) in [
            (None, false, Advice::WriteArticle),
            (Some(299), true, Advice::WriteArticle),
            (Some(300), false, Advice::AddExample),
            (Some(300), true, Advice::AddExample),
            (Some(700), false, Advice::Answered),
            (Some(700), true, Advice::ImproveArticle),
        ] {
            assert_eq!(advice(nearest.map(PerMille::new), AT, disappoints), expected, "{nearest:?} {disappoints}");
        }
    }

    #[test]
    fn a_group_counts_people_and_shows_each_question_once() {
        let (kari, ola) = (EmployeeId::new("kari"), EmployeeId::new("ola"));
        let texts = ["Hvor er\n sjakken?", "hvor er sjakken?", "Sjakken er borte", "Hvem har sjakken?"].map(Redacted::vouched);
        let reasons = [HandOffReason::NoAnswer, HandOffReason::NoAnswer, HandOffReason::DidNotHelp, HandOffReason::Asked];
        let of = |at: usize| Asked {
            question: &texts[at],
            lang: Lang::Nn,
            employee: if at == 0 { &kari } else { &ola },
            reason: reasons[at],
        };
        let gap = Gap::of(&[of(0), of(1), of(2), of(3)], vec![], vec![], AT, 2);
        assert_eq!((gap.questions, gap.people, gap.unanswered, gap.not_helped, gap.wanted_person), (4, 2, 2, 1, 1));
        assert_eq!(gap.examples.iter().map(Redacted::as_str).collect::<Vec<_>>(), ["Hvor er sjakken?", "Sjakken er borte"]);
        assert_eq!((gap.lang, gap.advice), (Lang::Nn, Advice::WriteArticle));
    }
}
