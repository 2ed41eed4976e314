//! The need to keep what was learned, and to be found by it.

use async_trait::async_trait;

use crate::domain::event::Event;
use crate::domain::ids::{ConversationId, EventId, LearnedId, Slug};
use crate::domain::learned::{LearnedQuestion, LearnedState, Lesson};
use crate::domain::ticket::Holder;
use crate::domain::time::Timestamp;

use super::store::StoreError;

/// Questions that articles were seen to answer.
#[async_trait]
pub trait Learned: Send + Sync {
    /// Keeps a lesson: proposes its question for the article under `id`, or confirms it where it is known.
    ///
    /// A conversation teaches one question of an article, and teaches it once: the same lesson again changes nothing, except that
    /// an operator's answer that the employee says helped afterwards becomes a confirmation. The same employee counts once for
    /// a question, in however many conversations. What was decided about the question stays decided.
    ///
    /// A question that is new to an article with `most` proposed and approved ones is not kept.
    async fn learn(&self, id: LearnedId, lesson: &Lesson, most: u32) -> Result<Learnt, StoreError>;

    /// One learned question.
    async fn learned_question(&self, id: LearnedId) -> Result<Option<LearnedQuestion>, StoreError>;

    /// Those in this state, newest first, at most `limit`; only those learned before `before` where it is given.
    async fn learned_questions(
        &self,
        state: LearnedState,
        before: Option<LearnedId>,
        limit: u32,
    ) -> Result<Vec<LearnedQuestion>, StoreError>;

    /// All that may count, in a stable order: those approved, and those proposed that at least `confirmations` people confirmed.
    async fn learned_that_may_count(&self, confirmations: u32) -> Result<Vec<LearnedQuestion>, StoreError>;

    /// How many questions are proposed for each article that has any.
    async fn proposals(&self) -> Result<Vec<(Slug, u64)>, StoreError>;

    /// Notes what an editor made of a question, and gives it back as it is then; `None` where there is none with this id.
    async fn settle_learned(&self, id: LearnedId, settled: &Settling) -> Result<Option<LearnedQuestion>, StoreError>;

    /// Events after `after` that may teach something (an answer helped, an operator replied), of all conversations in the order of
    /// their ids, at most `limit`. An event can become visible later than one with a higher id.
    async fn telling_events(&self, after: Option<EventId>, limit: u32) -> Result<Vec<(ConversationId, Event)>, StoreError>;
}

/// How keeping a lesson ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learnt {
    /// It is kept.
    Kept,
    /// It had been kept before, or its conversation taught another question of the article.
    SeenBefore,
    /// The article has as many questions as it may have.
    Full,
}

/// What an editor makes of a learned question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settling {
    /// Approved, declined or proposed anew.
    pub state: LearnedState,
    /// By whom.
    pub by: Holder,
    /// When.
    pub at: Timestamp,
}

/// A question that an article is found by besides its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taught {
    /// The article, in whatever language there is one.
    pub slug: Slug,
    /// What people ask.
    pub text: String,
}

/// Finds articles by what it was taught.
pub trait Pupil: Send + Sync {
    /// Puts these questions in place of all that were taught before; the next question is answered with them. What belongs to
    /// articles that are not there waits for them. May take as long as indexing the articles does.
    fn teach(&self, taught: Vec<Taught>);
}
