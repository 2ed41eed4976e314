//! The configuration file and the environment over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::entry::{Entry, Origin, Raw, Table, line_of, unknown_key};
use super::error::{ConfigError, Place};
use super::keys::{self, Key};
use super::nearest;

/// The file that is read where none is named and it exists.
const DEFAULT_FILE: &str = "firstline.toml";

/// What our variables begin with.
const PREFIX: &str = "FIRSTLINE_";

/// What variables begin with that belong to tests and are none of ours.
const TEST_PREFIX: &str = "FIRSTLINE_TEST_";

/// What building reads (`build.rs`) and running does not.
const OF_BUILDS: &str = "FIRSTLINE_DESIGNSYSTEMET";

/// Everything that was given, all of it under known names.
#[derive(Debug)]
pub(super) struct Sources {
    file: Table,
    variables: BTreeMap<String, String>,
}

impl Sources {
    /// Reads the file and takes the environment's variables that are ours. An empty variable counts as not given.
    pub(super) fn read(explicit: Option<&Path>, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let ours = |name: &str| name.starts_with(PREFIX) && !name.starts_with(TEST_PREFIX) && name != OF_BUILDS;
        let mut variables: BTreeMap<String, String> = env.filter(|(name, value)| ours(name) && !value.is_empty()).collect();
        refuse_unknown_variables(&variables)?;
        let named = variables.remove(keys::CONFIG_VARIABLE).map(|path| (Place::variable(keys::CONFIG_VARIABLE), path.into()));
        let named = explicit.map(|path| (Place::Option("--config"), path.to_owned())).or(named);
        Ok(Self { file: read_file(named)?, variables })
    }

    /// What was given for a setting, the environment before the file.
    pub(super) fn get(&self, key: Key) -> Result<Option<Entry>, ConfigError> {
        let from_variable = self.variable(key.variable);
        let found = if key.secret {
            let file = self.variable(&format!("{}_FILE", key.variable));
            one_of(from_variable, file)?
        } else {
            from_variable
        };
        if found.is_some() {
            return Ok(found);
        }
        let in_file = self.at(key.path);
        if key.secret { one_of(in_file, self.at(&format!("{}_file", key.path))) } else { Ok(in_file) }
    }

    fn variable(&self, name: &str) -> Option<Entry> {
        let text = self.variables.get(name)?;
        Some(Entry { raw: Raw::Text(text.clone()), place: Place::variable(name) })
    }

    fn at(&self, path: &str) -> Option<Entry> {
        match path.split_once('.') {
            None => self.file.get(path).cloned(),
            Some((table, key)) => self.file.get(table)?.table().ok()?.get(key).cloned(),
        }
    }
}

/// A secret is given directly or in a file, not in both ways.
fn one_of(direct: Option<Entry>, in_file: Option<Entry>) -> Result<Option<Entry>, ConfigError> {
    match (direct, in_file) {
        (Some(direct), Some(in_file)) => Err(direct.wrong(format!("and {} are both given; keep one of them", in_file.place))),
        (None, Some(in_file)) => read_secret(&in_file).map(Some),
        (direct, None) => Ok(direct),
    }
}

/// The contents of the file that `entry` names, in its place.
pub(super) fn read_secret(entry: &Entry) -> Result<Entry, ConfigError> {
    let path = PathBuf::from(entry.text()?);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Entry { raw: Raw::Text(text.trim().to_owned()), place: entry.place.clone() }),
        Err(error) => Err(ConfigError::Unreadable { place: entry.place.clone(), path, reason: error.to_string() }),
    }
}

fn refuse_unknown_variables(variables: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let known: Vec<String> = keys::variables().collect();
    let Some(unknown) = variables.keys().find(|name| !known.contains(name)) else { return Ok(()) };
    let problem = match nearest(unknown, known.iter().map(String::as_str)) {
        Some(meant) => format!("is not a known environment variable; did you mean {meant}?"),
        None => format!("is not a known environment variable; known: {}", known.join(", ")),
    };
    Err(ConfigError::Invalid { place: Place::variable(unknown), problem })
}

fn read_file(named: Option<(Place, PathBuf)>) -> Result<Table, ConfigError> {
    let optional = named.is_none();
    let (place, path) = named.unwrap_or_else(|| (Place::Option("the configuration file"), PathBuf::from(DEFAULT_FILE)));
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&path.display().to_string().into(), &text),
        Err(error) if optional && error.kind() == std::io::ErrorKind::NotFound => Ok(Table::default()),
        Err(error) => Err(ConfigError::Unreadable { place, path, reason: error.to_string() }),
    }
}

pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Table, ConfigError> {
    let parsed = DeTable::parse(text).map_err(|error| ConfigError::NotToml {
        file: file.clone(),
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        reason: error.message().to_owned(),
    })?;
    let table = Table::from_toml(parsed.get_ref(), "", Origin::File(file, text));
    refuse_unknown_keys(&table)?;
    Ok(table)
}

fn refuse_unknown_keys(file: &Table) -> Result<(), ConfigError> {
    let paths: Vec<String> = keys::paths().collect();
    let mut tops: Vec<&str> = paths.iter().map(|path| path.split('.').next().unwrap_or(path)).collect();
    tops.dedup();
    for (name, entry) in &file.0 {
        let inside: Vec<&str> = paths.iter().filter_map(|path| path.strip_prefix(name.as_str())?.strip_prefix('.')).collect();
        if !inside.is_empty() {
            entry.table()?.only(&inside)?;
        } else if !tops.contains(&name.as_str()) {
            return Err(entry.wrong(unknown_top(name, &tops, &paths)));
        }
    }
    Ok(())
}

/// A key that belongs into a table may stand outside it by mistake.
fn unknown_top(name: &str, tops: &[&str], paths: &[String]) -> String {
    match paths.iter().filter_map(|path| path.split_once('.')).find(|(_, key)| *key == name) {
        Some((table, _)) => format!("is not a known key here; it belongs under [{table}]"),
        None => unknown_key(name, tops),
    }
}
