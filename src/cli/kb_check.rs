//! `firstline kb check`: every problem of the articles, the glossary, the standard replies and the links, with its place and remedy.

use std::io::{self, Write};

use serde::Serialize;

use super::Ended;
use crate::library::{Loaded, Problem, Severity};

#[derive(Serialize)]
struct Checked<'a> {
    articles: usize,
    concepts: usize,
    replies: usize,
    links: usize,
    errors: usize,
    warnings: usize,
    problems: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    file: String,
    line: Option<u32>,
    severity: &'static str,
    what: &'a str,
    remedy: &'a str,
}

/// Prints the problems and how many there are; any problem at all ends the check with [`Ended::Problems`].
pub(super) fn print(loaded: &Loaded, json: bool, out: &mut dyn Write) -> io::Result<Ended> {
    let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let warnings = loaded.problems.len() - errors;
    if json {
        let problems = loaded.problems.iter().map(shown).collect();
        let (articles, concepts) = (loaded.articles.len(), loaded.glossary.concepts.len());
        let (replies, links) = (loaded.replies.len(), loaded.links.len());
        serde_json::to_writer_pretty(&mut *out, &Checked { articles, concepts, replies, links, errors, warnings, problems })?;
        writeln!(out)?;
    } else {
        for problem in &loaded.problems {
            writeln!(out, "{problem}")?;
        }
        let articles = counted(loaded.articles.len(), "article");
        let concepts = counted(loaded.glossary.concepts.len(), "concept");
        let replies = counted_replies(loaded.replies.len());
        let links = counted(loaded.links.len(), "link");
        match (errors, warnings) {
            (0, 0) => writeln!(out, "{articles}, {concepts}, {replies}, {links}, no problems")?,
            _ => writeln!(
                out,
                "{articles}, {concepts}, {replies} and {links} can be used; {}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            )?,
        }
    }
    Ok(if loaded.problems.is_empty() { Ended::Fine } else { Ended::Problems })
}

fn shown(problem: &Problem) -> Shown<'_> {
    Shown {
        file: problem.file.display().to_string(),
        line: problem.line,
        severity: problem.severity.as_str(),
        what: &problem.what,
        remedy: &problem.remedy,
    }
}

fn counted_replies(count: usize) -> String {
    if count == 1 { "1 standard reply".to_owned() } else { format!("{count} standard replies") }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
