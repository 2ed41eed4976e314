//! The operator's side: learned questions, and what editors make of them.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, Named};
use super::bearer::Calling;
use super::problem::{Problem, Refusal};
use super::shapes::LangCode;
use super::to_shapes::moment;
use crate::desk::Desk;
use crate::domain::ids::LearnedId;
use crate::domain::learned::{LearnedQuestion as Learned, LearnedState, Origin};
use crate::domain::permission::Operator;
use crate::flows::{Settled, Verdict};

/// Part of a list of learned questions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LearnedList {
    /// The questions, newest first.
    questions: Vec<LearnedQuestion>,
    /// Ask again with `before` set to this for older ones; `null` where there are none.
    #[schema(required)]
    next: Option<String>,
}

/// A question that an article was seen to answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LearnedQuestion {
    /// Its id, a 64-bit number as text; later ones are higher.
    id: String,
    /// The article's name.
    article: String,
    /// What was asked, without anything that the privacy filter takes out.
    text: String,
    /// The language of whoever asked it first.
    lang: LangCode,
    /// What it was learned from.
    origin: OriginName,
    /// What became of it.
    state: StateName,
    /// How many different employees said that the article helped them with it.
    people: u32,
    /// Whether the article is found by it.
    counts: bool,
    /// When it was first learned (RFC 3339, UTC).
    #[schema(format = DateTime)]
    first_at: String,
    /// When it was last asked and answered so (RFC 3339, UTC).
    #[schema(format = DateTime)]
    last_at: String,
    /// Who last approved or declined it.
    #[schema(required)]
    settled_by: Option<String>,
}

/// What a question was learned from.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum OriginName {
    /// The employee said that the answer helped.
    Helped,
    /// An operator answered with the article.
    Replied,
}

/// What became of a learned question.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum StateName {
    /// No editor has said anything yet.
    Proposed,
    /// An editor approved it.
    Approved,
    /// An editor declined it or took it back.
    Declined,
}

/// List learned questions
///
/// Those of articles that are yours to edit, in one state.
#[utoipa::path(
    get,
    path = "/api/v1/learned",
    tag = "operator",
    params(
        ("state" = Option<String>, Query, description = "`proposed` (which is what is listed without it), `approved` or `declined`."),
        ("before" = Option<String>, Query, description = "Only older ones than the one with this id."),
    ),
    responses((status = 200, description = "The questions.", body = LearnedList), Refusal),
    security(("operator" = []))
)]
pub(super) async fn list(State(desk): State<Desk>, Calling(by): Calling, asked: Asked) -> Result<Json<LearnedList>, Problem> {
    let state = asked.values("state").next().map_or(Ok(LearnedState::Proposed), known_state)?;
    let before = asked.values("before").next().map(learned_id).transpose()?;
    let page = desk.learning.list(&by, state, before).await?;
    let questions = page.questions.iter().map(|question| shape(&desk, question)).collect();
    Ok(Json(LearnedList { questions, next: page.next.map(|id| id.to_string()) }))
}

/// Approve a learned question
///
/// Its article is found by it from the next question on. Approving one again is fine.
#[utoipa::path(
    post,
    path = "/api/v1/learned/{id}/approve",
    tag = "operator",
    params(("id" = String, Path, description = "The question's id.")),
    responses((status = 200, description = "It is approved.", body = LearnedQuestion), Refusal),
    security(("operator" = []))
)]
pub(super) async fn approve(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(id): Named<String>,
) -> Result<Json<LearnedQuestion>, Problem> {
    settle(&desk, &id, &by, Verdict::Approve).await
}

/// Decline a learned question, or take it back
///
/// Its article is not found by it any more, and it is not proposed again. Declining one again is fine.
#[utoipa::path(
    post,
    path = "/api/v1/learned/{id}/decline",
    tag = "operator",
    params(("id" = String, Path, description = "The question's id.")),
    responses((status = 200, description = "It is declined.", body = LearnedQuestion), Refusal),
    security(("operator" = []))
)]
pub(super) async fn decline(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(id): Named<String>,
) -> Result<Json<LearnedQuestion>, Problem> {
    settle(&desk, &id, &by, Verdict::Decline).await
}

async fn settle(desk: &Desk, id: &str, by: &Operator, verdict: Verdict) -> Result<Json<LearnedQuestion>, Problem> {
    let id = learned_id(id).map_err(|_| Problem::not_found("there is no learned question with this id"))?;
    let (Settled::Done(question) | Settled::Already(question)) = desk.learning.settle(id, by, verdict).await?;
    Ok(Json(shape(desk, &question)))
}

fn learned_id(id: &str) -> Result<LearnedId, Problem> {
    id.parse().map(LearnedId::new).map_err(|_| Problem::unprocessable("`before` must be the id of a learned question"))
}

fn known_state(name: &str) -> Result<LearnedState, Problem> {
    let allowed = || LearnedState::ALL.map(LearnedState::as_str).join(", ");
    LearnedState::from_name(name).ok_or_else(|| Problem::unprocessable(format!("`state` must be one of {}", allowed())))
}

fn shape(desk: &Desk, question: &Learned) -> LearnedQuestion {
    LearnedQuestion {
        id: question.id.to_string(),
        article: question.article.to_string(),
        text: question.text.as_str().to_owned(),
        lang: question.lang.into(),
        origin: match question.origin {
            Origin::Helped => OriginName::Helped,
            Origin::Replied => OriginName::Replied,
        },
        state: match question.state {
            LearnedState::Proposed => StateName::Proposed,
            LearnedState::Approved => StateName::Approved,
            LearnedState::Declined => StateName::Declined,
        },
        people: question.people,
        counts: question.counts(desk.learning.policy()),
        first_at: moment(question.first_at),
        last_at: moment(question.last_at),
        settled_by: question.settled.as_ref().map(|(by, _)| by.name.clone()),
    }
}
