//! `firstline explain`: what was searched, which signals counted, and why it answered or not.

use std::io::{self, Write};

use super::conversation::{Asked, Did};
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::lang::Lang;
use crate::search::{CandidateShown, Contribution, Explanation, WordShown};

/// How many candidates are shown with all their figures.
const IN_FULL: usize = 3;

/// Prints the explanation and what was decided on it.
pub(super) fn print(asked: &Asked, why: &Explanation, thresholds: Thresholds, out: &mut dyn Write) -> io::Result<()> {
    let [nb, nn, en] = why.detected.cues;
    let lang = why.detected.lang.map_or("not told by the text", Lang::code);
    writeln!(out, "Language   {lang} (cues: nb {nb}, nn {nn}, en {en})")?;
    let rule = why.intent_rule.map_or_else(|| "no rule spoke".to_owned(), |rule| format!("rule: {rule}"));
    writeln!(out, "Wants      {:?} ({rule})", why.intent)?;
    writeln!(out, "Decision   {}", decision(asked, thresholds))?;
    if !why.words.is_empty() {
        writeln!(out, "\nWords      weight  recognised")?;
    }
    for word in &why.words {
        print_word(word, out)?;
    }
    if why.candidates.is_empty() {
        return writeln!(out, "\nNo article has any of these words.");
    }
    writeln!(out, "\nArticles   confidence  score")?;
    for (place, candidate) in why.candidates.iter().enumerate() {
        print_candidate(place, candidate, out)?;
    }
    Ok(())
}

fn decision(asked: &Asked, thresholds: Thresholds) -> String {
    let first = asked.understood.candidates.first().map_or(PerMille::default(), |candidate| candidate.confidence);
    let (first, answer, offer) = (first.share(), thresholds.answer.share(), thresholds.offer.share());
    match asked.did() {
        Did::Answer => format!("answer: confidence {first:.3} is at least {answer:.3}"),
        Did::Offer => format!("offer: confidence {first:.3} is below {answer:.3}, but at least {offer:.3}"),
        Did::HandOff if asked.understood.intent == crate::domain::answer::Intent::Question => {
            format!("hand off: confidence {first:.3} is below {offer:.3}")
        }
        Did::HandOff => "hand off: for what it wants, whatever the articles say".to_owned(),
        Did::SmallTalk => "a friendly line: it asks for no article".to_owned(),
    }
}

fn print_word(word: &WordShown, out: &mut dyn Write) -> io::Result<()> {
    let stands_for: Vec<String> = word.stands_for.iter().map(|(form, share)| format!("{form} {share:.2}")).collect();
    let recognised = format!("{:?}", word.recognised).to_lowercase();
    writeln!(out, "  {:<20} {:>5.2}  {recognised:<9} {}", word.text, word.weight, stands_for.join(", "))
}

fn print_candidate(place: usize, shown: &CandidateShown, out: &mut dyn Write) -> io::Result<()> {
    let candidate = &shown.candidate;
    let (confidence, score) = (candidate.confidence.share(), shown.score);
    writeln!(out, "{:>2}. {confidence:>6.3} {score:>8.2}  {}  {}", place + 1, candidate.article.slug, candidate.title)?;
    if place < IN_FULL {
        print_figures("score", &shown.features, out)?;
        print_figures("confidence", &shown.signs, out)?;
    }
    Ok(())
}

fn print_figures(of: &str, figures: &[Contribution], out: &mut dyn Write) -> io::Result<()> {
    let counted = figures.iter().filter(|figure| figure.contribution.abs() >= 0.005);
    let shown: Vec<String> =
        counted.map(|figure| format!("{} {:.2} ({:+.2})", figure.name, figure.value, figure.contribution)).collect();
    if shown.is_empty() { Ok(()) } else { writeln!(out, "      {of}: {}", shown.join(", ")) }
}
