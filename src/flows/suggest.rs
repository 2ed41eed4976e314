//! Titles for whoever is writing a question.

use super::Flows;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Suggestion;
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;

impl Flows {
    /// Articles that may be what somebody is about to ask for, at most `most`, best first; nothing of what was typed is kept.
    #[must_use]
    pub fn suggest(&self, typed: &Redacted, reader: Lang, most: usize) -> Vec<Suggestion> {
        self.index.suggest(typed, reader, most)
    }

    /// The title of an article, in its language or the nearest one; `None` where it is gone.
    #[must_use]
    pub fn title_of(&self, article: &ArticleRef) -> Option<String> {
        self.index.passage(&article.slug, article.lang, "").map(|candidate| candidate.title)
    }
}
