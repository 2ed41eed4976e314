//! The weights of ranking and confidence, and what confidence has been worth: shipped ones, or those fitted to a knowledge base.

use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::article::Day;

use super::calibration::{Calibration, Step};
use super::confidence::{Sign, Signs};
use super::features::{Feature, Figures};

/// What ranking and confidence rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// What each of [`Feature::ALL`] weighs in ranking; never negative.
    pub(crate) ranking: Figures,
    /// What each of [`Sign::ALL`] weighs in confidence.
    pub(crate) confidence: Signs,
    /// The confidence of a candidate without any sign, as a logit.
    pub(crate) base: f32,
    /// Which share of the given answers was right, by threshold.
    pub(crate) calibration: Calibration,
    /// What they were fitted on; `None` for the shipped ones.
    pub(crate) made: Option<Made>,
}

/// What fitted weights were made from, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The day.
    pub on: Day,
    /// How many questions there were.
    pub questions: usize,
    /// How many of them an article answers.
    pub answerable: usize,
    /// Figures by name: with the shipped weights, and cross-validated with weights fitted on other questions.
    pub figures: Vec<Compared>,
}

/// A figure before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What is measured.
    pub name: String,
    /// With the shipped weights.
    pub shipped: f64,
    /// With the fitted ones, cross-validated.
    pub tuned: f64,
}

/// The thresholds for a wanted share of right answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The thresholds.
    pub thresholds: Thresholds,
    /// The share of right answers that they gave in trials.
    pub right: PerMille,
    /// The share of questions that was answered then.
    pub answered: PerMille,
    /// Whether that is the wanted share.
    pub reached: bool,
}

impl Weights {
    /// The weights that Firstline comes with.
    #[must_use]
    pub fn shipped() -> Self {
        Self {
            ranking: Feature::ALL.map(ranking),
            confidence: Sign::ALL.map(confidence),
            base: BASE,
            calibration: Calibration::of_steps(STEPS.into_iter().map(step).collect()),
            made: None,
        }
    }

    /// The least threshold at which the wanted share of the given answers was right in trials; the highest one that was tried
    /// where that is not enough. What is more probably wrong than right is never given, however many sure answers would make
    /// up for it. Titles are offered from the usual probability on.
    #[must_use]
    pub fn thresholds(&self, wanted: PerMille) -> Chosen {
        let step = self.calibration.least_for(wanted);
        let step = if step.at < EVEN { self.calibration.from(EVEN) } else { step };
        let thresholds = Thresholds { answer: step.at, offer: OFFER.min(step.at) };
        Chosen { thresholds, right: step.right, answered: step.answered, reached: step.right >= wanted }
    }

    /// What they were fitted on; `None` for the shipped ones.
    #[must_use]
    pub const fn made(&self) -> Option<&Made> {
        self.made.as_ref()
    }

    /// What each feature weighs in ranking, by its name.
    pub fn of_features(&self) -> impl Iterator<Item = (&'static str, f32)> {
        Feature::ALL.iter().map(|feature| feature.name()).zip(self.ranking)
    }

    /// What each sign weighs in confidence, by its name.
    pub fn of_signs(&self) -> impl Iterator<Item = (&'static str, f32)> {
        Sign::ALL.iter().map(|sign| sign.name()).zip(self.confidence)
    }

    /// The confidence of a candidate without any sign, as a logit.
    #[must_use]
    pub const fn base(&self) -> f32 {
        self.base
    }

    /// A candidate's ranking score.
    pub(crate) fn score(&self, figures: &Figures) -> f32 {
        figures.iter().zip(self.ranking).map(|(figure, weight)| figure * weight).sum()
    }

    /// The probability, 0 to 1, that a candidate with these signs is right.
    pub(crate) fn probability(&self, signs: &Signs) -> f32 {
        let sum: f32 = signs.iter().zip(self.confidence).map(|(sign, weight)| sign * weight).sum();
        1.0 / (1.0 + (-(self.base + sum)).exp())
    }
}

/// The shipped weight of a feature in ranking.
///
/// Rounded from a softmax over the first twenty candidates of a question, over `kb/questions.*.tsv`, example questions left out of
/// their articles, and public sets of questions to Wikipedia, news and product articles. Features that got no weight beside the
/// others keep a little, for bases that lack what the others rest on.
const fn ranking(feature: Feature) -> f32 {
    match feature {
        Feature::Article => 3.1,
        Feature::Title | Feature::Headings | Feature::Example => 0.1,
        Feature::TitleNamed => 0.3,
        Feature::Passage | Feature::Tags | Feature::TitleLetters => 2.2,
        Feature::Examples => 2.9,
        Feature::Asked => 5.0,
        Feature::Sentence | Feature::Nearness => 1.5,
        Feature::Coverage => 5.7,
        Feature::Letters => 7.5,
        Feature::ExampleLetters => 3.7,
        Feature::ExamplesLetters => 4.7,
        Feature::TitleAlone => 0.6,
    }
}

/// The shipped weight of a sign in confidence.
///
/// A logistic model of whether the first candidate is right, over `kb/questions.*.tsv` and public sets, with questions whose
/// article was taken out as counter-examples.
const fn confidence(sign: Sign) -> f32 {
    match sign {
        Sign::Score => 0.148,
        Sign::Gap => 0.473,
        Sign::Length => 1.531,
        Sign::Evidence => 1.405,
        Sign::Titled => 1.876,
    }
}

/// The shipped confidence of a candidate without any sign.
const BASE: f32 = -7.14;

/// As probably right as wrong.
const EVEN: PerMille = PerMille::new(500);

/// From which probability on a title is worth offering.
const OFFER: PerMille = PerMille::new(250);

/// From which confidence on which share of the given answers was right with the shipped weights, in thousandths, and which share
/// of all questions was answered: `kb/questions.*.tsv`, cross-validated by article, one question in five unanswerable.
const STEPS: [[u16; 3]; 14] = [
    [300, 822, 786],
    [350, 859, 742],
    [400, 884, 711],
    [450, 896, 686],
    [500, 916, 651],
    [550, 926, 622],
    [600, 939, 591],
    [650, 949, 554],
    [700, 956, 529],
    [800, 964, 454],
    [850, 978, 398],
    [900, 982, 348],
    [930, 988, 302],
    [970, 994, 212],
];

fn step([at, right, answered]: [u16; 3]) -> Step {
    Step { at: PerMille::new(at), right: PerMille::new(right), answered: PerMille::new(answered) }
}

/// The thresholds that Firstline comes with: 95 of 100 answers right.
pub(crate) const THRESHOLDS: Thresholds = Thresholds { answer: PerMille::new(700), offer: OFFER };
