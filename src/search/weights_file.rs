//! The file that fitted weights are kept in: by the names of features and signs, so that a program with others refuses it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::domain::answer::PerMille;
use crate::domain::article::Day;

use super::calibration::{Calibration, Step};
use super::confidence::Sign;
use super::features::Feature;
use super::weights::{Compared, Made, Weights};

/// Which meaning features and signs have; raised when one comes to measure something else under the same name.
const MEANING: u32 = 1;

/// Why a file with weights is not used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// It is there, but cannot be read.
    #[error("{path} cannot be read ({reason}); the shipped weights are used", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// It was made by a program that measured other things.
    #[error("{path} was fitted by another version of Firstline ({what}); the shipped weights are used until `firstline kb tune` is run again", path = path.display())]
    OtherFeatures {
        /// The file.
        path: PathBuf,
        /// What is different.
        what: String,
    },
    /// It is not as `kb tune` writes it.
    #[error("{path} is damaged ({what}); the shipped weights are used until `firstline kb tune` is run again", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// It cannot be written.
    #[error("{path} cannot be written: {reason}", path = path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    made: MadeWritten,
    ranking: BTreeMap<String, f32>,
    confidence: BTreeMap<String, f32>,
    #[serde(default)]
    thresholds: Vec<StepWritten>,
    #[serde(default)]
    figures: BTreeMap<String, FigureWritten>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeWritten {
    on: String,
    questions: usize,
    answerable: usize,
    features: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepWritten {
    at: f64,
    right: f64,
    answered: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureWritten {
    shipped: f64,
    tuned: f64,
}

/// What the confidence of a candidate without any sign is called.
const BASE: &str = "base";

const HEAD: &str = "\
# What counts in ranking articles, and what confidence rests on: fitted to this knowledge base by `firstline kb tune`.
# Firstline reads it at start. Delete it to go back to the weights that Firstline comes with.
";

impl Weights {
    /// Reads the weights from a file; `None` where there is none.
    ///
    /// # Errors
    /// [`WeightsError`] says why it is not used.
    pub fn read(path: &Path) -> Result<Option<Self>, WeightsError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WeightsError::Unreadable { path: path.to_owned(), reason: error.to_string() }),
        };
        let damaged = |what: String| WeightsError::Damaged { path: path.to_owned(), what };
        let other = |what: String| WeightsError::OtherFeatures { path: path.to_owned(), what };
        let written: Written = toml::from_str(&text).map_err(|error| damaged(error.message().to_owned()))?;
        let ranking = by_name(&written.ranking, features()).map_err(other)?;
        let mut signs = written.confidence.clone();
        let base = signs.remove(BASE).ok_or_else(|| damaged(format!("{BASE} is missing under [confidence]")))?;
        let confidence = by_name(&signs, self::signs()).map_err(other)?;
        if written.made.features != fingerprint() {
            return Err(other("what it measures has changed".to_owned()));
        }
        if !ranking.iter().chain(&confidence).chain([&base]).all(|weight| weight.is_finite()) {
            return Err(damaged("a weight is not a number".to_owned()));
        }
        if ranking.iter().any(|weight| *weight < 0.0) {
            return Err(damaged("a weight of ranking is negative".to_owned()));
        }
        let made = made(&written).ok_or_else(|| damaged("made.on is not a day".to_owned()))?;
        Ok(Some(Self { ranking, confidence, base, calibration: steps(&written.thresholds), made: Some(made) }))
    }

    /// Writes them into a file, whole or not at all.
    ///
    /// # Errors
    /// [`WeightsError::Unwritable`] where the folder or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), WeightsError> {
        let unwritable = |error: std::io::Error| WeightsError::Unwritable { path: path.to_owned(), reason: error.to_string() };
        let folder = path.parent().unwrap_or(Path::new("."));
        let unfinished = path.with_extension("toml.new");
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        let mut file = std::fs::File::create(&unfinished).map_err(unwritable)?;
        file.write_all(self.as_toml().as_bytes()).and_then(|()| file.sync_all()).map_err(unwritable)?;
        std::fs::rename(&unfinished, path).map_err(unwritable)
    }

    /// As the file has it.
    fn as_toml(&self) -> String {
        let mut text = HEAD.to_owned();
        if let Some(made) = &self.made {
            let Made { on, questions, answerable, .. } = made;
            let features = fingerprint();
            line(&mut text, format_args!("\n[made]\non = \"{on}\"\nquestions = {questions}\nanswerable = {answerable}"));
            line(&mut text, format_args!("features = \"{features}\""));
        }
        line(&mut text, format_args!("\n[ranking]"));
        features().zip(self.ranking).for_each(|(key, weight)| line(&mut text, format_args!("{key} = {weight:?}")));
        line(&mut text, format_args!("\n[confidence]\n{BASE} = {:?}", self.base));
        signs().zip(self.confidence).for_each(|(key, weight)| line(&mut text, format_args!("{key} = {weight:?}")));
        line(&mut text, format_args!("\n# From which confidence on which share of the given answers is right, cross-validated."));
        for Step { at, right, answered } in self.calibration.steps() {
            let (at, right, answered) = (at.share(), right.share(), answered.share());
            line(&mut text, format_args!("[[thresholds]]\nat = {at:?}\nright = {right:?}\nanswered = {answered:?}"));
        }
        for figure in self.made.iter().flat_map(|made| &made.figures) {
            let Compared { name, shipped, tuned } = figure;
            line(&mut text, format_args!("\n[figures.\"{name}\"]\nshipped = {shipped:.4}\ntuned = {tuned:.4}"));
        }
        text
    }
}

fn line(text: &mut String, written: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{written}");
}

/// The names of features as keys, in the order of the weights.
fn features() -> impl Iterator<Item = String> {
    Feature::ALL.iter().map(|feature| feature.name().replace(' ', "_"))
}

/// The names of signs as keys, in the order of the weights.
fn signs() -> impl Iterator<Item = String> {
    Sign::ALL.iter().map(|sign| sign.name().replace(' ', "_"))
}

/// What stands for all features and signs, and for what they measure.
fn fingerprint() -> String {
    let named: Vec<String> = features().chain(signs()).chain([MEANING.to_string()]).collect();
    let digest = Sha256::digest(named.join("\n").as_bytes());
    digest.iter().take(6).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The weights in their order; the names that are too many or too few otherwise.
fn by_name<const COUNT: usize>(
    written: &BTreeMap<String, f32>,
    keys: impl Iterator<Item = String>,
) -> Result<[f32; COUNT], String> {
    let keys: Vec<String> = keys.collect();
    let unknown: Vec<&str> = written.keys().filter(|key| !keys.contains(key)).map(String::as_str).collect();
    if !unknown.is_empty() {
        return Err(format!("it weighs {}, which this version does not know", unknown.join(", ")));
    }
    let missing: Vec<&str> = keys.iter().filter(|key| !written.contains_key(*key)).map(String::as_str).collect();
    let weights: Vec<f32> = keys.iter().filter_map(|key| written.get(key).copied()).collect();
    weights.try_into().map_err(|_| format!("it has no weight for {}", missing.join(", ")))
}

fn steps(written: &[StepWritten]) -> Calibration {
    let step = |step: &StepWritten| Step {
        at: PerMille::from_share(step.at),
        right: PerMille::from_share(step.right),
        answered: PerMille::from_share(step.answered),
    };
    Calibration::of_steps(written.iter().map(step).collect())
}

fn made(written: &Written) -> Option<Made> {
    let MadeWritten { on, questions, answerable, .. } = &written.made;
    let mut parts = on.splitn(3, '-');
    let day = Day { year: parts.next()?.parse().ok()?, month: parts.next()?.parse().ok()?, day: parts.next()?.parse().ok()? };
    let figure = |(name, figure): (&String, &FigureWritten)| {
        let FigureWritten { shipped, tuned } = *figure;
        Compared { name: name.clone(), shipped, tuned }
    };
    let figures = written.figures.iter().map(figure).collect();
    Some(Made { on: day, questions: *questions, answerable: *answerable, figures })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted() -> Weights {
        let mut weights = Weights::shipped();
        weights.ranking[0] = 0.125;
        weights.base = -1.0e-7;
        let step = |at, right| Step { at: PerMille::new(at), right: PerMille::new(right), answered: PerMille::new(700) };
        weights.calibration = Calibration::of_steps(vec![step(450, 900), step(815, 970)]);
        let figures = vec![Compared { name: "s@1".to_owned(), shipped: 0.75, tuned: 0.875 }];
        let on = Day { year: 2026, month: 3, day: 1 };
        weights.made = Some(Made { on, questions: 120, answerable: 90, figures });
        weights
    }

    /// The file after its text was changed.
    fn changed(from: &str, to: &str) -> Result<Option<Weights>, WeightsError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("weights.toml");
        let text = fitted().as_toml();
        assert!(text.contains(from), "{text}");
        std::fs::write(&path, text.replacen(from, to, 1)).expect("a file");
        Weights::read(&path)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("weights.toml");
        assert_eq!(Weights::read(&path).expect("no file is no error"), None);
        fitted().write(&path).expect("written");
        assert_eq!(Weights::read(&path).expect("read"), Some(fitted()));
        let files = std::fs::read_dir(path.parent().expect("a folder")).expect("files").count();
        assert_eq!(files, 1, "nothing unfinished is left behind");
    }

    #[test]
    fn a_file_with_other_names_is_not_used_and_says_what_to_do() {
        let cases = [
            ("\ncoverage = ", "\nlunar_phase = 1.0\ncoverage = ", "it weighs lunar_phase, which this version does not know"),
            ("\ncoverage = ", "\n# ", "it has no weight for coverage"),
            ("\nevidence = ", "\n# ", "it has no weight for evidence"),
            ("features = \"", "features = \"0", "what it measures has changed"),
        ];
        for (from, to, what) in cases {
            let said = changed(from, to).expect_err(what).to_string();
            assert!(said.contains(what) && said.contains("firstline kb tune"), "{said}");
        }
    }

    #[test]
    fn a_damaged_file_is_not_used() {
        let cases = [
            ("[ranking]", "[ranking", ""),
            ("base = ", "base = nan # ", "a weight is not a number"),
            ("article = ", "article = -", "a weight of ranking is negative"),
            ("on = \"2026-03-01\"", "on = \"March\"", "made.on is not a day"),
            ("base = ", "# ", "base is missing under [confidence]"),
        ];
        for (from, to, what) in cases {
            let refused = changed(from, to).expect_err(what);
            assert!(matches!(&refused, WeightsError::Damaged { .. }) && refused.to_string().contains(what), "{refused}");
        }
    }

    #[test]
    fn the_wanted_share_decides_the_threshold() {
        let weights = fitted();
        let chosen = |wanted| {
            let chosen = weights.thresholds(PerMille::new(wanted));
            (chosen.thresholds.answer.get(), chosen.reached)
        };
        assert_eq!([chosen(950), chosen(999)], [(815, true), (815, false)]);
        assert_eq!(chosen(900), (500, true), "what is more probably wrong than right is no answer");
    }
}
