//! `firstline doctor`: what was looked at, how it is, and what to do.
//!
//! [`installation`] looks at what is on this machine; the composition root adds what it finds of the database and the channels
//! and prints all of it with [`print()`].

use std::io::{self, Write};
use std::net::TcpListener;
use std::path::Path;

use super::Ended;
use crate::app::{Weighing, checks, weighing};
use crate::config::Config;
use crate::domain::article::Article;
use crate::domain::time::Timestamp;
use crate::library::{self, Severity};
use crate::search::SearchIndex;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Ok,
    /// It works, but somebody should look at it.
    Warn,
    /// It does not work.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// How it is.
    pub health: Health,
    /// What was seen.
    pub seen: String,
    /// What to do, where something is to be done.
    pub remedy: Option<String>,
}

impl Finding {
    /// It is as it should be.
    pub fn ok(what: &'static str, seen: impl Into<String>) -> Self {
        Self { what, health: Health::Ok, seen: seen.into(), remedy: None }
    }

    /// It works, but somebody should look at it.
    pub fn warn(what: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what, health: Health::Warn, seen: seen.into(), remedy: Some(remedy.into()) }
    }

    /// It does not work.
    pub fn fail(what: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what, health: Health::Fail, seen: seen.into(), remedy: Some(remedy.into()) }
    }
}

/// Looks at what is on this machine: the data folder, the knowledge base, the index, the address.
#[must_use]
pub fn installation(config: &Config, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![data_folder(&config.storage.data)];
    match library::load(&config.storage.kb, &checks(now, config)) {
        Ok(loaded) => {
            findings.push(knowledge_base(&loaded));
            findings.push(index(loaded.articles));
            findings.push(weights(&weighing(config)));
        }
        Err(error) => {
            let remedy = "name its folder with --kb DIR or FIRSTLINE_KB";
            findings.push(Finding::fail("knowledge base", error.to_string(), remedy));
        }
    }
    findings.push(address(config));
    findings
}

/// Prints the findings and counts; a warning or a failure ends the command with [`Ended::Problems`].
///
/// # Errors
/// What writing fails with.
pub fn print(findings: &[Finding], out: &mut dyn Write) -> io::Result<Ended> {
    for finding in findings {
        let health = match finding.health {
            Health::Ok => "ok",
            Health::Warn => "warn",
            Health::Fail => "FAIL",
        };
        writeln!(out, "{health:<5} {:<15} {}", finding.what, finding.seen)?;
        if let Some(remedy) = &finding.remedy {
            writeln!(out, "{:<21} → {remedy}", "")?;
        }
    }
    let well = findings.iter().all(|finding| finding.health == Health::Ok);
    Ok(if well { Ended::Fine } else { Ended::Problems })
}

fn data_folder(folder: &Path) -> Finding {
    let what = "data folder";
    let probe = folder.join(".firstline-doctor");
    let tried =
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&probe, b"")).and_then(|()| std::fs::remove_file(&probe));
    match tried {
        Ok(()) => Finding::ok(what, format!("{} can be written", folder.display())),
        Err(error) => {
            let remedy =
                "give Firstline's user the right to write there, or name another folder with --data DIR or FIRSTLINE_DATA";
            Finding::fail(what, format!("{} cannot be written: {error}", folder.display()), remedy)
        }
    }
}

fn knowledge_base(loaded: &library::Loaded) -> Finding {
    let what = "knowledge base";
    let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let seen = format!("{} articles, {errors} errors, {} warnings", loaded.articles.len(), loaded.problems.len() - errors);
    if loaded.articles.is_empty() {
        return Finding::fail(what, seen, "put Markdown files into nb, nn or en below it; firstline kb check says what is wrong");
    }
    if loaded.problems.is_empty() { Finding::ok(what, seen) } else { Finding::warn(what, seen, "see firstline kb check") }
}

fn index(articles: Vec<Article>) -> Finding {
    match SearchIndex::open(None, articles) {
        Ok(index) => Finding::ok("index", format!("{} articles are indexed", crate::ports::Index::size(&index))),
        Err(error) => Finding::fail("index", error.to_string(), "check that there is memory and disk left"),
    }
}

fn weights(weighing: &Weighing) -> Finding {
    let what = "weights";
    match weighing.warnings.as_slice() {
        [] => Finding::ok(what, weighing.summary()),
        warnings => Finding::warn(what, weighing.summary(), warnings.join("; ")),
    }
}

fn address(config: &Config) -> Finding {
    let (what, listen) = ("address", config.desk.listen);
    match TcpListener::bind(listen) {
        Ok(_) => Finding::ok(what, format!("{listen} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let remedy = "fine where Firstline runs already; otherwise choose another port with FIRSTLINE_LISTEN";
            Finding::warn(what, format!("{listen} is in use"), remedy)
        }
        Err(error) => {
            Finding::fail(what, format!("{listen} cannot be used: {error}"), "choose another address with FIRSTLINE_LISTEN")
        }
    }
}
