//! `firstline kb eval`: asks every question and prints the figures.

use std::io::{self, IsTerminal, Write};

use serde_json::{Map, Value, json};

use super::conversation::{Desk, Did};
use super::eval::{Figures, Judged, Measured, Question};
use crate::domain::lang::Lang;
use crate::domain::message::LangHint;

/// After how many questions progress is told.
const TOLD_EVERY: usize = 100;

/// Asks every question as somebody who has not written before.
pub(super) fn judge(desk: &Desk<'_>, questions: &[Question], usual: Lang) -> Vec<Judged> {
    let watched = io::stderr().is_terminal();
    let one = |(number, question): (usize, &Question)| {
        if watched && number > 0 && number % TOLD_EVERY == 0 {
            eprint!("\r{number} of {} questions", questions.len());
        }
        let asked = desk.ask(&question.text, LangHint::Likely(usual));
        let candidates = asked.understood.candidates.iter();
        let ranked: Vec<(&str, f64)> =
            candidates.map(|candidate| (candidate.article.slug.as_str(), candidate.confidence.share())).collect();
        Judged::of(question, &ranked, asked.did() == Did::Answer)
    };
    let judged = questions.iter().enumerate().map(one).collect();
    if watched && questions.len() > TOLD_EVERY {
        eprintln!("\r{} questions        ", questions.len());
    }
    judged
}

/// Prints the figures as a table or as JSON.
pub(super) fn print(measured: &Measured, json: bool, out: &mut dyn Write) -> io::Result<()> {
    if json {
        serde_json::to_writer_pretty(&mut *out, &as_json(measured))?;
        return writeln!(out);
    }
    writeln!(out, "{:<20} {:>9}  s@1    s@3    MRR@10 answered wrong  right@80 AUROC", "", "questions")?;
    row("all", &measured.all, out)?;
    for (title, sets) in [("language", &measured.by_lang), ("tag", &measured.by_tag)] {
        writeln!(out, "\nby {title}")?;
        sets.iter().try_for_each(|(name, figures)| row(name, figures, out))?;
    }
    writeln!(
        out,
        "\ns@1, s@3, MRR@10: of questions that an article answers. answered: share of all questions. wrong: of given answers.\n\
         right@80: right answers where the threshold lets 80 % of answerable questions be answered. AUROC: confidence, answerable or not."
    )
}

fn row(name: &str, of: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let questions = format!("{}/{}", of.answerable, of.questions);
    let figures = [of.success_at_1, of.success_at_3, of.mrr_at_10, of.answered, of.wrong_of_answered, of.right_at_80, of.auroc];
    let shown: Vec<String> = figures.iter().map(|figure| figure.map_or("–".to_owned(), |share| format!("{share:.3}"))).collect();
    let [s1, s3, mrr, answered, wrong, right, auroc] = shown.as_slice() else { return Ok(()) };
    writeln!(out, "{name:<20} {questions:>9}  {s1:<6} {s3:<6} {mrr:<6} {answered:<8} {wrong:<6} {right:<8} {auroc}")
}

fn as_json(measured: &Measured) -> Value {
    let sets = |sets: &[(String, Figures)]| -> Map<String, Value> {
        sets.iter().map(|(name, figures)| (name.clone(), figures_json(figures))).collect()
    };
    json!({
        "all": figures_json(&measured.all),
        "by_lang": sets(&measured.by_lang),
        "by_tag": sets(&measured.by_tag),
    })
}

fn figures_json(of: &Figures) -> Value {
    json!({
        "questions": of.questions,
        "answerable": of.answerable,
        "success_at_1": of.success_at_1,
        "success_at_3": of.success_at_3,
        "mrr_at_10": of.mrr_at_10,
        "answered": of.answered,
        "wrong_of_answered": of.wrong_of_answered,
        "right_at_80_coverage": of.right_at_80,
        "auroc": of.auroc,
    })
}
