//! What was understood of a message, and what can be answered.

use super::ids::{GroupId, Slug};
use super::lang::Lang;
use super::message::SmallTalk;
use super::supported::DirectAnswer;

/// An article in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleRef {
    /// The name, the same in every language.
    pub slug: Slug,
    /// The language of this version.
    pub lang: Lang,
}

/// A probability in thousandths: 0 is never, 1000 is always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerMille(u16);

impl PerMille {
    /// So many thousandths, at most 1000.
    #[must_use]
    pub const fn new(thousandths: u16) -> Self {
        Self(if thousandths > 1_000 { 1_000 } else { thousandths })
    }

    /// The nearest number of thousandths to a share between 0 and 1; what is not a number counts as 0.
    #[must_use]
    pub fn from_share(share: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000 first")]
        let thousandths = (share.clamp(0.0, 1.0) * 1_000.0).round() as u16;
        Self::new(thousandths)
    }

    /// Thousandths.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// As a share between 0 and 1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }
}

/// An article that may answer, with the passage that does so best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which article.
    pub article: ArticleRef,
    /// Its title.
    pub title: String,
    /// How probable it is that this article is the right one.
    pub confidence: PerMille,
    /// The passage to show, in Markdown; steps are whole.
    pub passage: String,
    /// The group that the article's matters belong to, where it says so.
    pub group: Option<GroupId>,
    /// The form to fill in, where there is one.
    pub request: Option<String>,
}

/// What a message wants, apart from its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Intent {
    /// Something to answer.
    Question,
    /// Chatter.
    SmallTalk(SmallTalk),
    /// To talk with a person.
    Person,
    /// To know where their own tickets stand.
    OwnTickets,
    /// Help at once: life, health or the operation of a ward, or everything is down.
    Critical,
    /// Yes, to what was asked last.
    Yes,
    /// No, or still not, to what was asked last.
    No,
}

/// What the index and the language analysis made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understanding {
    /// The language it is written in; `None` where it is too short to tell.
    pub lang: Option<Lang>,
    /// What it wants.
    pub intent: Intent,
    /// Articles, best first, at most ten, each slug once.
    pub candidates: Vec<Candidate>,
}

/// One article's passage as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Which article.
    pub article: ArticleRef,
    /// Its title at the time.
    pub title: String,
    /// The passage in Markdown at the time.
    pub passage: String,
    /// How probable it was that this is the right article.
    pub confidence: PerMille,
    /// The form to fill in, where there is one.
    pub request: Option<String>,
    /// The passage in a few words of a language model's, in the asker's language, where one was asked and kept to it.
    pub direct: Option<DirectAnswer>,
}

impl From<&Candidate> for Answer {
    fn from(candidate: &Candidate) -> Self {
        Self {
            article: candidate.article.clone(),
            title: candidate.title.clone(),
            passage: candidate.passage.clone(),
            confidence: candidate.confidence,
            request: candidate.request.clone(),
            direct: None,
        }
    }
}

/// One title to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which article.
    pub article: ArticleRef,
    /// Its title.
    pub title: String,
    /// How probable it is that this is the right one.
    pub confidence: PerMille,
}

impl From<&Candidate> for Choice {
    fn from(candidate: &Candidate) -> Self {
        Self { article: candidate.article.clone(), title: candidate.title.clone(), confidence: candidate.confidence }
    }
}

/// From which confidence on the bot answers, and from which it offers titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// At least this: answer with the first article.
    pub answer: PerMille,
    /// At least this: offer titles to choose from. Below: hand off.
    pub offer: PerMille,
}

/// What can be said to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// The first candidate answers.
    Answer(&'a Candidate),
    /// Up to three candidates to choose from.
    Offer(Vec<&'a Candidate>),
    /// Nothing is good enough.
    HandOff,
}

/// How many titles an offer holds at most.
pub const MOST_OFFERED: usize = 3;

/// Weighs the candidates of a question against the thresholds.
#[must_use]
pub fn weigh(candidates: &[Candidate], thresholds: Thresholds) -> Verdict<'_> {
    match candidates.first() {
        Some(first) if first.confidence >= thresholds.answer => Verdict::Answer(first),
        Some(first) if first.confidence >= thresholds.offer => Verdict::Offer(worth_offering(candidates, thresholds)),
        _ => Verdict::HandOff,
    }
}

/// The titles that an offer would hold.
pub(super) fn worth_offering(candidates: &[Candidate], thresholds: Thresholds) -> Vec<&Candidate> {
    let floor = PerMille::new(thresholds.offer.get() / 3);
    candidates.iter().take(MOST_OFFERED).take_while(|candidate| candidate.confidence >= floor).collect()
}
