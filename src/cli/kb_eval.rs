//! `firstline kb eval`: asks every question and prints the figures.

use std::io::{self, IsTerminal, Write};

use serde_json::{Map, Value, json};

use super::args::Eval;
use super::compare::{Compared, Run};
use super::conversation::Desk;
use super::ended::{CliError, Ended};
use super::eval::{Figures, Judged, Measured, Misled, Question, measure_as_if, parse};
use super::last_run::LastRun;
use super::typing_errors::with_typing_errors;
use super::{Filter, compare, kb_overheard, tool};
use crate::app::today;
use crate::config::Config;
use crate::domain::lang::Lang;
use crate::domain::message::LangHint;
use crate::domain::time::Timestamp;

/// After how many questions progress is told.
const TOLD_EVERY: usize = 100;

/// Carries the command out.
pub(super) fn run(
    args: &Eval,
    config: &Config,
    filter: Filter<'_>,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<Ended, CliError> {
    let mut questions = parse(&args.file.display().to_string(), &tool::text_of(&args.file)?)?;
    if args.typing_errors {
        for question in &mut questions {
            question.text = with_typing_errors(&question.text);
        }
    }
    let (index, policy) = tool::ready(config, now)?;
    let desk = Desk { index: &index, policy: &policy, filter, now };
    if args.overheard {
        return kb_overheard::run(&desk, &questions, config.desk.lang, args.all, out);
    }
    let judged = judge(&desk, &questions, config.desk.lang);
    let measured = measure_as_if(&judged, args.unanswerable);
    if args.no_compare || args.typing_errors || args.unanswerable.is_some() {
        print(&measured, None, args.json, args.all, out)?;
        return Ok(Ended::Fine);
    }
    let last = LastRun::of(&config.storage.data, &args.file, &config.storage.kb);
    let before = last.read();
    let this = Run::new(today(now, config), &measured, &questions, &judged);
    let compared = before.as_ref().map(|before| compare::compare(before, &this, &questions, &judged));
    print(&measured, compared.as_ref(), args.json, args.all, out)?;
    if let Err(error) = last.keep(&this) {
        eprintln!("firstline: this run cannot be kept to compare the next one with: {error}");
    }
    Ok(Ended::Fine)
}

/// Asks every question as somebody who has not written before.
pub(super) fn judge(desk: &Desk<'_>, questions: &[Question], usual: Lang) -> Vec<Judged> {
    let watched = io::stderr().is_terminal();
    let one = |(number, question): (usize, &Question)| {
        if watched && number > 0 && number % TOLD_EVERY == 0 {
            eprint!("\r{number} of {} questions", questions.len());
        }
        let asked = desk.ask(&question.text, LangHint::Likely(usual));
        let candidates = asked.understood.candidates.iter();
        let ranked: Vec<&str> = candidates.map(|candidate| candidate.article.slug.as_str()).collect();
        let first = asked.understood.candidates.first().filter(|_| asked.asks());
        Judged::of(question, &ranked, first.map_or(0.0, |first| first.confidence.share()), asked.did())
    };
    let judged = questions.iter().enumerate().map(one).collect();
    if watched && questions.len() > TOLD_EVERY {
        eprintln!("\r{} questions        ", questions.len());
    }
    judged
}

/// Prints the figures as a table or as JSON, and what changed since the last run; `all` of the questions that changed, or a few.
pub(super) fn print(
    measured: &Measured,
    compared: Option<&Compared<'_>>,
    json: bool,
    all: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if json {
        let mut written = as_json(measured);
        written["compared"] = compared.map_or(Value::Null, compare::as_json);
        serde_json::to_writer_pretty(&mut *out, &written)?;
        return writeln!(out);
    }
    table(measured, out)?;
    compared.map_or(Ok(()), |compared| compare::print(compared, all, out))
}

fn table(measured: &Measured, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:<20} {:>9}  s@1    s@3    s@5    MRR@10 answered wrong  right@80 AUROC", "", "questions")?;
    row("all", &measured.all, out)?;
    for (title, sets) in [("language", &measured.by_lang), ("tag", &measured.by_tag)] {
        writeln!(out, "\nby {title}")?;
        sets.iter().try_for_each(|(name, figures)| row(name, figures, out))?;
    }
    if !measured.misled.is_empty() {
        writeln!(out, "\nno article answers it     questions  answered with one all the same")?;
    }
    for Misled { tag, questions, answered } in &measured.misled {
        let percent = (answered * 100 + questions / 2) / questions;
        writeln!(out, "{tag:<24} {questions:>10}  {answered} ({percent} %)")?;
    }
    writeln!(
        out,
        "\ns@1, s@3, s@5, MRR@10: of questions that an article answers. answered: share of all questions. wrong: of given answers.\n\
         right@80: right answers where the threshold lets 80 % of answerable questions be answered. AUROC: confidence, answerable or not.\n\
         What goes its own way (chatter, requests for a person, own tickets, critical reports) counts with confidence 0 in these two."
    )
}

fn row(name: &str, of: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let questions = format!("{}/{}", of.answerable, of.questions);
    let found = [of.success_at_1, of.success_at_3, of.success_at_5, of.mrr_at_10];
    let figures = found.into_iter().chain([of.answered, of.wrong_of_answered, of.right_at_80, of.auroc]);
    let shown: Vec<String> = figures.map(|figure| figure.map_or("–".to_owned(), |share| format!("{share:.3}"))).collect();
    let [s1, s3, s5, mrr, answered, wrong, right, auroc] = shown.as_slice() else { return Ok(()) };
    writeln!(out, "{name:<20} {questions:>9}  {s1:<6} {s3:<6} {s5:<6} {mrr:<6} {answered:<8} {wrong:<6} {right:<8} {auroc}")
}

fn as_json(measured: &Measured) -> Value {
    let sets = |sets: &[(String, Figures)]| -> Map<String, Value> {
        sets.iter().map(|(name, figures)| (name.clone(), figures_json(figures))).collect()
    };
    let misled =
        measured.misled.iter().map(|of| (of.tag.to_owned(), json!({ "questions": of.questions, "answered": of.answered })));
    json!({
        "all": figures_json(&measured.all),
        "by_lang": sets(&measured.by_lang),
        "by_tag": sets(&measured.by_tag),
        "misled": misled.collect::<Map<String, Value>>(),
    })
}

fn figures_json(of: &Figures) -> Value {
    json!({
        "questions": of.questions,
        "answerable": of.answerable,
        "success_at_1": of.success_at_1,
        "success_at_3": of.success_at_3,
        "success_at_5": of.success_at_5,
        "mrr_at_10": of.mrr_at_10,
        "answered": of.answered,
        "wrong_of_answered": of.wrong_of_answered,
        "right_at_80_coverage": of.right_at_80,
        "auroc": of.auroc,
    })
}
