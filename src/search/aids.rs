//! Standard replies and links, found by operators while they type: with the articles' normal forms, glossary and repair of typing
//! errors, and beside their index, so that nobody is answered otherwise because of them.

#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::glossary::Glossary;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::Link;
use crate::domain::message::Redacted;
use crate::domain::reply::{KnownField, StandardReply};
use crate::ports::Aids;

use super::analysis::Analysis;
use super::concepts::Concepts;
use super::suggest::{Reading, Suggestions};
use super::text::beginning;
use super::version::Version;

/// The present standard replies and links, ready to be searched.
#[derive(Debug)]
pub struct AidIndex {
    analysis: Analysis,
    present: RwLock<Present>,
}

/// One state of them; what is replaced goes on being used by whoever reads it.
#[derive(Clone, Debug)]
struct Present {
    concepts: Arc<Concepts>,
    replies: Arc<Suggestions>,
    links: Arc<Suggestions>,
    register: Arc<[Link]>,
}

impl Default for AidIndex {
    fn default() -> Self {
        let (concepts, replies, links) = (Arc::default(), Arc::default(), Arc::default());
        let present = RwLock::new(Present { concepts, replies, links, register: Arc::new([]) });
        Self { analysis: Analysis::new(), present }
    }
}

impl AidIndex {
    /// Takes in the editors' glossary instead of the one before.
    pub fn define(&self, glossary: &Glossary) {
        let concepts = Arc::new(Concepts::new(glossary, &self.analysis));
        self.change(|present| present.concepts = concepts);
    }

    /// Takes in these standard replies instead of those before.
    pub fn put_replies(&self, replies: &[StandardReply]) {
        let replies = self.indexed(replies.iter().map(of_reply));
        self.change(|present| present.replies = replies);
    }

    /// Takes in these links instead of those before.
    pub fn put_links(&self, links: Vec<Link>) {
        let (indexed, register) = (self.indexed(links.iter().map(of_link)), links.into());
        self.change(|present| (present.links, present.register) = (indexed, register));
    }

    fn indexed(&self, articles: impl Iterator<Item = Article>) -> Arc<Suggestions> {
        let version = |article| Arc::new(Version::new(Arc::new(article), &[], |_| None));
        Arc::new(Suggestions::new(&articles.map(version).collect::<Vec<_>>(), &self.analysis))
    }

    fn change(&self, with: impl FnOnce(&mut Present)) {
        with(&mut self.present.write().unwrap_or_else(PoisonError::into_inner));
    }

    fn present(&self) -> Present {
        self.present.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Aids for AidIndex {
    fn links(&self) -> Arc<[Link]> {
        self.present().register
    }

    fn find(&self, aid: Aid, typed: &Redacted, reader: Lang, most: usize) -> Vec<Slug> {
        let present = self.present();
        let among = match aid {
            Aid::Reply => &present.replies,
            Aid::Link => &present.links,
        };
        let reading = Reading { analysis: &self.analysis, concepts: &present.concepts };
        let found = among.of(beginning(typed.as_str()), reader, most, reading);
        found.into_iter().map(|suggestion| suggestion.article.slug).collect()
    }
}

fn of_reply(reply: &StandardReply) -> Article {
    let fields = KnownField::ALL.iter().map(|field| format!("{{{}}}", field.as_str()));
    let text = fields.fold(reply.body.clone(), |text, field| text.replace(&field, " "));
    phrases(ArticleRef { slug: reply.slug.clone(), lang: reply.lang }, &reply.title, &reply.tags, &text)
}

fn of_link(link: &Link) -> Article {
    let text = format!("{}\n{}", link.purpose, link.address.shown());
    phrases(ArticleRef { slug: link.slug.clone(), lang: link.lang }, &link.title, &link.tags, &text)
}

/// Each of its phrases by itself, which fits best where it is what somebody types, and all of them together, for those who type
/// something of each.
fn phrases(article: ArticleRef, title: &str, tags: &[String], text: &str) -> Article {
    let whole = [title, &tags.join(" "), text].join("\n");
    let questions = tags.iter().cloned().chain([whole]).collect();
    let (owner, reviewed, audience, group, request) = Default::default();
    let (title, tags, body) = (title.to_owned(), Vec::new(), String::new());
    Article { article, title, tags, questions, owner, reviewed, audience, group, request, body }
}
