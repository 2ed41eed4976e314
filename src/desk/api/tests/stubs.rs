//! An index that knows two words, a clock that ticks when it is looked at, and secrets that can be foretold.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::desk::{ChannelReport, Condition, Health};
use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Understanding};
use crate::domain::article::Article;
use crate::domain::ids::{ChannelName, Fresh, GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted, Secret};
use crate::domain::time::Timestamp;
use crate::ports::{Clock, Ids, Index, Pupil, Taught};

/// "passord" is answered, "skriver" offers two titles, everything else is handed off.
pub(super) struct TwoWords;

impl Index for TwoWords {
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding {
        let text = text.as_str();
        let candidates = match text {
            text if text.contains("passord") => vec![candidate("glemt-passord", "Glemt passord", 900)],
            text if text.contains("skriver") => {
                vec![
                    candidate("skriver-virker-ikke", "Skriveren virker ikke", 450),
                    candidate("sikker-utskrift", "Sikker utskrift", 300),
                ]
            }
            _ => Vec::new(),
        };
        let intent = if text.contains("saken min") { Intent::OwnTickets } else { Intent::Question };
        Understanding { lang: Some(hint.lang()), intent, candidates }
    }

    fn passage(&self, slug: &Slug, _: Lang, _: &str) -> Option<Candidate> {
        (slug.as_str() == "skriver-virker-ikke").then(|| candidate(slug.as_str(), "Skriveren virker ikke", 450))
    }

    fn article(&self, _: &ArticleRef) -> Option<Arc<Article>> {
        None
    }

    fn languages(&self, _: &Slug) -> Vec<Lang> {
        vec![Lang::Nb]
    }

    fn size(&self) -> usize {
        3
    }
}

impl Pupil for TwoWords {
    fn teach(&self, _: Vec<Taught>) {}
}

fn candidate(slug: &str, title: &str, confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang: Lang::Nb },
        title: title.to_owned(),
        confidence: PerMille::new(confidence),
        passage: "1. Prøv én gang til.".to_owned(),
        group: Some(GroupId::new("general")),
        request: None,
    }
}

/// A second later each time.
pub(super) struct Ticking(AtomicI64);

impl Ticking {
    pub(super) const fn new() -> Self {
        Self(AtomicI64::new(1_795_000_000_000_000))
    }
}

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.fetch_add(1_000_000, Ordering::Relaxed))
    }
}

/// Counts.
pub(super) struct Counting(AtomicI64);

impl Counting {
    pub(super) const fn new() -> Self {
        Self(AtomicI64::new(7_000_000_000_000_000_000))
    }
}

impl Ids for Counting {
    fn block(&self, _: Timestamp) -> Fresh {
        Fresh::starting_at(self.0.fetch_add(Fresh::BLOCK, Ordering::Relaxed))
    }

    fn secret(&self) -> String {
        format!("secret-{}", self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// A channel that is down, which does not make the program unready.
pub(super) struct ChatIsDown;

impl Health for ChatIsDown {
    fn channels(&self) -> Vec<ChannelReport> {
        let condition = Condition::Down { reason: "the token is refused".to_owned() };
        vec![ChannelReport { channel: ChannelName::new("chat"), condition, notice: Some("stuck.why_forbidden") }]
    }
}

/// A privacy filter that knows one identity number.
pub(super) fn privacy(text: &str) -> (Redacted, Vec<Secret>) {
    let found = text.contains(super::FNR).then_some(Secret::Fnr);
    (Redacted::vouched(text.replace(super::FNR, "[fødselsnummer]")), found.into_iter().collect())
}
