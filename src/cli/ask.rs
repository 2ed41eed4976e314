//! `firstline ask`: the chat's answer in the terminal.

use std::io::{self, BufRead, Write};

use serde::Serialize;

use super::conversation::{Asked, Desk, Did};
use crate::domain::message::LangHint;
use crate::wording::{Facts, Wording};

/// The answer as a line of JSON.
#[derive(Serialize)]
struct Answered<'a> {
    question: &'a str,
    lang: &'static str,
    decision: &'static str,
    articles: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    slug: &'a str,
    lang: &'static str,
    confidence: f64,
}

/// How answers are printed.
pub(super) enum Form<'a> {
    /// As the chat says them.
    Words(&'a Wording, &'a Facts),
    /// As lines of JSON.
    Json,
}

/// Answers one question.
pub(super) fn one(desk: &Desk<'_>, question: &str, lang: LangHint, form: &Form<'_>, out: &mut dyn Write) -> io::Result<()> {
    let asked = desk.ask(question, lang);
    match form {
        Form::Words(wording, facts) => in_words(&asked, wording, facts, out),
        Form::Json => {
            serde_json::to_writer(&mut *out, &as_json(&asked))?;
            writeln!(out)
        }
    }
}

/// Answers every line, each as soon as it is read; bytes that are no text are replaced first.
pub(super) fn lines(
    desk: &Desk<'_>,
    mut questions: impl BufRead,
    lang: LangHint,
    form: &Form<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    while questions.read_until(b'\n', &mut bytes)? > 0 {
        let question = String::from_utf8_lossy(&bytes);
        one(desk, question.trim_end_matches(['\n', '\r']), lang, form, out)?;
        out.flush()?;
        bytes.clear();
    }
    Ok(())
}

/// What was removed for privacy is not printed back.
fn as_json(asked: &Asked) -> Answered<'_> {
    let found = asked.understood.candidates.iter().map(|candidate| Found {
        slug: candidate.article.slug.as_str(),
        lang: candidate.article.lang.code(),
        confidence: candidate.confidence.share(),
    });
    Answered {
        question: asked.message.text.as_str(),
        lang: asked.decision.conversation.lang.code(),
        decision: asked.did().as_str(),
        articles: found.collect(),
    }
}

fn in_words(asked: &Asked, wording: &Wording, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    for recorded in asked.said() {
        let said = wording.line(&recorded, facts);
        writeln!(out, "{}\n", said.text.trim())?;
        for (_, label) in &said.actions {
            writeln!(out, "  [{label}]")?;
        }
        if !said.actions.is_empty() {
            writeln!(out)?;
        }
    }
    if asked.did() == Did::HandOff {
        writeln!(out, "(Only shown: no ticket was opened. In the chat it has a number.)\n")?;
    }
    Ok(())
}
