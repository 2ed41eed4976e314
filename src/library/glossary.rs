//! The editors' glossary on disk: a line of `ordliste.tsv` is a concept, its cells hold words with `; ` between them.
//!
//! A line that cannot be used is passed over and told; the others count.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::files;
use super::problem::{Problem, Report};
use crate::domain::glossary::{Concept, Glossary};

/// The first line, besides comments.
const HEADER: [&str; 4] = ["nb", "nn", "en", "also"];

/// The longest word or phrase, in characters.
const LONGEST: usize = 60;

/// The fewest words that bridge anything.
const FEWEST: usize = 2;

/// Where a knowledge base's glossary is, if it has one.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("ordliste.tsv")
}

/// Reads the glossary of a knowledge base; one that has none has an empty one.
pub(super) fn read(folder: &Path, problems: &mut Vec<Problem>) -> Glossary {
    let path = path(folder);
    if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        return Glossary::default();
    }
    match files::read(&path) {
        Ok(text) => parse(path, &text, problems),
        Err(flaw) => {
            problems.push(Problem::of(path, None, flaw));
            Glossary::default()
        }
    }
}

fn parse(file: PathBuf, text: &str, problems: &mut Vec<Problem>) -> Glossary {
    let told = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let mut lines = told.peekable();
    let mut reading = Reading { report: Report::on(file, problems), preferred: HashMap::new() };
    if lines.next_if(|(_, line)| is_header(line)).is_none() {
        let at = lines.peek().map_or(1, |(at, _)| *at);
        reading.report.error(at, "the header is missing", "begin with the line nb, nn, en, also, with a tab between the words");
    }
    Glossary { concepts: lines.filter_map(|(at, line)| reading.concept(at, line)).collect() }
}

fn is_header(line: &str) -> bool {
    line.split('\t').map(str::trim).eq(HEADER)
}

/// A glossary that is being read.
struct Reading<'p> {
    report: Report<'p>,
    /// The line of each preferred term, by its column.
    preferred: HashMap<(&'static str, String), u32>,
}

impl Reading<'_> {
    fn concept(&mut self, at: u32, line: &str) -> Option<Concept> {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[nb, nn, en, also] = cells.as_slice() else {
            let what = format!("there are {} columns and not {}", cells.len(), HEADER.len());
            self.report.error(at, what, "put a tab between nb, nn, en and also, where a cell is empty too");
            return None;
        };
        let mut seen = HashSet::new();
        let [nb, nn, en, also] = [nb, nn, en, also].map(|cell| self.words(at, cell, &mut seen));
        let concept = Concept { nb, nn, en, also };
        (self.bridges(at, &concept) & self.is_short(at, &concept) && self.is_new(at, &concept)).then_some(concept)
    }

    /// The words of a cell; one that was seen in the concept is told and dropped.
    fn words(&mut self, at: u32, cell: &str, seen: &mut HashSet<String>) -> Vec<String> {
        let written = cell.split(';').map(|word| word.split_whitespace().collect::<Vec<_>>().join(" "));
        let (new, again): (Vec<_>, Vec<_>) =
            written.filter(|word| !word.is_empty()).partition(|word| seen.insert(word.to_lowercase()));
        for word in again {
            self.report.warning(at, format!("\"{word}\" stands twice in this concept"), "remove one of them");
        }
        new
    }

    fn bridges(&mut self, at: u32, concept: &Concept) -> bool {
        if [&concept.nb, &concept.nn, &concept.en].into_iter().all(Vec::is_empty) {
            self.report.error(at, "nb, nn and en are all empty", "write at least one term that people know");
            return false;
        }
        if concept.words().count() < FEWEST {
            self.report.error(at, "one word alone bridges nothing", "add a word that means the same, or remove the line");
            return false;
        }
        true
    }

    fn is_short(&mut self, at: u32, concept: &Concept) -> bool {
        let too_long: Vec<&str> = concept.words().filter(|word| word.chars().count() > LONGEST).collect();
        for word in &too_long {
            let what = format!("\"{word}\" is longer than {LONGEST} characters");
            self.report.error(at, what, "shorten it, or put a semicolon between its words");
        }
        too_long.is_empty()
    }

    /// Whether no other concept has the same preferred term in the same column.
    fn is_new(&mut self, at: u32, concept: &Concept) -> bool {
        let first = [&concept.nb, &concept.nn, &concept.en].map(|words| words.first());
        let terms: Vec<(&'static str, &String)> =
            HEADER.into_iter().zip(first).filter_map(|(column, word)| Some((column, word?))).collect();
        let key = |column, word: &String| (column, word.to_lowercase());
        let taken: Vec<(&str, &String, u32)> =
            terms.iter().filter_map(|&(column, word)| Some((column, word, *self.preferred.get(&key(column, word))?))).collect();
        for (column, word, before) in &taken {
            let what = format!("\"{word}\" is the preferred {column} term of line {before} too");
            self.report.error(at, what, "make one concept of the two, or put another word first");
        }
        if taken.is_empty() {
            self.preferred.extend(terms.into_iter().map(|(column, word)| (key(column, word), at)));
        }
        taken.is_empty()
    }
}

#[cfg(test)]
mod tests;
