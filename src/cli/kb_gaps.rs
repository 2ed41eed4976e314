//! `firstline kb gaps`: what people ask and no article answers, grouped by likeness.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::args::Gaps;
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::message::{HandOffReason, LangHint};
use crate::ports::{Index, Unanswered};
use crate::search::{Alike, SearchIndex};

/// How many questions of a group are printed.
const EXAMPLES: usize = 3;

/// Questions that no article answered, in groups.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    days: u32,
    questions: usize,
    people: usize,
    /// How many groups there are in all.
    found: usize,
    groups: Vec<Gap>,
}

/// Questions that are alike.
#[derive(Debug, Serialize)]
struct Gap {
    questions: usize,
    people: usize,
    /// Handed off for want of an answer.
    unanswered: usize,
    /// An answer was shown and did not help.
    not_helped: usize,
    /// Something was shown, and the employee wanted a person.
    wanted_person: usize,
    words: Vec<String>,
    /// The one most like the others first.
    examples: Vec<String>,
    nearest: Option<Nearest>,
    advice: Advice,
}

/// The article that the first example finds.
#[derive(Debug, Serialize)]
struct Nearest {
    slug: String,
    lang: &'static str,
    confidence: f64,
}

/// What an editor may do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Advice {
    /// Nothing is near.
    WriteArticle,
    /// The nearest article is offered, not answered with.
    AddExample,
    /// The nearest article is answered with, and does not help.
    ImproveArticle,
    /// The nearest article is answered with by now.
    Answered,
}

impl Report {
    /// The largest groups of these questions, newest first, and what is nearest to each.
    pub(super) fn new(questions: &[Unanswered], args: Gaps, index: &SearchIndex, thresholds: Thresholds) -> Self {
        let texts: Vec<&str> = questions.iter().map(|one| one.question.as_str()).collect();
        let alike = index.group_alike(&texts);
        let found = alike.len();
        let gap = |alike: Alike| {
            let members: Vec<&Unanswered> = alike.members.iter().filter_map(|at| questions.get(*at)).collect();
            Gap::new(&members, alike.words, index, thresholds)
        };
        let groups = alike.into_iter().take(args.limit).map(gap).collect();
        Self { days: args.days, questions: questions.len(), people: people(questions.iter()), found, groups }
    }

    pub(super) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { days, questions, people, found, groups } = self;
        if *questions == 0 {
            return writeln!(out, "No unanswered questions in the last {days} days.");
        }
        let (asked, groups_of) = (counted(*questions, "question", "questions"), counted(*found, "group", "groups"));
        let people = counted(*people, "person", "people");
        writeln!(out, "{asked} of {people} without a good answer in the last {days} days, in {groups_of}.")?;
        groups.iter().enumerate().try_for_each(|(at, gap)| gap.print(at + 1, out))
    }

    pub(super) fn print_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}

impl Gap {
    fn new(members: &[&Unanswered], words: Vec<String>, index: &SearchIndex, thresholds: Thresholds) -> Self {
        let because = |reason| members.iter().filter(|one| one.reason == reason).count();
        let (not_helped, wanted_person) = (because(HandOffReason::DidNotHelp), because(HandOffReason::Asked));
        let first = members.first().map(|one| index.understand(&one.question, LangHint::Likely(one.lang)));
        let nearest = first.and_then(|understood| understood.candidates.into_iter().next());
        let disappoints = (not_helped + wanted_person) * 2 > members.len();
        let advice = advice(nearest.as_ref().map(|nearest| nearest.confidence), thresholds, disappoints);
        let examples = members.iter().take(EXAMPLES).map(|one| on_one_line(one.question.as_str()));
        Self {
            questions: members.len(),
            people: people(members.iter().copied()),
            unanswered: because(HandOffReason::NoAnswer),
            not_helped,
            wanted_person,
            words,
            examples: examples.collect(),
            nearest: nearest.map(|nearest| Nearest {
                slug: nearest.article.slug.to_string(),
                lang: nearest.article.lang.code(),
                confidence: nearest.confidence.share(),
            }),
            advice,
        }
    }

    fn print(&self, nth: usize, out: &mut dyn Write) -> io::Result<()> {
        let (questions, people) = (counted(self.questions, "question", "questions"), counted(self.people, "person", "people"));
        let words = if self.words.is_empty() { String::new() } else { format!(": {}", self.words.join(", ")) };
        writeln!(out, "\n{nth:>2}. {questions} of {people}{words}")?;
        self.examples.iter().try_for_each(|example| writeln!(out, "      {example}"))?;
        let Self { unanswered, not_helped, wanted_person, .. } = self;
        writeln!(out, "    {unanswered} had no answer, {not_helped} not helped by it, {wanted_person} wanted a person instead")?;
        writeln!(out, "    {}", self.remedy())
    }

    fn remedy(&self) -> String {
        let Some(Nearest { slug, lang, confidence }) = &self.nearest else {
            return "→ write an article: none has any of these words".to_owned();
        };
        let nearest = format!("{lang}/{slug} ({confidence:.3})");
        match self.advice {
            Advice::WriteArticle => format!("→ write an article: the nearest is {nearest}"),
            Advice::AddExample => format!("→ add the first as an example question to {nearest}, or write an article"),
            Advice::ImproveArticle => format!("→ improve {nearest}: it is shown and does not help"),
            Advice::Answered => format!("→ nothing to do: {nearest} answers it by now"),
        }
    }
}

fn advice(nearest: Option<PerMille>, thresholds: Thresholds, disappoints: bool) -> Advice {
    match nearest {
        Some(confidence) if confidence >= thresholds.answer && disappoints => Advice::ImproveArticle,
        Some(confidence) if confidence >= thresholds.answer => Advice::Answered,
        Some(confidence) if confidence >= thresholds.offer => Advice::AddExample,
        _ => Advice::WriteArticle,
    }
}

fn people<'a>(questions: impl Iterator<Item = &'a Unanswered>) -> usize {
    questions.map(|one| &one.employee).collect::<BTreeSet<_>>().len()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_article_says_what_to_do() {
        let thresholds = Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) };
        for (nearest, disappoints, expected) in [
            (None, false, Advice::WriteArticle),
            (Some(299), true, Advice::WriteArticle),
            (Some(300), false, Advice::AddExample),
            (Some(300), true, Advice::AddExample),
            (Some(700), false, Advice::Answered),
            (Some(700), true, Advice::ImproveArticle),
        ] {
            assert_eq!(advice(nearest.map(PerMille::new), thresholds, disappoints), expected, "{nearest:?} {disappoints}");
        }
    }
}
