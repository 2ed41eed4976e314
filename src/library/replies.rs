//! The standard replies on disk: `replies/nb/received.md` is bokmål and has the name `received`.
//!
//! The front matter has a `title`, and may have `group` and `tags`; below it stands the reply as plain text with fields.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::Checks;
use super::article::{self, Page};
use super::files::{self, Found};
use super::front_matter::FrontMatter;
use super::problem::{Problem, Report};
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::flaw::Flaw;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::reply::{StandardReply, unknown_fields};
use crate::ports::StandardReplies;

/// The keys that a standard reply may have.
const KEYS: [&str; 4] = ["title", "lang", "group", "tags"];

/// The standard replies in use, until others are put in their place.
#[derive(Debug)]
pub struct ReplyShelf(RwLock<Arc<[StandardReply]>>);

impl ReplyShelf {
    /// A shelf with these.
    #[must_use]
    pub fn of(replies: Vec<StandardReply>) -> Self {
        Self(RwLock::new(replies.into()))
    }

    /// Puts these in place of those that it has.
    pub fn put(&self, replies: Vec<StandardReply>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = replies.into();
    }
}

impl StandardReplies for ReplyShelf {
    fn standard_replies(&self) -> Arc<[StandardReply]> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads the text of one standard reply as if it stood in this file of the language's folder, and says what is wrong with it;
/// `None` where it cannot be used.
#[must_use]
pub fn read_reply(file: &Path, lang: Lang, text: &str, checks: &Checks) -> (Option<StandardReply>, Vec<Problem>) {
    let mut problems = Vec::new();
    let found = Found { path: file.to_owned(), lang: Some(lang) };
    let reply = parse(&found, text, checks, &mut problems);
    (reply, problems)
}

/// Reads the standard replies of a knowledge base; one that has none has an empty list.
pub(super) fn read(folder: &Path, checks: &Checks, problems: &mut Vec<Problem>) -> Vec<StandardReply> {
    let read = |found: &Found, text: &str, problems: &mut Vec<Problem>| {
        parse(found, text, checks, problems).map(|reply| (found.path.clone(), reply))
    };
    let mut replies = Vec::new();
    let mut firsts: HashMap<(Slug, Lang), PathBuf> = HashMap::new();
    for (path, reply) in files::read_beside(&files::replies(folder), problems, read) {
        if let Some(first) = firsts.get(&(reply.slug.clone(), reply.lang)) {
            let what = format!("{} has the same name in the same language ({})", first.display(), reply.lang);
            Report::on(path, problems).error(None, what, "rename one of them");
            continue;
        }
        firsts.insert((reply.slug.clone(), reply.lang), path);
        replies.push(reply);
    }
    replies
}

/// A standard reply's file as those of articles are listed and kept: what both have, they have alike.
pub(super) fn page(found: &Found, text: &str, checks: &Checks, problems: &mut Vec<Problem>) -> Option<Page> {
    let StandardReply { slug, lang, title, group, tags, body } = parse(found, text, checks, problems)?;
    let (questions, owner, reviewed, audience, request) = Default::default();
    let article =
        Article { article: ArticleRef { slug, lang }, title, tags, questions, owner, reviewed, audience, group, request, body };
    Some(Page { file: found.path.clone(), reviewed_line: 1, article })
}

fn parse(found: &Found, text: &str, checks: &Checks, problems: &mut Vec<Problem>) -> Option<StandardReply> {
    let mut report = Report::on(found.path.clone(), problems);
    let front = FrontMatter::read_with(&KEYS, text, &mut report)?;
    let title = article::title(&front, &mut report);
    let lang = article::language(&front, found.lang, &mut report);
    let group = article::group(&front, checks, &mut report);
    let tags = front.texts("tags", &mut report);
    let body = front.body.trim();
    if body.is_empty() {
        let (what, remedy) = ("the standard reply says nothing", "write what it says below the front matter");
        report.refuse(front.body_line, Flaw::NoText, what, remedy);
    }
    check_fields(&front, &mut report);
    let usable = report.is_usable();
    let title = title.filter(|_| usable)?;
    Some(StandardReply { slug: article::slug(found), lang, title, group, tags, body: body.to_owned() })
}

fn check_fields(front: &FrontMatter<'_>, report: &mut Report<'_>) {
    for (line, text) in (front.body_line..).zip(front.body.lines()) {
        for name in unknown_fields(text) {
            report.flaw(line, Flaw::UnknownField { name: name.to_owned() });
        }
    }
}
