//! Two runs of the same questions, side by side: which figures changed, and which questions got better or worse. Pure.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Did;
use super::eval::{Grade, Judged, Measured, Question};
use crate::domain::article::Day;

/// How many questions are named where not all are asked for.
const NAMED: usize = 20;

/// A run, as it is kept: what came of each question, by the question's fingerprint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    on: String,
    figures: BTreeMap<String, f64>,
    questions: BTreeMap<String, Came>,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Came {
    /// The place of the first right article, from 1.
    rank: Option<usize>,
    did: Did,
}

/// What changed between two runs.
pub(super) struct Compared<'a> {
    last: &'a str,
    /// Figures that changed: name, before, after.
    figures: Vec<(&'a str, f64, f64)>,
    better: Vec<Moved<'a>>,
    worse: Vec<Moved<'a>>,
    /// How many questions came out as before.
    same: usize,
    /// How many were not asked before.
    new: usize,
}

struct Moved<'a> {
    question: &'a Question,
    before: Came,
    after: Came,
}

impl Run {
    /// What is kept of a run.
    pub(super) fn new(on: Day, measured: &Measured, questions: &[Question], judged: &[Judged]) -> Self {
        let of = &measured.all;
        let figures = [
            ("s@1", of.success_at_1),
            ("s@3", of.success_at_3),
            ("s@5", of.success_at_5),
            ("MRR@10", of.mrr_at_10),
            ("answered", of.answered),
            ("wrong", of.wrong_of_answered),
            ("right@80", of.right_at_80),
            ("AUROC", of.auroc),
        ];
        let figures = figures.into_iter().filter_map(|(name, figure)| Some((name.to_owned(), figure?))).collect();
        let questions =
            questions.iter().zip(judged).map(|(question, judged)| (fingerprint(question), Came::of(judged))).collect();
        Self { on: on.to_string(), figures, questions }
    }
}

impl Came {
    const fn of(judged: &Judged) -> Self {
        Self { rank: judged.rank(), did: judged.did() }
    }

    /// The better, the greater: first what the bot did, then where the right article was.
    fn worth(self, answerable: bool) -> (Grade, std::cmp::Reverse<usize>) {
        (Grade::of(answerable, self.rank, self.did), std::cmp::Reverse(self.rank.unwrap_or(usize::MAX)))
    }

    fn in_words(self) -> String {
        let did = match self.did {
            Did::Answer => "answered",
            Did::Offer => "offered",
            Did::HandOff => "handed off",
            Did::SmallTalk => "a friendly line",
        };
        self.rank.map_or_else(|| did.to_owned(), |rank| format!("{did}, right article at {rank}"))
    }
}

/// Compares a run with the last one.
pub(super) fn compare<'a>(last: &'a Run, this: &'a Run, questions: &'a [Question], judged: &[Judged]) -> Compared<'a> {
    let changed = |(name, after): (&'a String, &f64)| {
        let before = *last.figures.get(name)?;
        ((before - after).abs() >= 0.0005).then_some((name.as_str(), before, *after))
    };
    let mut compared = Compared {
        last: &last.on,
        figures: this.figures.iter().filter_map(changed).collect(),
        better: Vec::new(),
        worse: Vec::new(),
        same: 0,
        new: 0,
    };
    for (question, judged) in questions.iter().zip(judged) {
        let Some(&before) = last.questions.get(&fingerprint(question)) else {
            compared.new += 1;
            continue;
        };
        let after = Came::of(judged);
        let answerable = judged.is_answerable();
        let moved = Moved { question, before, after };
        match after.worth(answerable).cmp(&before.worth(answerable)) {
            std::cmp::Ordering::Greater => compared.better.push(moved),
            std::cmp::Ordering::Less => compared.worse.push(moved),
            std::cmp::Ordering::Equal => compared.same += 1,
        }
    }
    compared
}

/// Prints what changed; `all` of the questions, or at most twenty that got better and twenty that got worse.
pub(super) fn print(compared: &Compared<'_>, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let Compared { last, figures, better, worse, same, new } = compared;
    let counted = format!("{} better, {} worse, {same} as before", better.len(), worse.len());
    let new = if *new > 0 { format!(", {new} not asked then") } else { String::new() };
    writeln!(out, "\ncompared with the last run ({last}): {counted}{new}")?;
    let figures: Vec<String> = figures.iter().map(|(name, before, after)| format!("{name} {before:.3} → {after:.3}")).collect();
    if !figures.is_empty() {
        writeln!(out, "  {}", figures.join(", "))?;
    }
    for (title, moved) in [("worse", worse), ("better", better)] {
        if !moved.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        let shown = if all { moved.len() } else { NAMED };
        moved.iter().take(shown).try_for_each(|one| print_moved(one, out))?;
        if moved.len() > shown {
            writeln!(out, "  and {} more; --all names them", moved.len() - shown)?;
        }
    }
    Ok(())
}

fn print_moved(moved: &Moved<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Moved { question, before, after } = moved;
    writeln!(out, "  {} {}\n     {} → {}", question.lang, question.text, before.in_words(), after.in_words())
}

/// What changed, as JSON.
pub(super) fn as_json(compared: &Compared<'_>) -> Value {
    let listed = |moved: &[Moved<'_>]| -> Vec<Value> {
        let one = |moved: &Moved<'_>| json!({ "question": moved.question.text, "before": moved.before, "after": moved.after });
        moved.iter().map(one).collect()
    };
    json!({
        "last": compared.last,
        "better": listed(&compared.better),
        "worse": listed(&compared.worse),
        "same": compared.same,
        "new": compared.new,
    })
}

/// What stands for a question, so that its text is not kept a second time. It changes with the right articles, too.
fn fingerprint(question: &Question) -> String {
    let Question { lang, right, text, .. } = question;
    let digest = Sha256::digest(format!("{lang}\n{}\n{text}", right.join(",")).as_bytes());
    digest.iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
