//! Questions that articles were seen to answer.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::names::Named;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::event::Event;
use crate::domain::ids::{ConversationId, EventId, LearnedId, Slug};
use crate::domain::learned::{LearnedQuestion, LearnedState, Lesson, Origin};
use crate::ports::{Learned, Learnt, Settling, StoreError};

#[async_trait]
impl Learned for SqlStore {
    async fn learn(&self, id: LearnedId, lesson: &Lesson, most: u32) -> Result<Learnt, StoreError> {
        self.writer.write(Learn { id, lesson: lesson.clone(), most }).await
    }

    async fn learned_question(&self, id: LearnedId) -> Result<Option<LearnedQuestion>, StoreError> {
        self.one("read a learned question", query(sql::LEARNED).bind(id.get()), from_rows::learned).await
    }

    async fn learned_questions(
        &self,
        state: LearnedState,
        before: Option<LearnedId>,
        limit: u32,
    ) -> Result<Vec<LearnedQuestion>, StoreError> {
        let before = before.map_or(i64::MAX, LearnedId::get);
        let statement = query(sql::LEARNED_IN_STATE).bind(state.word()).bind(before).bind(i64::from(limit));
        self.many("listed learned questions", statement, from_rows::learned).await
    }

    async fn learned_that_may_count(&self, confirmations: u32) -> Result<Vec<LearnedQuestion>, StoreError> {
        let statement = query(sql::MAY_COUNT).bind(i64::from(confirmations));
        self.many("read what was learned", statement, from_rows::learned).await
    }

    async fn proposals(&self) -> Result<Vec<(Slug, u64)>, StoreError> {
        self.many("counted proposals", query(sql::PROPOSALS), from_rows::proposals).await
    }

    async fn settle_learned(&self, id: LearnedId, settled: &Settling) -> Result<Option<LearnedQuestion>, StoreError> {
        self.writer.write(Settle { id, settled: settled.clone() }).await
    }

    async fn telling_events(&self, after: Option<EventId>, limit: u32) -> Result<Vec<(ConversationId, Event)>, StoreError> {
        let statement = query(sql::TELLING_EVENTS).bind(after.map_or(i64::MIN, EventId::get)).bind(i64::from(limit));
        self.many("read what happened", statement, from_rows::event_of).await
    }
}

struct Learn {
    id: LearnedId,
    lesson: Lesson,
    most: u32,
}

#[async_trait]
impl Write for Learn {
    type Reply = Learnt;
    const DOING: &'static str = "kept a lesson";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<Learnt>, Failure> {
        let lesson = &self.lesson;
        let (article, folded) = (lesson.article.as_str(), lesson.key.as_str());
        let kept = query(sql::IS_FULL).bind(article).bind(folded).fetch_one(&mut *connection).await?;
        if from_rows::number(&kept, "kept")? >= i64::from(self.most) {
            return Ok(Applied::Undo(Learnt::Full));
        }
        let proposed = query(sql::PROPOSE)
            .bind(self.id.get())
            .bind(article)
            .bind(folded)
            .bind(lesson.text.as_str())
            .bind(lesson.lang.word())
            .bind(lesson.origin.word())
            .bind(lesson.at.micros());
        let question = from_rows::number(&proposed.fetch_one(&mut *connection).await?, "id")?;
        let from = query(sql::LEARN_FROM).bind(lesson.conversation.get()).bind(article).bind(question).bind(lesson.origin.word());
        if from.execute(&mut *connection).await?.rows_affected() == 0 {
            return Ok(Applied::Undo(Learnt::SeenBefore));
        }
        if lesson.origin == Origin::Helped {
            query(sql::COUNT_PERSON).bind(question).bind(lesson.conversation.get()).execute(connection).await?;
        }
        Ok(Applied::Keep(Learnt::Kept))
    }
}

struct Settle {
    id: LearnedId,
    settled: Settling,
}

#[async_trait]
impl Write for Settle {
    type Reply = Option<LearnedQuestion>;
    const DOING: &'static str = "settled a learned question";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<Self::Reply>, Failure> {
        let Settling { state, by, at } = &self.settled;
        let settled = query(sql::SETTLE_LEARNED)
            .bind(self.id.get())
            .bind(state.word())
            .bind(by.id.as_str())
            .bind(by.name.as_str())
            .bind(at.micros());
        settled.execute(&mut *connection).await?;
        let row = query(sql::LEARNED).bind(self.id.get()).fetch_optional(connection).await?;
        Ok(Applied::Keep(row.as_ref().map(from_rows::learned).transpose()?))
    }
}
