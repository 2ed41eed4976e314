//! The weights of ranking and confidence, and the thresholds: fitted offline, kept as constants.
//!
//! Ranking: rounded from a softmax over the first twenty candidates of a question; likeness with example questions got no
//! weight there and keeps a little, so that an example question asked word for word finds its article.
//! Confidence: a logistic model of whether the first candidate is right, with titles as questions as further examples, and
//! with questions whose article was taken out and questions off the subject as counter-examples. The threshold for answering is the least at which, cross-validated, 93 to 95 of 100 given answers were right.

use crate::domain::answer::{PerMille, Thresholds};

use super::features::Feature;

/// What each of [`Feature::ALL`] weighs in ranking.
pub(crate) const RANKING: [f32; Feature::ALL.len()] =
    [3.0, 5.0, 2.0, 1.0, 4.0, 1.5, 1.0, 1.0, 0.5, 4.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];

/// What each of [`super::confidence::Sign::ALL`] weighs in confidence.
pub(crate) const CONFIDENCE: [f32; super::confidence::Sign::ALL.len()] = [0.29, 0.43, 1.0, 2.84, 2.07];

/// The confidence of a candidate without any sign.
pub(crate) const BASE: f32 = -7.32;

/// The thresholds that Firstline comes with.
pub(crate) const THRESHOLDS: Thresholds = Thresholds { answer: PerMille::new(650), offer: PerMille::new(250) };
