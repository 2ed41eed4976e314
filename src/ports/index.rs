//! The need to understand a question and to find articles.

use std::sync::Arc;

use crate::domain::answer::{ArticleRef, Candidate, Intent, Understanding};
use crate::domain::article::{Article, Suggestion};
use crate::domain::explanation::Explanation;
use crate::domain::gap::Alike;
use crate::domain::ids::Slug;
use crate::domain::incident::WordForms;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted};

/// Understands questions and finds articles. Answers in about a millisecond and never waits, so it is not async.
pub trait Index: Send + Sync {
    /// What the text wants, which language it is in and which articles may answer it.
    ///
    /// Candidates come best first, at most ten, each slug once, in the language of the text where the article exists
    /// in it, else in the next of [`Lang::preference`]. The same text on the same articles gives the same result.
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding;

    /// Whether a text asks something or tells of a problem, judged more warily than its intent: for words that were overheard, where
    /// silence is better than an answer that nobody asked for. By the intent alone where the index knows no better.
    fn seeks_help(&self, _text: &Redacted, understood: &Understanding) -> bool {
        !matches!(understood.intent, Intent::SmallTalk(_) | Intent::Yes | Intent::No)
    }

    /// Why the text is understood as it is and its candidates are these; `None` where the index cannot tell.
    fn why(&self, _text: &Redacted, _hint: LangHint) -> Option<Explanation> {
        None
    }

    /// Articles that may be what somebody is about to ask for, at most `most`, best first, each slug once: by their titles and
    /// their editors' example questions, after what stands in the field so far. Where a version in the reader's language fits about
    /// as well as another, it is that one. None where the index cannot tell.
    fn suggest(&self, _typed: &Redacted, _reader: Lang, _most: usize) -> Vec<Suggestion> {
        Vec::new()
    }

    /// The words of a text that say what it is about, each in the normal forms in which words of one meaning meet; as they are
    /// written, in lower case, where the index knows no better.
    fn word_forms(&self, text: &str) -> Vec<WordForms> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| WordForms(vec![word.to_lowercase()])).collect()
    }

    /// Puts questions together that ask for the same thing, whatever language they are in; largest groups first, the same list
    /// always in the same way, each question in one group. It takes time that grows with the questions times the groups, unlike
    /// all else here. Each by itself where the index knows no better.
    fn group_alike(&self, questions: &[&str]) -> Vec<Alike> {
        (0..questions.len()).map(|at| Alike { members: vec![at], words: Vec::new() }).collect()
    }

    /// The article's passage that fits the text best; the article's first one where none does.
    /// `None` where there is no article of that name in any language.
    fn passage(&self, slug: &Slug, lang: Lang, text: &str) -> Option<Candidate>;

    /// The whole article, in exactly this language.
    fn article(&self, article: &ArticleRef) -> Option<Arc<Article>>;

    /// In which languages there is an article of this name.
    fn languages(&self, slug: &Slug) -> Vec<Lang>;

    /// How many articles (files) are loaded.
    fn size(&self) -> usize;
}
