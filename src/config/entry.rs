//! A value as it was given, with its place, and how it becomes what it should be.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Place};
use super::nearest;
use crate::domain::lang::Lang;

/// A value and where it was given.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) raw: Raw,
    pub(super) place: Place,
}

/// A value as it was written.
#[derive(Clone, Debug)]
pub(super) enum Raw {
    Text(String),
    Number(String),
    List(Vec<Entry>),
    Table(Table),
    Flag(bool),
    Other(&'static str),
}

/// Keys and values in the order of their lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(pub(super) Vec<(String, Entry)>);

/// Where a piece of TOML comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// A file's name and its whole text.
    File(&'a Arc<str>, &'a str),
    /// The value of an environment variable.
    Variable(&'a Place),
}

impl Origin<'_> {
    fn place(self, key: &str, at: usize) -> Place {
        match self {
            Self::File(file, text) => Place::Line { file: file.clone(), line: line_of(text, at), key: key.to_owned() },
            Self::Variable(place) if key.is_empty() => place.clone(),
            Self::Variable(place) => place.inner(key),
        }
    }
}

/// The line of a byte position, counted from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

impl Table {
    /// Takes parsed TOML in. `under` is the key of the table itself.
    pub(super) fn from_toml(table: &DeTable<'_>, under: &str, origin: Origin<'_>) -> Self {
        let mut entries: Vec<(usize, String, Entry)> = table
            .iter()
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let path = if under.is_empty() { name.clone() } else { format!("{under}.{name}") };
                let at = key.span().start;
                (at, name, Entry { raw: Raw::from_toml(value.get_ref(), &path, origin), place: origin.place(&path, at) })
            })
            .collect();
        entries.sort_by_key(|(at, ..)| *at);
        Self(entries.into_iter().map(|(_, name, entry)| (name, entry)).collect())
    }

    /// The value of a key.
    pub(super) fn get(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, entry)| entry)
    }

    /// Refuses keys that are not among `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ConfigError> {
        match self.0.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, entry)) => Err(entry.wrong(unknown_key(key, known))),
            None => Ok(()),
        }
    }
}

/// What is said of an unknown key.
pub(super) fn unknown_key(key: &str, known: &[&str]) -> String {
    match nearest(key, known.iter().copied()) {
        Some(meant) => format!("is not a known key; did you mean {meant}?"),
        None => format!("is not a known key; known here: {}", known.join(", ")),
    }
}

impl Raw {
    pub(super) fn from_toml(value: &DeValue<'_>, path: &str, origin: Origin<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => Self::Number(number.to_string()),
            DeValue::Float(number) => Self::Number(number.to_string()),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Array(list) => Self::List(
                list.iter()
                    .map(|item| Entry {
                        raw: Self::from_toml(item.get_ref(), path, origin),
                        place: origin.place(path, item.span().start),
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Self::Table(Table::from_toml(table, path, origin)),
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Flag(_) => "true or false",
            Self::Other(kind) => kind,
        }
    }
}

impl Entry {
    /// This value is not allowed: `problem` reads on from the place.
    pub(super) fn wrong(&self, problem: impl Into<String>) -> ConfigError {
        ConfigError::Invalid { place: self.place.clone(), problem: problem.into() }
    }

    fn wrong_kind(&self, wanted: &str) -> ConfigError {
        self.wrong(format!("must be {wanted}, not {}", self.raw.kind()))
    }

    /// The text.
    pub(super) fn text(&self) -> Result<&str, ConfigError> {
        match &self.raw {
            Raw::Text(text) if text.trim().is_empty() => Err(self.wrong("must not be empty")),
            Raw::Text(text) => Ok(text.trim()),
            _ => Err(self.wrong_kind("a text in quotes")),
        }
    }

    /// The text, as something else.
    pub(super) fn parsed<T>(&self, wanted: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, ConfigError> {
        let text = self.text()?;
        parse(text).ok_or_else(|| self.wrong(format!("must be {wanted}, not \"{text}\"")))
    }

    /// The language.
    pub(super) fn lang(&self) -> Result<Lang, ConfigError> {
        self.parsed("nb, nn or en", Lang::from_code)
    }

    /// A share between 0 and 1.
    pub(super) fn share(&self) -> Result<f64, ConfigError> {
        let (Raw::Number(text) | Raw::Text(text)) = &self.raw else { return Err(self.wrong_kind("a number from 0 to 1")) };
        let share = text.trim().parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
        share.ok_or_else(|| self.wrong(format!("must be a number from 0 to 1, such as 0.6, not {text}")))
    }

    /// True or false, which may stand in quotes.
    pub(super) fn flag(&self) -> Result<bool, ConfigError> {
        match &self.raw {
            Raw::Flag(flag) => Ok(*flag),
            Raw::Text(_) => self.parsed("true or false", |text| text.parse().ok()),
            _ => Err(self.wrong_kind("true or false")),
        }
    }

    /// A whole number from 0 to `most`, which may stand in quotes.
    pub(super) fn count(&self, most: u32) -> Result<u32, ConfigError> {
        let wanted = format!("a whole number from 0 to {most}");
        let (Raw::Number(text) | Raw::Text(text)) = &self.raw else { return Err(self.wrong_kind(&wanted)) };
        let count = text.trim().parse::<u32>().ok().filter(|count| *count <= most);
        count.ok_or_else(|| self.wrong(format!("must be {wanted}, not {text}")))
    }

    /// A share that can be wanted of right answers, 0.5 to 0.999.
    pub(super) fn wanted_share(&self) -> Result<f64, ConfigError> {
        let wrong = || self.wrong("must be a number from 0.5 to 0.999, such as 0.95 for 95 right answers of 100");
        self.share().ok().filter(|share| (0.5..=0.999).contains(share)).ok_or_else(wrong)
    }

    /// A platform's number, which may stand in quotes.
    pub(super) fn number_id(&self) -> Result<u64, ConfigError> {
        let (Raw::Number(text) | Raw::Text(text)) = &self.raw else { return Err(self.wrong_kind("an id of digits")) };
        let id = text.trim().parse::<u64>().ok().filter(|id| *id > 0);
        id.ok_or_else(|| self.wrong(format!("must be an id of digits, such as 1101234567890123456, not \"{text}\"")))
    }

    /// The items of a list. In an environment variable the items are separated by commas.
    pub(super) fn list(&self, wanted: &str) -> Result<Vec<Self>, ConfigError> {
        match (&self.raw, &self.place) {
            (Raw::List(items), _) => Ok(items.clone()),
            (Raw::Text(text), Place::Variable { .. }) => {
                let items = text.split([',', '\n']).map(str::trim).filter(|item| !item.is_empty());
                Ok(items.map(|item| Self { raw: Raw::Text(item.to_owned()), place: self.place.clone() }).collect())
            }
            _ => Err(self.wrong_kind(wanted)),
        }
    }

    /// The table. In an environment variable it is written as an inline TOML table.
    pub(super) fn table(&self) -> Result<&Table, ConfigError> {
        match &self.raw {
            Raw::Table(table) => Ok(table),
            _ => Err(self.wrong_kind("a table")),
        }
    }

    /// A value of an environment variable that is written as TOML, taken in as if it stood in the file.
    pub(super) fn inline_toml(self, example: &str) -> Result<Self, ConfigError> {
        let (Raw::Text(text), Place::Variable { .. }) = (&self.raw, &self.place) else { return Ok(self) };
        let value = DeValue::parse(text).map_err(|_| self.wrong(format!("must be written as in the file, such as {example}")))?;
        Ok(Self { raw: Raw::from_toml(value.get_ref(), "", Origin::Variable(&self.place)), place: self.place })
    }
}
