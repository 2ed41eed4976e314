//! `firstline kb gaps`: what people ask and no article answers, grouped by likeness.

use std::io::{self, Write};

use serde::Serialize;

use super::args::Gaps;
use crate::domain::answer::Thresholds;
use crate::domain::gap;
use crate::flows::Missing;
use crate::ports::{Index, Unanswered};

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
#[derive(Clone, Copy, Debug, Serialize)]
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
    pub(super) fn new(questions: &[Unanswered], args: Gaps, index: &dyn Index, thresholds: Thresholds) -> Self {
        let Missing { questions, people, found, gaps, .. } = Missing::of(questions, index, thresholds, args.limit, EXAMPLES);
        Self { days: args.days, questions, people, found, groups: gaps.into_iter().map(Gap::from).collect() }
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

impl From<gap::Gap> for Gap {
    fn from(gap: gap::Gap) -> Self {
        let gap::Gap { questions, people, unanswered, not_helped, wanted_person, words, examples, nearest, advice, .. } = gap;
        let nearest = nearest.into_iter().next().map(|nearest| Nearest {
            slug: nearest.article.slug.to_string(),
            lang: nearest.article.lang.code(),
            confidence: nearest.confidence.share(),
        });
        let examples = examples.iter().map(|example| example.as_str().to_owned()).collect();
        let advice = advice.into();
        Self { questions, people, unanswered, not_helped, wanted_person, words, examples, nearest, advice }
    }
}

impl From<gap::Advice> for Advice {
    fn from(advice: gap::Advice) -> Self {
        match advice {
            gap::Advice::WriteArticle => Self::WriteArticle,
            gap::Advice::AddExample => Self::AddExample,
            gap::Advice::ImproveArticle => Self::ImproveArticle,
            gap::Advice::Answered => Self::Answered,
        }
    }
}

impl Gap {
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
