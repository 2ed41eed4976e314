//! What stands between the `---` lines at the top of an article.

use serde_yaml_ng::{Mapping, Value};

use super::problem::Report;
use crate::domain::article::Day;
use crate::domain::flaw::Flaw;

/// The keys that an article may have.
pub(super) const KEYS: &[&str] = &["title", "lang", "tags", "questions", "owner", "reviewed", "audience", "group", "request"];

/// How alike an unknown key must be to a known one for that to be suggested, from 0 to 1.
const ALIKE: f64 = 0.6;

/// A front matter whose YAML could be read, with its place in the file.
#[derive(Debug)]
pub(super) struct FrontMatter<'t> {
    values: Mapping,
    yaml: &'t str,
    /// The keys that it may have.
    keys: &'static [&'static str],
    /// What stands after it.
    pub(super) body: &'t str,
    /// The line on which the body begins, counted from 1.
    pub(super) body_line: u32,
}

impl<'t> FrontMatter<'t> {
    /// Splits a file and reads the front matter; `None`, with the reason reported, where it has none that can be read.
    pub(super) fn read(text: &'t str, report: &mut Report<'_>) -> Option<Self> {
        Self::read_with(KEYS, text, report)
    }

    /// The same for a file that may have these keys and no others.
    pub(super) fn read_with(keys: &'static [&'static str], text: &'t str, report: &mut Report<'_>) -> Option<Self> {
        let Some(rest) = text.strip_prefix("---").and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n')) else {
            report.flaw(1, Flaw::NoFrontMatter);
            return None;
        };
        let Some((yaml, body)) = split(rest) else {
            report.flaw(1, Flaw::OpenFrontMatter);
            return None;
        };
        let values = match serde_yaml_ng::from_str::<Option<Mapping>>(yaml) {
            Ok(values) => values.unwrap_or_default(),
            Err(error) => {
                let line = error.location().map_or(1, |location| lines(location.line()) + 1);
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
                report.flaw(line, Flaw::NoYaml { reason });
                return None;
            }
        };
        let body_line = lines(text[..text.len() - body.len()].matches('\n').count()) + 1;
        let front = Self { values, yaml, keys, body, body_line };
        front.refuse_unknown_keys(report);
        Some(front)
    }

    fn refuse_unknown_keys(&self, report: &mut Report<'_>) {
        for key in self.values.keys() {
            let name = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
            if self.keys.contains(&name.as_str()) {
                continue;
            }
            let lower = name.to_lowercase();
            let alike = self.keys.iter().map(|known| (strsim::normalized_damerau_levenshtein(&lower, known), *known));
            let nearest = alike.filter(|(score, _)| *score >= ALIKE).max_by(|one, other| one.0.total_cmp(&other.0));
            let nearest = nearest.map(|(_, known)| known);
            report.flaw(self.line(&name), Flaw::UnknownKey { key: name, nearest, known: self.keys });
        }
    }

    /// The line of a key in the file, counted from 1.
    pub(super) fn line(&self, key: &str) -> u32 {
        let is_key = |line: &str| {
            let bare = line.trim_start_matches(['"', '\'']).strip_prefix(key);
            bare.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
        };
        self.yaml.lines().position(is_key).map_or(1, |at| lines(at) + 2)
    }

    fn value(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// A text; what is no text is reported and left out.
    pub(super) fn text(&self, key: &str, report: &mut Report<'_>) -> Option<String> {
        let value = self.value(key)?;
        let text = scalar(value);
        if text.is_none() {
            report.flaw(self.line(key), Flaw::NotText { key: key.to_owned() });
        }
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&self, key: &str, report: &mut Report<'_>) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items = match value {
            Value::Sequence(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>(),
            one => scalar(one).map(|one| vec![one]),
        };
        if items.is_none() {
            report.flaw(self.line(key), Flaw::NotTexts { key: key.to_owned() });
        }
        let texts = items.unwrap_or_default().into_iter().map(|item| item.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// A day; what is no day is reported and left out.
    pub(super) fn day(&self, key: &str, report: &mut Report<'_>) -> Option<Day> {
        let text = self.text(key, report)?;
        let day = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == "2026-11-22".len());
        if day.is_none() {
            report.flaw(self.line(key), Flaw::NotDay { key: key.to_owned(), text });
        }
        day.map(|day| Day { year: day.year(), month: day.month(), day: day.day() })
    }
}

/// The YAML up to the closing line, and what stands after that.
pub(super) fn split(rest: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn lines(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 2)
}
