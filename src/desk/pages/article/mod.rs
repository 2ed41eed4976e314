//! A whole article of the knowledge base: read, printed, judged, and asked about.

mod ask;
mod contents;
mod useful;
mod view;

pub(super) use view::without_title;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::failure::Failure;
use super::reader::Reader;
use super::visitor::Visitor;
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::feedback::Vote;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

type Address = Result<Path<(String, String)>, PathRejection>;

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/kb/{lang}/{slug}", get(show))
        .route("/kb/{lang}/{slug}/useful", post(useful::vote))
        .route("/kb/{lang}/{slug}/ask", post(ask::ask))
}

/// What the page shows.
struct Shown<'a> {
    article: &'a Article,
    /// The languages that the article exists in.
    languages: &'a [Lang],
    /// The reader's vote on it.
    vote: Option<&'a Vote>,
}

/// The article; where there is none in this language, a page that says so.
async fn show(State(desk): State<Desk>, reader: Reader, visitor: Visitor, path: Address) -> Result<Response, Failure> {
    let Path((lang, slug)) = path?;
    let languages = desk.index.languages(&Slug::new(slug.clone()));
    let Some(article) = find(&desk, &lang, &slug) else {
        return Ok((StatusCode::NOT_FOUND, view::missing(&reader, &Slug::new(slug), &languages)).into_response());
    };
    let vote = if visitor.is_new() { None } else { desk.store.vote_of(&visitor.id(), &article.article.slug).await? };
    let shown = Shown { article: &article, languages: &languages, vote: vote.as_ref() };
    Ok(view::page(&reader, &shown).into_response())
}

/// The article at an address, if there is one.
fn find(desk: &Desk, lang: &str, slug: &str) -> Option<std::sync::Arc<Article>> {
    let lang = Lang::from_code(lang)?;
    desk.index.article(&ArticleRef { slug: Slug::new(slug), lang })
}

/// Where an article is.
fn address(article: &ArticleRef) -> String {
    format!("/kb/{}/{}", article.lang, article.slug)
}
