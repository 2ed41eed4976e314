//! The standard replies on disk: `replies/nb/received.md` is bokmål and has the name `received`.
//!
//! The front matter has a `title`, and may have `group` and `tags`; below it stands the reply as plain text with fields.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use super::files::{self, Found};
use super::front_matter::FrontMatter;
use super::problem::{Problem, Report};
use super::{Checks, article};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::reply::{KnownField, StandardReply, unknown_fields};
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
    let folder = files::replies(folder);
    if !folder.is_dir() {
        return Vec::new();
    }
    let listing = match files::find(&folder) {
        Ok(listing) => listing,
        Err(error) => {
            Report::on(folder, problems).error(None, error.to_string(), "give Firstline's user the right to read it");
            return Vec::new();
        }
    };
    problems.extend(listing.problems);
    let mut replies = Vec::new();
    let mut firsts: HashMap<(Slug, Lang), &Path> = HashMap::new();
    for found in &listing.files {
        let text = match files::read(&found.path) {
            Ok(text) => text,
            Err(flaw) => {
                problems.push(Problem::of(found.path.clone(), None, flaw));
                continue;
            }
        };
        let Some(reply) = parse(found, &text, checks, problems) else { continue };
        if let Some(first) = firsts.get(&(reply.slug.clone(), reply.lang)) {
            let what = format!("{} has the same name in the same language ({})", first.display(), reply.lang);
            Report::on(found.path.clone(), problems).error(None, what, "rename one of them");
            continue;
        }
        firsts.insert((reply.slug.clone(), reply.lang), &found.path);
        replies.push(reply);
    }
    replies
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
        report.error(front.body_line, "the standard reply says nothing", "write what it says below the front matter");
    }
    check_fields(&front, &mut report);
    let usable = report.is_usable();
    let title = title.filter(|_| usable)?;
    Some(StandardReply { slug: article::slug(found), lang, title, group, tags, body: body.to_owned() })
}

fn check_fields(front: &FrontMatter<'_>, report: &mut Report<'_>) {
    for (line, text) in (front.body_line..).zip(front.body.lines()) {
        for name in unknown_fields(text) {
            let known: Vec<String> = KnownField::ALL.iter().map(|field| format!("{{{}}}", field.as_str())).collect();
            let remedy = format!("write one of {}, or {{{name}?}} where the operator is to fill it in", known.join(", "));
            report.error(line, format!("the field {{{name}}} is not known"), remedy);
        }
    }
}
