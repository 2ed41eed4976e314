//! The need to know what a change to an article would do, before it is made.

use std::ops::ControlFlow;

use crate::domain::answer::{ArticleRef, Understanding};
use crate::domain::article::Article;
use crate::domain::message::{LangHint, Redacted};

/// Understands questions as they are understood now, and as they would be after a change to the articles.
pub trait Rehearsal: Send + Sync {
    /// Understands each question both ways, in order. After each one `goes_on` is told how many are done, and may end it: then
    /// what is done is given back. Employees' questions go on being answered meanwhile, from the present articles.
    ///
    /// Takes as long as reading the changed article and asking every question twice; the first time also as long as indexing all
    /// articles. Must not be called where others wait.
    ///
    /// # Errors
    /// [`RehearsalError`] where the changed articles cannot be indexed.
    fn rehearse(
        &self,
        proposal: Proposal,
        questions: &[(Redacted, LangHint)],
        goes_on: &mut dyn FnMut(usize) -> ControlFlow<()>,
    ) -> Result<Vec<Both>, RehearsalError>;
}

/// A change to the articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// This article, new or in place of the one before.
    Put(Box<Article>),
    /// Without this article.
    Remove(ArticleRef),
}

/// What is made of a question before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    /// From the present articles.
    pub before: Understanding,
    /// From those after the change.
    pub after: Understanding,
}

/// The change could not be tried.
#[derive(Debug, thiserror::Error)]
#[error("the changed articles cannot be indexed")]
pub struct RehearsalError(#[source] pub Box<dyn std::error::Error + Send + Sync>);
