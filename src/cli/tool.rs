//! Carries out the commands that need no running Firstline.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use super::args::{Ask, Gaps, Kb, Tool};
use super::ask::{self, Form};
use super::conversation::{Desk, hint};
use super::ended::{CliError, Ended, unless_reader_left};
use super::{explain, kb_check, kb_eval, kb_gaps, kb_learned, kb_search, kb_tune, redact};
use crate::app::{self, checks, facts, weighing};
use crate::config::Config;
use crate::domain::lang::Lang;
use crate::domain::learned::LearnedState;
use crate::domain::message::{Redacted, Secret};
use crate::domain::policy::Policy;
use crate::domain::time::Timestamp;
use crate::library::{self, Loaded};
use crate::search::SearchIndex;
use crate::wording::Wording;

/// Takes out of a text what must not be kept, and says what it was.
pub type Filter<'a> = &'a (dyn Fn(&str) -> (Redacted, Vec<Secret>) + Sync);

/// How many articles a search lists.
const LISTED: usize = 10;

const DAY: Duration = Duration::from_hours(24);

/// Carries out a command and prints what comes of it on standard output.
///
/// # Errors
/// [`CliError`] where it cannot run. A reader that stops reading is no error.
pub fn run_tool(tool: &Tool, config: &Config, filter: Filter<'_>, now: Timestamp) -> Result<Ended, CliError> {
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = match tool {
        Tool::Ask(args) => ask(args, config, filter, now, &mut out),
        Tool::Explain { question, lang } => explain(&question.join(" "), *lang, config, filter, now, &mut out),
        Tool::Redact { file } => redact(file.as_deref(), filter, &mut out),
        Tool::Kb(Kb::Check { dir, json }) => check(dir.as_ref().unwrap_or(&config.storage.kb), *json, config, now, &mut out),
        Tool::Kb(Kb::Search { words, lang }) => search(&words.join(" "), *lang, config, now, &mut out),
        Tool::Kb(Kb::Learned { state }) => learned(*state, config, &mut out),
        Tool::Kb(Kb::Gaps(args)) => gaps(*args, config, now, &mut out),
        Tool::Kb(Kb::Eval(args)) => kb_eval::run(args, config, filter, now, &mut out),
        Tool::Kb(Kb::Tune(args)) => kb_tune::run(args, config, filter, now, &mut out),
    };
    unless_reader_left(ended.and_then(|ended| out.flush().map(|()| ended).map_err(CliError::from)))
}

fn ask(args: &Ask, config: &Config, filter: Filter<'_>, now: Timestamp, out: &mut dyn Write) -> Result<Ended, CliError> {
    let (index, policy) = ready(config, now)?;
    let desk = Desk { index: &index, policy: &policy, filter, now };
    let lang = hint(args.lang, config.desk.lang);
    let (wording, facts) = (Wording::embedded()?, facts(config));
    let form = if args.json { Form::Json } else { Form::Words(&wording, &facts) };
    if args.stdin {
        ask::lines(&desk, io::stdin().lock(), lang, &form, out)?;
    } else {
        ask::one(&desk, &args.question.join(" "), lang, &form, out)?;
    }
    Ok(Ended::Fine)
}

fn explain(
    question: &str,
    lang: Option<Lang>,
    config: &Config,
    filter: Filter<'_>,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<Ended, CliError> {
    let (index, policy) = ready(config, now)?;
    let lang = hint(lang, config.desk.lang);
    let asked = Desk { index: &index, policy: &policy, filter, now }.ask(question, lang);
    let why = index.explain(asked.message.text.as_str(), lang);
    explain::print(&asked, &why, policy.thresholds, out)?;
    Ok(Ended::Fine)
}

fn redact(file: Option<&Path>, filter: Filter<'_>, out: &mut dyn Write) -> Result<Ended, CliError> {
    match file {
        Some(path) => redact::lines(filter, BufReader::new(File::open(path).map_err(|error| unreadable(path, &error))?), out)?,
        None => redact::lines(filter, io::stdin().lock(), out)?,
    }
    Ok(Ended::Fine)
}

fn check(folder: &Path, json: bool, config: &Config, now: Timestamp, out: &mut dyn Write) -> Result<Ended, CliError> {
    Ok(kb_check::print(&library::load(folder, &checks(now, config))?, json, out)?)
}

fn search(words: &str, lang: Option<Lang>, config: &Config, now: Timestamp, out: &mut dyn Write) -> Result<Ended, CliError> {
    kb_search::print(&ready(config, now)?.0.search(words, lang, LISTED), out)?;
    Ok(Ended::Fine)
}

fn learned(state: LearnedState, config: &Config, out: &mut dyn Write) -> Result<Ended, CliError> {
    kb_learned::print(&app::learned(config, state)?, config.learning, out)?;
    Ok(Ended::Fine)
}

fn gaps(args: Gaps, config: &Config, now: Timestamp, out: &mut dyn Write) -> Result<Ended, CliError> {
    let app::Gaps { questions, taught } = app::gaps(config, now.before(DAY * args.days))?;
    let (index, policy) = ready(config, now)?;
    index.teach(taught);
    let report = kb_gaps::Report::new(&questions, args, &index, policy.thresholds);
    if args.json {
        report.print_json(out)?;
    } else {
        report.print(out)?;
    }
    Ok(Ended::Fine)
}

/// The whole text of a file.
pub(super) fn text_of(file: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> CliError {
    CliError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}

/// The articles in an index of their own (a running Firstline keeps the one on disk), and what is decided on it.
pub(super) fn ready(config: &Config, now: Timestamp) -> Result<(SearchIndex, Policy), CliError> {
    let Loaded { articles, glossary, .. } = library::load(&config.storage.kb, &checks(now, config))?;
    let weighing = weighing(config);
    weighing.warnings.iter().for_each(|warning| eprintln!("firstline: {warning}"));
    let index = SearchIndex::open(None, articles)?.with_weights(weighing.weights, weighing.thresholds);
    index.define(&glossary);
    Ok((index, Policy { thresholds: weighing.thresholds, ..config.policy.clone() }))
}
