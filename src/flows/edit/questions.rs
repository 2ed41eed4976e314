//! The questions that a change is tried on: what people asked lately, and what is kept for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::Editing;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::learned::QuestionKey;
use crate::domain::message::Redacted;
use crate::ports::{StoreError, TestQuestion};

/// How far back people's questions are taken from.
const LATELY: Duration = Duration::from_hours(60 * 24);
/// How many of people's questions, and how many of those kept for tests, are tried at most.
const MOST: usize = 300;

/// Where a question comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody asked it.
    Asked,
    /// It is kept for tests.
    Kept,
}

/// A question to try a change on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) text: Redacted,
    pub(super) lang: Lang,
    pub(super) origin: Origin,
    /// The articles that are known to answer it, or that none does; `None` where that is not known.
    pub(super) right: Option<Vec<Slug>>,
}

impl Editing {
    /// Some hundred questions, each once: what people asked last, and those kept for tests, the article's own among them.
    pub(super) async fn questions_to_try(&self, article: &Slug) -> Result<Vec<Tried>, StoreError> {
        let needs = &self.0.needs;
        let since = needs.clock.now().before(LATELY);
        let asked = needs.store.recent_questions(since, u32::try_from(3 * MOST).unwrap_or(u32::MAX)).await?;
        let enough = if needs.confirmations == 0 { u32::MAX } else { needs.confirmations };
        let learned = needs.store.learned_that_may_count(enough).await?;
        let mut known: BTreeMap<QuestionKey, Vec<Slug>> = BTreeMap::new();
        for question in learned {
            known.entry(QuestionKey::of(question.text.as_str())).or_default().push(question.article);
        }
        let mut seen = BTreeSet::new();
        let mut tried: Vec<Tried> = Vec::new();
        for (text, lang) in asked {
            let key = QuestionKey::of(text.as_str());
            if tried.len() < MOST && seen.insert(key.clone()) {
                tried.push(Tried { right: known.get(&key).cloned(), text, lang, origin: Origin::Asked });
            }
        }
        let kept = sampled(needs.shelf.questions().await, article);
        let kept = kept.into_iter().filter(|question| seen.insert(QuestionKey::of(&question.text)));
        tried.extend(kept.map(|TestQuestion { lang, right, text }| Tried {
            text: Redacted::vouched(text),
            lang,
            origin: Origin::Kept,
            right: Some(right),
        }));
        Ok(tried)
    }
}

/// At most so many: the article's own, and others taken evenly from all.
fn sampled(questions: Vec<TestQuestion>, article: &Slug) -> Vec<TestQuestion> {
    let (mut own, others): (Vec<_>, Vec<_>) = questions.into_iter().partition(|question| question.right.contains(article));
    own.truncate(MOST);
    let room = MOST - own.len();
    let step = others.len().div_ceil(room.max(1)).max(1);
    own.extend(others.into_iter().step_by(step).take(room));
    own
}
