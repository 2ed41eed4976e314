//! `firstline kb search`: articles that have the words.

use std::io::{self, Write};

use crate::domain::answer::Candidate;

/// Prints the articles, best first.
pub(super) fn print(found: &[Candidate], out: &mut dyn Write) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "No article has these words.");
    }
    for candidate in found {
        let article = &candidate.article;
        writeln!(out, "{:.3}  {}/{}  {}", candidate.confidence.share(), article.lang, article.slug, candidate.title)?;
    }
    Ok(())
}
