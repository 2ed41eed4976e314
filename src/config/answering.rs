//! When the bot answers and when it offers.

use super::entry::Entry;
use super::error::ConfigError;
use super::keys;
use super::sources::Sources;
use crate::domain::answer::{PerMille, Thresholds};

/// How many of a thousand given answers are to be right where nothing else is wanted.
const USUALLY_RIGHT: PerMille = PerMille::new(950);

/// When the bot answers by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnsweringConfig {
    /// The wanted share of right answers among those given.
    pub right: PerMille,
    answer_at: Option<PerMille>,
    offer_at: Option<PerMille>,
}

impl AnsweringConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let (answer, offer) = (sources.get(keys::ANSWER_AT)?, sources.get(keys::OFFER_AT)?);
        let share = |entry: &Option<Entry>| entry.as_ref().map(Entry::share).transpose();
        let (answer_at, offer_at) = (share(&answer)?.map(PerMille::from_share), share(&offer)?.map(PerMille::from_share));
        if let (Some(given), Some(answer_at), Some(offer_at)) = (offer, answer_at, offer_at)
            && offer_at > answer_at
        {
            return Err(given.wrong(format!(
                "leaves offer_at ({}) above answer_at ({}); offer_at must be the lower of the two",
                offer_at.share(),
                answer_at.share()
            )));
        }
        let right = sources.get(keys::RIGHT)?.as_ref().map(Entry::wanted_share).transpose()?;
        Ok(Self { right: right.map_or(USUALLY_RIGHT, PerMille::from_share), answer_at, offer_at })
    }

    /// The configured thresholds; where one is not configured, the one that goes with the weights in use, brought into line
    /// with the other so that nothing is offered that would be answered.
    #[must_use]
    pub fn thresholds(&self, of_weights: Thresholds) -> Thresholds {
        match (self.answer_at, self.offer_at) {
            (Some(answer), Some(offer)) => Thresholds { answer, offer },
            (Some(answer), None) => Thresholds { answer, offer: of_weights.offer.min(answer) },
            (None, Some(offer)) => Thresholds { answer: of_weights.answer.max(offer), offer },
            (None, None) => of_weights,
        }
    }

    /// Whether the wanted share decides when to answer, and not a number that is configured.
    #[must_use]
    pub const fn goes_by_share(&self) -> bool {
        self.answer_at.is_none()
    }
}
