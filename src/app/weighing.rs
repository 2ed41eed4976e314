//! The weights in use, and the thresholds that follow from them and from the configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::domain::answer::{PerMille, Thresholds};
use crate::search::{Chosen, Weights};

/// The weights in use.
#[derive(Debug)]
pub struct Weighing {
    /// The weights.
    pub weights: Arc<Weights>,
    /// From which confidence on it is answered and offered.
    pub thresholds: Thresholds,
    /// What is chosen for the wanted share of right answers; `None` where a configured number decides.
    pub chosen: Option<Chosen>,
    /// What is wrong with the file of fitted weights, or with what is wanted: each a sentence that says what to do.
    pub warnings: Vec<String>,
}

/// Where fitted weights are: beside the index, whose folder may be deleted at any time.
#[must_use]
pub fn weights_file(data: &Path) -> PathBuf {
    data.join("weights.toml")
}

/// The weights of the data folder where they can be used, the shipped ones otherwise.
#[must_use]
pub fn weighing(config: &Config) -> Weighing {
    let mut warnings = Vec::new();
    let read = Weights::read(&weights_file(&config.storage.data)).unwrap_or_else(|error| {
        warnings.push(error.to_string());
        None
    });
    let weights = Arc::new(read.unwrap_or_else(Weights::shipped));
    let wanted = config.answering.right;
    let chosen = weights.thresholds(wanted);
    let by_share = config.answering.goes_by_share();
    if by_share && !chosen.reached {
        warnings.push(unreached(wanted, chosen));
    }
    let thresholds = config.answering.thresholds(chosen.thresholds);
    Weighing { weights, thresholds, chosen: by_share.then_some(chosen), warnings }
}

fn unreached(wanted: PerMille, chosen: Chosen) -> String {
    let per_cent = |share: PerMille| share.share() * 100.0;
    let (wanted, right, at) = (per_cent(wanted), per_cent(chosen.right), chosen.thresholds.answer.share());
    format!(
        "{wanted} of 100 right answers were not reached in trials; answers are given from confidence {at} on, where {right} were \
         right: give more questions to `firstline kb tune`, or ask for fewer under [answering] right"
    )
}

impl Weighing {
    /// Takes the thresholds into the configuration.
    pub fn settle(&self, config: &mut Config) {
        config.policy.thresholds = self.thresholds;
    }

    /// Which weights are in use and what they mean, in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        let origin = self.weights.made().map_or_else(
            || "the shipped ones".to_owned(),
            |made| format!("fitted on {} to {} questions", made.on, made.questions),
        );
        let Thresholds { answer, offer } = self.thresholds;
        let chosen = match self.chosen {
            Some(Chosen { right, .. }) => format!("where {:.1} of 100 answers were right in trials", right.share() * 100.0),
            None => "as configured".to_owned(),
        };
        format!("{origin}; answers from confidence {} on, {chosen}; offers from {} on", answer.share(), offer.share())
    }
}
