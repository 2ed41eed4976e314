//! `firstline redact`: lines without what must not be kept.

use std::io::{self, BufRead, Write};

use serde::Serialize;

use super::Filter;
use crate::domain::message::Secret;

#[derive(Serialize)]
struct Redacted<'a> {
    text: &'a str,
    found: Vec<&'static str>,
}

/// Prints a line of JSON for every line; bytes that are no text are replaced first.
pub(super) fn lines(filter: Filter<'_>, mut input: impl BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        let (text, found) = filter(line.trim_end_matches(['\n', '\r']));
        let redacted = Redacted { text: text.as_str(), found: found.into_iter().map(Secret::as_str).collect() };
        serde_json::to_writer(&mut *out, &redacted)?;
        writeln!(out)?;
        out.flush()?;
        bytes.clear();
    }
    Ok(())
}
