//! `firstline kb learned`: questions that articles were seen to answer.

use std::io::{self, Write};

use crate::domain::learned::{LearnedQuestion, LearningPolicy, Origin};

/// Prints the questions, newest first, each with its article and how it stands.
pub(super) fn print(questions: &[LearnedQuestion], policy: LearningPolicy, out: &mut dyn Write) -> io::Result<()> {
    if questions.is_empty() {
        return writeln!(out, "No learned questions in this state.");
    }
    for question in questions {
        let counts = if question.counts(policy) { "counts" } else { "waits" };
        let from = match question.origin {
            Origin::Helped => "helped",
            Origin::Replied => "replied",
        };
        let (article, people, text) = (&question.article, question.people, question.text.as_str());
        writeln!(out, "{}\t{article}\t{}\t{from}\t{people}\t{counts}\t{text}", question.id, question.lang)?;
    }
    Ok(())
}
