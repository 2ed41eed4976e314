//! When the bot answers and when it offers.

use super::error::ConfigError;
use super::keys;
use super::sources::Sources;
use crate::domain::answer::{PerMille, Thresholds};

/// The thresholds as configured, the shipped ones where nothing is.
pub(super) fn read(sources: &Sources, shipped: Thresholds) -> Result<Thresholds, ConfigError> {
    let answer = sources.get(keys::ANSWER_AT)?;
    let offer = sources.get(keys::OFFER_AT)?;
    let or_shipped = |given: Option<f64>, shipped: PerMille| given.map_or(shipped, PerMille::from_share);
    let thresholds = Thresholds {
        answer: or_shipped(answer.as_ref().map(super::entry::Entry::share).transpose()?, shipped.answer),
        offer: or_shipped(offer.as_ref().map(super::entry::Entry::share).transpose()?, shipped.offer),
    };
    match offer.or(answer) {
        Some(given) if thresholds.offer > thresholds.answer => Err(given.wrong(format!(
            "leaves offer_at ({}) above answer_at ({}); offer_at must be the lower of the two",
            thresholds.offer.share(),
            thresholds.answer.share()
        ))),
        _ => Ok(thresholds),
    }
}
