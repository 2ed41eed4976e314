//! The operator groups.

use super::entry::{Entry, Table};
use super::error::{ConfigError, Place};
use super::keys;
use super::sources::Sources;
use crate::domain::ids::GroupId;
use crate::domain::routing::{Group, Groups};

/// A group of the default setup: id, names in bokmål, nynorsk and English, hints.
type DefaultGroup = (&'static str, [&'static str; 3], &'static [&'static str]);

/// The groups where none are configured. Hints are beginnings of words in the three languages.
const DEFAULT: [DefaultGroup; 4] = [
    ("general", ["Generell brukerstøtte", "Generell brukarstøtte", "General support"], &[]),
    ("clinical", ["Klinisk støtte", "Klinisk støtte", "Clinical support"], &CLINICAL),
    ("hr", ["Lønn og personal", "Løn og personal", "Pay and HR"], &HR),
    ("facilities", ["Eiendom og drift", "Eigedom og drift", "Buildings and facilities"], &FACILITIES),
];

#[rustfmt::skip]
const CLINICAL: [&str; 35] = [
    "journal", "pasient", "patient", "klinisk", "clinical", "kurve", "medisin", "medication", "resept", "prescription",
    "eresept", "e-resept", "e-prescription", "labsvar", "laborator", "prøvesvar", "blodprøve", "røntgen", "rtg", "x-ray",
    "radiolog", "henvisning", "tilvising", "referral", "epikrise", "discharge", "sengepost", "ward", "operasjonsstue",
    "kjernejournal", "helsenett", "sykepleier", "sjukepleiar", "nurse", "timebok",
];

#[rustfmt::skip]
const HR: [&str; 28] = [
    "lønn", "løn", "salary", "payslip", "payroll", "reiseregning", "reiserekning", "utlegg", "ferie", "holiday", "vacation",
    "permisjon", "turnus", "vaktplan", "timeliste", "timesheet", "overtid", "overtime", "egenmelding", "eigenmelding",
    "sykemeld", "sjukmeld", "sjukemeld", "personalavdeling", "personalkontor", "ansettelse", "tilsetjing", "skattekort",
];

#[rustfmt::skip]
const FACILITIES: [&str; 37] = [
    "vaktmester", "vaktmeister", "caretaker", "janitor", "lyspære", "lysrør", "lampe", "varme", "radiator", "heating",
    "ventilasjon", "lekkasje", "lekker", "leaking", "vannkran", "vasskran", "toalett", "toilet", "dør", "door", "heis",
    "elevator", "vindu", "vindauge", "parkering", "parking", "renhold", "reinhald", "cleaning", "møbel", "møbler",
    "furniture", "adgangskort", "tilgangskort", "nøkkel", "nøkler", "nyklar",
];

/// What `FIRSTLINE_GROUPS` looks like.
const EXAMPLE: &str = r#"[{ id = "general", nb = "Brukerstøtte" }]"#;

/// The configured groups, or the default ones.
pub(super) fn read(sources: &Sources) -> Result<Groups, ConfigError> {
    let given = sources.get(keys::GROUPS)?.map(|entry| entry.inline_toml(EXAMPLE)).transpose()?;
    let groups = match &given {
        Some(given) => configured(given)?,
        None => DEFAULT.iter().map(default_group).collect(),
    };
    let place = given.map_or_else(|| Place::variable(keys::GROUPS.variable), |entry| entry.place);
    Groups::new(groups).map_err(|_| ConfigError::Invalid { place, problem: "must hold at least one group".to_owned() })
}

fn configured(given: &Entry) -> Result<Vec<Group>, ConfigError> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in given.list("tables, [[groups]] with id and nb")? {
        let group = group(&entry)?;
        if groups.iter().any(|other| other.id == group.id) {
            return Err(entry.wrong(format!("names the group \"{}\" a second time; ids must differ", group.id)));
        }
        groups.push(group);
    }
    Ok(groups)
}

/// What ids of groups may look like.
pub(super) fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&text.len()) && text.chars().all(fits)
}

fn default_group(&(id, names, hints): &DefaultGroup) -> Group {
    let hints = hints.iter().map(|hint| (*hint).to_owned()).collect();
    Group { id: GroupId::new(id), names: names.map(str::to_owned), hints }
}

fn group(entry: &Entry) -> Result<Group, ConfigError> {
    let table = entry.table()?;
    table.only(&["id", "nb", "nn", "en", "hints"])?;
    let id = table.get("id").ok_or_else(|| entry.wrong("must have an id"))?;
    let id = id.parsed("an id of lower-case letters a-z, digits and hyphens", |text| is_id(text).then(|| GroupId::new(text)))?;
    let nb = name(table, "nb")?.ok_or_else(|| entry.wrong("must have a name: nb, and nn and en where they differ"))?;
    let nn = name(table, "nn")?.unwrap_or_else(|| nb.clone());
    let en = name(table, "en")?.unwrap_or_else(|| nb.clone());
    Ok(Group { id, names: [nb, nn, en], hints: hints(table)? })
}

fn name(table: &Table, lang: &str) -> Result<Option<String>, ConfigError> {
    table.get(lang).map(|entry| entry.text().map(str::to_owned)).transpose()
}

fn hints(table: &Table) -> Result<Vec<String>, ConfigError> {
    let Some(given) = table.get("hints") else { return Ok(Vec::new()) };
    given.list("a list of texts")?.iter().map(|hint| hint.text().map(str::to_lowercase)).collect()
}
