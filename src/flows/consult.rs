//! A language model is asked for its advice, where there is one and it could change something.

use std::sync::Arc;
use std::time::Duration;

use tracing::{debug, warn};

use super::Flows;
use crate::domain::advice::{Advice, Opinion, weigh_advised, worth_comparing};
use crate::domain::answer::{Candidate, Understanding, Verdict};
use crate::domain::conversation::Conversation;
use crate::domain::employee_side;
use crate::domain::lang::Lang;
use crate::domain::message::{IncomingMessage, Redacted};
use crate::domain::supported::{DirectAnswer, Source, Unsupported};
use crate::domain::time::Timestamp;
use crate::ports::{Excerpt, Model, ModelError};

/// A language model, and what it is asked for.
#[derive(Clone)]
pub struct Adviser {
    /// The model.
    pub model: Arc<dyn Model>,
    /// Whether it is asked which of the candidates answers.
    pub reranks: bool,
    /// Whether it is asked for a direct answer.
    pub rewrites: bool,
    /// How long a question may wait for all of its advice.
    pub patience: Duration,
}

/// Advice, and what it was given on: deciding anew on the same asks nobody again.
pub(super) struct Given {
    understood: Understanding,
    lang: Lang,
    advice: Advice,
}

impl Flows {
    /// The adviser's advice on a message that the bot would answer; `None` where nobody is asked.
    ///
    /// It takes as long as the adviser's patience at most, and nothing is locked or half done meanwhile.
    pub(super) async fn advice<'g>(
        &self,
        given: &'g mut Option<Given>,
        message: &IncomingMessage,
        current: Option<&Conversation>,
        understood: &Understanding,
    ) -> Option<&'g Advice> {
        let adviser = self.adviser.as_ref().filter(|_| employee_side::answers(current, understood))?;
        let lang = employee_side::spoken(current, message, understood);
        let is_same = given.as_ref().is_some_and(|given| given.lang == lang && given.understood == *understood);
        if !is_same {
            let advice = self.ask(adviser, &message.text, &understood.candidates, lang).await;
            *given = Some(Given { understood: understood.clone(), lang, advice });
        }
        given.as_ref().map(|given| &given.advice)
    }

    async fn ask(&self, adviser: &Adviser, question: &Redacted, candidates: &[Candidate], lang: Lang) -> Advice {
        let began = self.clock.now();
        let thresholds = self.policy.thresholds;
        let compared = if adviser.reranks { worth_comparing(candidates, thresholds) } else { &[] };
        let opinion = adviser.opinion(question, compared).await;
        let direct = match weigh_advised(candidates, thresholds, opinion.as_ref()) {
            Verdict::Answer(first) if adviser.rewrites => {
                let left = adviser.left(began, self.clock.now());
                if left.is_zero() { None } else { adviser.direct(question, first, lang, left).await }
            }
            _ => None,
        };
        Advice { opinion, direct }
    }
}

impl Adviser {
    /// How much of the patience is left.
    fn left(&self, began: Timestamp, now: Timestamp) -> Duration {
        self.patience.saturating_sub(now.since(began))
    }

    async fn opinion(&self, question: &Redacted, compared: &[Candidate]) -> Option<Opinion> {
        if compared.is_empty() {
            return None;
        }
        let passages: Vec<Excerpt<'_>> = compared.iter().map(excerpt).collect();
        let preferred = self.model.prefer(question, &passages, self.patience).await.map_err(|error| unheard(&error)).ok()?;
        let article = |place: usize| compared.get(place).map(|candidate| Opinion::Prefers(candidate.article.clone()));
        Some(preferred.and_then(article).unwrap_or(Opinion::NoneAnswers))
    }

    async fn direct(&self, question: &Redacted, candidate: &Candidate, lang: Lang, within: Duration) -> Option<DirectAnswer> {
        let written = self.model.rewrite(question, lang, excerpt(candidate), within).await;
        let text = written.map_err(|error| unheard(&error)).ok()?;
        let source = Source { title: &candidate.title, passage: &candidate.passage, lang: candidate.article.lang };
        DirectAnswer::supported_by(&source, &text, lang).map_err(|reason| dropped(reason, candidate)).ok()
    }
}

fn excerpt(candidate: &Candidate) -> Excerpt<'_> {
    Excerpt { title: &candidate.title, passage: &candidate.passage }
}

fn unheard(error: &ModelError) {
    if error.is_unasked() {
        debug!(%error, "a question is answered without the model");
    } else {
        warn!(%error, "a question is answered without the model");
    }
}

fn dropped(reason: Unsupported, candidate: &Candidate) {
    debug!(reason = reason.as_str(), article = %candidate.article.slug, "the model's answer is not borne out by the article and was dropped");
    metrics::counter!("firstline_model_dropped_total", "reason" => reason.as_str()).increment(1);
}
