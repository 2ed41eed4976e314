//! What people ask and no article answers well enough, as editors go through it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{EditError, Editing};
use crate::domain::answer::Thresholds;
use crate::domain::gap::{Alike, Asked, Gap, people};
use crate::domain::message::LangHint;
use crate::domain::permission::Operator;
use crate::ports::{Index, ShelfError, Unanswered};

/// How many questions are read at most for a page: grouping them takes about a second.
const MOST_READ: u32 = 2_000;
/// How many groups a page shows at most.
const MOST_SHOWN: usize = 50;
/// How many questions of a group are shown.
const EXAMPLES: usize = 5;
/// How many articles near to a group are shown.
const NEAREST: usize = 3;

/// Questions that no article answers well enough, in groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// How many questions.
    pub questions: usize,
    /// How many people asked them.
    pub people: usize,
    /// How many groups there are in all.
    pub found: usize,
    /// The largest groups.
    pub gaps: Vec<Gap>,
    /// Where there were more questions than are read: how many of the newest these are.
    pub newest: Option<u32>,
}

/// Lets one page at a time keep a processor busy with grouping.
#[derive(Clone)]
pub(super) struct Turn(Arc<Semaphore>);

impl Default for Turn {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Missing {
    /// The largest groups of these questions, at most `most` with at most `examples` each, and what is nearest to each.
    #[must_use]
    pub fn of(questions: &[Unanswered], index: &dyn Index, at: Thresholds, most: usize, examples: usize) -> Self {
        let texts: Vec<&str> = questions.iter().map(|one| one.question.as_str()).collect();
        let alike = index.group_alike(&texts);
        let found = alike.len();
        let gap = |Alike { members, words }| {
            let members: Vec<Asked<'_>> = members.iter().filter_map(|at| questions.get(*at)).map(asked).collect();
            let first = members.first().map(|one| index.understand(one.question, LangHint::Likely(one.lang)));
            let mut nearest = first.map(|understood| understood.candidates).unwrap_or_default();
            nearest.truncate(NEAREST);
            Gap::of(&members, words, nearest, at, examples)
        };
        let gaps = alike.into_iter().take(most).map(gap).collect();
        let people = people(questions.iter().map(|one| &one.employee));
        Self { questions: questions.len(), people, found, gaps, newest: None }
    }
}

fn asked(one: &Unanswered) -> Asked<'_> {
    let Unanswered { question, lang, employee, reason, .. } = one;
    Asked { question, lang: *lang, employee, reason: *reason }
}

impl Editing {
    /// What no article answered well enough in the last days, for whoever may look at how articles are kept.
    ///
    /// # Errors
    /// [`EditError::Refused`] where they may not; [`EditError::Store`] where the questions cannot be read.
    pub async fn missing(&self, days: u32, by: &Operator) -> Result<Missing, EditError> {
        by.may_look_at_articles()?;
        let needs = &self.0.needs;
        let since = needs.clock.now().before(Duration::from_hours(24) * days);
        let mut questions = needs.store.unanswered(since, None, MOST_READ + 1).await?;
        let read = MOST_READ as usize;
        let newest = (questions.len() > read).then_some(MOST_READ);
        questions.truncate(read);
        let turn = Arc::clone(&self.0.grouping.0).acquire_owned().await;
        let (index, at) = (Arc::clone(&needs.index), needs.policy.thresholds);
        let grouped = spawn_blocking(move || {
            let _turn = turn;
            Missing::of(&questions, &*index, at, MOST_SHOWN, EXAMPLES)
        });
        let missing = grouped.await.map_err(|_| ShelfError::BrokeOff)?;
        Ok(Missing { newest, ..missing })
    }
}
