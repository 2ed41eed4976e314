//! What a change to an article would do: the present articles with the change, in an index of their own.
//!
//! Of the articles themselves nothing is read twice: the changed snapshot shares what did not change with the present one. Only
//! the engine's index has to be a second one; it is kept in memory from one rehearsal to the next and brought up to date.

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use super::memo::Memo;
use super::recall::Recall;
use super::snapshot::Snapshot;
use super::version::Version;
use super::{SearchError, SearchIndex};
use crate::domain::answer::Understanding;
use crate::domain::article::Article;
use crate::domain::message::{LangHint, Redacted};
use crate::ports::{Both, Proposal, Rehearsal, RehearsalError};

impl Rehearsal for SearchIndex {
    fn rehearse(
        &self,
        proposal: Proposal,
        questions: &[(Redacted, LangHint)],
        goes_on: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Vec<Both>, RehearsalError> {
        let (before, after) = self.with_change(proposal).map_err(|error| RehearsalError(Box::new(error)))?;
        let mut both = Vec::with_capacity(questions.len());
        for (text, hint) in questions {
            let understood = |snapshot: &Snapshot| -> Understanding { self.understand_from(snapshot, text.as_str(), *hint) };
            both.push(Both { before: understood(&before), after: understood(&after) });
            if goes_on(both.len()).is_break() {
                break;
            }
        }
        Ok(both)
    }
}

impl SearchIndex {
    /// The present state, and the one after a change.
    fn with_change(&self, proposal: Proposal) -> Result<(Arc<Snapshot>, Snapshot), SearchError> {
        let (versions, taught, present) = {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            (kept.versions.clone(), kept.taught.clone(), self.snapshot())
        };
        let articles = changed(&versions, proposal);
        let versions = super::versions(articles, &taught, &self.detector, &versions);
        let memo = Memo::new(&self.analysis);
        let mut second = self.second.lock().unwrap_or_else(PoisonError::into_inner);
        let mut recall = second.take().map_or_else(Recall::in_memory, Ok)?;
        recall.update(&versions, &memo)?;
        let after = present.of(&versions, &memo, recall.finder()?);
        *second = Some(recall);
        Ok((present, after))
    }
}

fn changed(versions: &[Arc<Version>], proposal: Proposal) -> Vec<Arc<Article>> {
    let (changed, new) = match proposal {
        Proposal::Put(article) => (article.article.clone(), Some(Arc::from(article))),
        Proposal::Remove(article) => (article, None),
    };
    let present = versions.iter().map(|version| &version.article);
    // In its old place, since the order decides between equals.
    let at = present.clone().position(|article| article.article == changed);
    let mut articles: Vec<Arc<Article>> = present.filter(|article| article.article != changed).cloned().collect();
    if let Some(new) = new {
        articles.insert(at.unwrap_or(articles.len()), new);
    }
    articles
}
