//! `firstline kb tune`: fits weights to questions whose right articles are known, and shows what they are worth.

use std::io::{self, IsTerminal, Write};

use super::args::Tune;
use super::ended::{CliError, Ended};
use super::eval::{Figures, Judged, Question, measure, parse};
use super::{Did, Filter, tool};
use crate::app::{checks, today, weights_file};
use crate::config::Config;
use crate::domain::answer::PerMille;
use crate::domain::ids::Slug;
use crate::domain::time::Timestamp;
use crate::library;
use crate::ports::Index;
use crate::search::{Compared, Example, Progress, SearchIndex, Tried, Tuned, Weights};

/// After how many questions progress is told.
const TOLD_EVERY: usize = 50;

/// The shares of right answers whose thresholds are shown.
const SHOWN_SHARES: [u16; 6] = [800, 900, 930, 950, 970, 990];

/// Carries the command out.
pub(super) fn run(
    args: &Tune,
    config: &Config,
    filter: Filter<'_>,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<Ended, CliError> {
    let mut questions = Vec::new();
    for file in &args.files {
        questions.extend(parse(&file.display().to_string(), &tool::text_of(file)?)?);
    }
    let loaded = library::load(&config.storage.kb, &checks(now, config))?;
    let index = SearchIndex::open(None, loaded.articles)?;
    index.define(&loaded.glossary);
    tell_of_unknown(&index, &questions);
    let examples: Vec<Example> = questions.iter().map(|question| example(question, filter)).collect();
    let tuned = index.tune(&examples, args.hide, &mut progress(examples.len()))?;
    let compared = compared(&questions, &tuned, config.answering.right);
    print(&tuned, &examples, &compared, config.answering.right, out)?;
    finish(args, &tuned.weights.made_on(today(now, config), &examples, compared), config, out)
}

/// Writes the weights where they are no worse, or where that is wished.
fn finish(args: &Tune, weights: &Weights, config: &Config, out: &mut dyn Write) -> Result<Ended, CliError> {
    if args.dry_run {
        writeln!(out, "\nNothing was written.")?;
        return Ok(Ended::Fine);
    }
    let fallen: Vec<&str> = weights.made().map(fallen).unwrap_or_default();
    if !fallen.is_empty() && !args.write {
        writeln!(out, "\nNot written: {} would fall. --write keeps these weights all the same.", fallen.join(" and "))?;
        return Ok(Ended::Problems);
    }
    let file = weights_file(&config.storage.data);
    weights.write(&file)?;
    writeln!(out, "\nWritten into {}. Firstline uses these weights from its next start on.", file.display())?;
    Ok(Ended::Fine)
}

/// Which of the two figures that decide have fallen: the right article being first, and right answers when most are answered.
fn fallen(made: &crate::search::Made) -> Vec<&str> {
    let decides = |figure: &&Compared| ["s@1", "right@80"].contains(&figure.name.as_str());
    let has_fallen = |figure: &&Compared| figure.tuned < figure.shipped - 1e-9;
    made.figures.iter().filter(decides).filter(has_fallen).map(|figure| figure.name.as_str()).collect()
}

fn example(question: &Question, filter: Filter<'_>) -> Example {
    Example { text: filter(&question.text).0, right: question.right.iter().map(Slug::new).collect() }
}

/// A right article that does not exist is most often a slip of the pen.
fn tell_of_unknown(index: &SearchIndex, questions: &[Question]) {
    let named = questions.iter().flat_map(|question| &question.right);
    let mut unknown: Vec<&str> =
        named.filter(|name| index.languages(&Slug::new(name.as_str())).is_empty()).map(String::as_str).collect();
    unknown.sort_unstable();
    unknown.dedup();
    if !unknown.is_empty() {
        eprintln!("firstline: the knowledge base has no article {}", unknown.join(", "));
    }
}

/// Tells how far it has come, where somebody looks.
fn progress(questions: usize) -> impl FnMut(Progress) {
    let watched = io::stderr().is_terminal();
    move |progress| match progress {
        _ if !watched => {}
        Progress::Asked(number) if number == questions || number % TOLD_EVERY == 0 => {
            eprint!("\r{number} of {questions} questions asked");
        }
        Progress::Asked(_) => {}
        Progress::Fitted(number, of) if number == of => eprintln!("\r{of} models fitted                    "),
        Progress::Fitted(number, of) => eprint!("\r{number} of {of} models fitted      "),
    }
}

type Figure = fn(&Figures) -> Option<f64>;

/// The figures with the shipped weights and with the fitted ones, cross-validated.
fn compared(questions: &[Question], tuned: &Tuned, wanted: PerMille) -> Vec<Compared> {
    let (before, after) = (figures(questions, &tuned.shipped), figures(questions, &tuned.tuned));
    let answered = |tried: &Tried| Some(tried.chosen(wanted)).filter(|chosen| chosen.reached).map_or(0.0, |c| c.answered.share());
    let named: [(&str, Figure); 5] = [
        ("s@1", |of| of.success_at_1),
        ("s@3", |of| of.success_at_3),
        ("MRR@10", |of| of.mrr_at_10),
        ("right@80", |of| of.right_at_80),
        ("AUROC", |of| of.auroc),
    ];
    let measured = named
        .into_iter()
        .filter_map(|(name, figure)| Some(Compared { name: name.to_owned(), shipped: figure(&before)?, tuned: figure(&after)? }));
    let last = Compared { name: "answered".to_owned(), shipped: answered(&tuned.shipped), tuned: answered(&tuned.tuned) };
    measured.chain([last]).collect()
}

fn figures(questions: &[Question], tried: &Tried) -> Figures {
    let judged = questions.iter().zip(&tried.trials).map(|(question, trial)| {
        let found: Vec<&str> = trial.found.iter().map(Slug::as_str).collect();
        Judged::of(question, &found, trial.confidence, Did::HandOff)
    });
    measure(&judged.collect::<Vec<_>>()).all
}

fn print(tuned: &Tuned, examples: &[Example], compared: &[Compared], wanted: PerMille, out: &mut dyn Write) -> io::Result<()> {
    let answerable = examples.iter().filter(|example| !example.right.is_empty()).count();
    let (questions, hidden) = (examples.len(), tuned.hidden);
    writeln!(out, "{questions} questions, {answerable} answerable; {hidden} asked once more with their right articles hidden\n")?;
    writeln!(out, "{:<20} {:>9} {:>9}", "", "shipped", "tuned")?;
    for Compared { name, shipped, tuned } in compared {
        writeln!(out, "{name:<20} {shipped:>9.3} {tuned:>9.3}  {:+.3}", tuned - shipped)?;
    }
    let shipped = Weights::shipped();
    writeln!(out, "\nranking")?;
    pairs(shipped.of_features().zip(tuned.weights.of_features()), out)?;
    writeln!(out, "\nconfidence")?;
    pairs([(("base", shipped.base()), ("base", tuned.weights.base()))].into_iter(), out)?;
    pairs(shipped.of_signs().zip(tuned.weights.of_signs()), out)?;
    thresholds(tuned, out)?;
    writeln!(
        out,
        "\nTuned figures are cross-validated. s@1, s@3, MRR@10, right@80, AUROC: as in kb eval. answered: the share of questions that\n\
         want an article, hidden ones included, that gets one where {} of 100 answers are to be right; 0 where that is out of reach.",
        wanted.share() * 100.0
    )
}

type Named = (&'static str, f32);

fn pairs(mut pairs: impl Iterator<Item = (Named, Named)>, out: &mut dyn Write) -> io::Result<()> {
    pairs.try_for_each(|((name, shipped), (_, tuned))| writeln!(out, "{name:<20} {shipped:>9.2} {tuned:>9.2}"))
}

fn thresholds(tuned: &Tuned, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nright answers      from confidence  questions answered")?;
    for share in SHOWN_SHARES {
        let chosen = tuned.tuned.chosen(PerMille::new(share));
        let share = f64::from(share) / 1_000.0;
        if chosen.reached {
            let (at, answered) = (chosen.thresholds.answer.share(), chosen.answered.share());
            writeln!(out, "{share:<20.2} {at:>13.3} {answered:>19.3}")?;
        } else {
            writeln!(out, "{share:<20.2} {:>13}", "out of reach")?;
        }
    }
    Ok(())
}
