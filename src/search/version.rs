//! One version of an article, read.

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::domain::article::Article;
use crate::domain::lang::Lang;

use super::analysis::Family;
use super::sections::{Passage, passages};

/// One version of an article with its passages and questions.
#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) article: Arc<Article>,
    pub(crate) passages: Vec<Passage>,
    /// The example questions and what it was taught, each in the family it is asked in, which may be another than the article's.
    pub(crate) questions: Vec<(Family, String)>,
    /// A fingerprint of all that is indexed of it.
    pub(crate) print: String,
}

impl Version {
    /// Reads an article with questions that it was taught; `asked_in` tells a question's language, where its words do.
    pub(crate) fn new(article: Arc<Article>, taught: &[&str], asked_in: impl Fn(&str) -> Option<Lang>) -> Self {
        let passages = passages(&article.body, &article.title);
        let lang = article.article.lang;
        let asked = |question: &str| (Family::of(asked_in(question).unwrap_or(lang)), question.to_owned());
        let questions: Vec<(Family, String)> = questions(&article, taught).map(asked).collect();
        let print = print(&article, &questions);
        Self { article, passages, questions, print }
    }

    /// The language it is in.
    pub(crate) fn lang(&self) -> Lang {
        self.article.article.lang
    }

    /// The questions that are asked in a family.
    pub(crate) fn asked_in(&self, family: Family) -> impl Iterator<Item = &str> {
        self.questions.iter().filter(move |(of, _)| *of == family).map(|(_, question)| question.as_str())
    }

    /// Whether reading this article with these questions would give the same.
    pub(crate) fn is_of(&self, article: &Article, taught: &[&str]) -> bool {
        *self.article == *article && questions(article, taught).eq(self.questions.iter().map(|(_, question)| question.as_str()))
    }
}

fn questions<'a>(article: &'a Article, taught: &'a [&str]) -> impl Iterator<Item = &'a str> {
    article.questions.iter().map(String::as_str).chain(taught.iter().copied())
}

fn print(article: &Article, questions: &[(Family, String)]) -> String {
    let mut hash = Sha256::new();
    let texts = [&article.title, &article.body].into_iter();
    for text in texts.chain(&article.tags).chain(["\n".to_owned()].iter()).chain(questions.iter().map(|(_, question)| question)) {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut print, byte| {
        // Writing to a string does not fail.
        let _ = write!(print, "{byte:02x}");
        print
    })
}
