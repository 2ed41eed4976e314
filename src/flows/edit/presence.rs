//! Who has which article open. Only this process knows: with several, each tells of its own.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::answer::ArticleRef;
use crate::domain::ids::OperatorId;
use crate::domain::permission::Operator;
use crate::domain::time::Timestamp;

/// After how long without a sign somebody has left. Open pages give one every twenty seconds.
const LEFT_AFTER: Duration = Duration::from_secs(50);

/// Who was last seen where.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<HashMap<ArticleRef, Seen>>);

type Seen = BTreeMap<OperatorId, (String, Timestamp)>;

impl Presence {
    /// Notes somebody at an article, and tells who else is there.
    pub(super) fn note(&self, article: &ArticleRef, by: &Operator, now: Timestamp) -> Vec<String> {
        let mut articles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = now.before(LEFT_AFTER);
        articles.retain(|_, seen| {
            seen.retain(|_, (_, at)| *at >= gone);
            !seen.is_empty()
        });
        let seen = articles.entry(article.clone()).or_default();
        seen.insert(by.id.clone(), (by.name.clone(), now));
        seen.iter().filter(|(id, _)| **id != by.id).map(|(_, (name, _))| name.clone()).collect()
    }
}
