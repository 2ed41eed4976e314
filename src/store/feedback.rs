//! How articles do: votes of their readers, and what became of them as answers, counted by day.
//!
//! `Helped` and `DidNotHelp` do not say about what: it is the article that was answered with last, unless the employee has
//! asked or been offered something since.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::documents::HappenedDoc;
use super::failure::Failure;
use super::from_documents::parse;
use super::names::Named;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql};
use crate::domain::answer::ArticleRef;
use crate::domain::decision::Decision;
use crate::domain::event::{Event, Happened};
use crate::domain::feedback::{ArticleFigures, Vote};
use crate::domain::ids::{ConversationId, EmployeeId, Slug};
use crate::domain::message::Redacted;
use crate::domain::time::Timestamp;
use crate::ports::{Feedback, StoreError};

const MICROS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

#[async_trait]
impl Feedback for SqlStore {
    async fn vote(&self, vote: &Vote) -> Result<(), StoreError> {
        self.writer.write(Keep(vote.clone())).await
    }

    async fn vote_of(&self, reader: &EmployeeId, article: &Slug) -> Result<Option<Vote>, StoreError> {
        let statement = query(sql::VOTE_OF).bind(reader.as_str().to_owned()).bind(article.as_str().to_owned());
        self.one("read a vote", statement, from_rows::vote).await
    }

    async fn remarks(&self, article: &Slug, limit: u32) -> Result<Vec<Vote>, StoreError> {
        let statement = query(sql::REMARKS).bind(article.as_str().to_owned()).bind(i64::from(limit));
        self.many("listed remarks", statement, from_rows::vote).await
    }

    async fn article_figures(&self, since: Timestamp) -> Result<Vec<ArticleFigures>, StoreError> {
        let first = day_of(since);
        let statement = query(sql::ARTICLE_FIGURES).bind(first).bind(first.saturating_mul(MICROS_A_DAY));
        self.many("added up how articles did", statement, from_rows::article_figures).await
    }
}

const fn day_of(at: Timestamp) -> i64 {
    at.micros().div_euclid(MICROS_A_DAY)
}

struct Keep(Vote);

#[async_trait]
impl Write for Keep {
    type Reply = ();
    const DOING: &'static str = "kept a vote";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Vote { reader, article, useful, remark, at } = &self.0;
        let kept = query(sql::KEEP_VOTE)
            .bind(reader.as_str())
            .bind(article.slug.as_str())
            .bind(article.lang.word())
            .bind(i64::from(*useful))
            .bind(remark.as_ref().map(Redacted::as_str))
            .bind(at.micros());
        kept.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

/// What is counted of an article.
#[derive(Clone, Copy)]
enum Counted {
    Shown,
    Helped,
    DidNotHelp,
}

/// Counts what a decision's events tell of articles; before the events themselves are kept.
pub(super) async fn count(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    let mut shown: Option<ArticleRef> = None;
    let mut known = decision.expected.is_none();
    for event in &decision.events {
        let counted = match &event.what {
            Happened::Answered { article, .. } => {
                (shown, known) = (Some(article.clone()), true);
                Counted::Shown
            }
            Happened::Asked { .. } | Happened::Offered { .. } => {
                (shown, known) = (None, true);
                continue;
            }
            Happened::Helped => Counted::Helped,
            Happened::DidNotHelp => Counted::DidNotHelp,
            _ => continue,
        };
        if !known {
            (shown, known) = (shown_last(connection, decision.conversation.id).await?, true);
        }
        if let Some(article) = &shown {
            add(connection, event, article, counted).await?;
        }
    }
    Ok(())
}

/// The article that the conversation was answered with last, where nothing was asked or offered since.
async fn shown_last(connection: &mut AnyConnection, id: ConversationId) -> Result<Option<ArticleRef>, Failure> {
    let Some(row) = query(sql::PUT_LAST).bind(id.get()).fetch_optional(connection).await? else { return Ok(None) };
    let what: Happened = parse::<HappenedDoc>("event", &from_rows::text(&row, "what")?)?.try_into()?;
    Ok(if let Happened::Answered { article, .. } = what { Some(article) } else { None })
}

async fn add(connection: &mut AnyConnection, event: &Event, article: &ArticleRef, counted: Counted) -> Result<(), Failure> {
    let (shown, helped, did_not_help) = match counted {
        Counted::Shown => (1, 0, 0),
        Counted::Helped => (0, 1, 0),
        Counted::DidNotHelp => (0, 0, 1),
    };
    let added = query(sql::COUNT_ARTICLE)
        .bind(day_of(event.at))
        .bind(article.slug.as_str())
        .bind(article.lang.word())
        .bind(shown)
        .bind(helped)
        .bind(did_not_help);
    added.execute(connection).await?;
    Ok(())
}
