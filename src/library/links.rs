//! The link register on disk: `links/nb/timeregistrering.md` is bokmål and has the name `timeregistrering`.
//!
//! The front matter has a `title` and an `address`, and may have `tags`, `group` and `reviewed`; below it stands what the link is
//! for. Addresses are read, never fetched.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::article::{self, Page};
use super::files::{self, Found};
use super::front_matter::FrontMatter;
use super::problem::{Problem, Report};
use super::{Checks, across};
use crate::domain::answer::ArticleRef;
use crate::domain::article::Article;
use crate::domain::flaw::Flaw;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::{Address, Link};

/// The keys that a link may have.
const KEYS: [&str; 6] = ["title", "lang", "address", "tags", "group", "reviewed"];

/// Reads the links of a knowledge base; one that has none has an empty list.
pub(super) fn read(folder: &Path, checks: &Checks, problems: &mut Vec<Problem>) -> Vec<Link> {
    let pages = files::read_beside(&files::links(folder), problems, |found, text, problems| page(found, text, checks, problems));
    let pages = across::without_duplicates(pages, problems);
    compare(&pages, problems);
    pages.into_iter().filter_map(link).collect()
}

/// A link's file as those of articles are listed and kept; its address stands where an article has its form.
pub(super) fn page(found: &Found, text: &str, checks: &Checks, problems: &mut Vec<Problem>) -> Option<Page> {
    let mut report = Report::on(found.path.clone(), problems);
    let front = FrontMatter::read_with(&KEYS, text, &mut report)?;
    let title = article::title(&front, &mut report);
    let lang = article::language(&front, found.lang, &mut report);
    let address = address(&front, &mut report);
    let group = article::group(&front, checks, &mut report);
    let tags = front.texts("tags", &mut report);
    let reviewed = front.day("reviewed", &mut report);
    article::check_review(reviewed, front.line("reviewed"), checks, &mut report);
    let body = front.body.trim().to_owned();
    if body.is_empty() {
        let (what, remedy) = ("the link does not say what it is for", "write that below the front matter");
        report.refuse(front.body_line, Flaw::NoText, what, remedy);
    }
    let usable = report.is_usable();
    let title = title.filter(|_| usable)?;
    let (article, request) = (ArticleRef { slug: article::slug(found), lang }, address.map(|address| address.to_string()));
    let article =
        Article { article, title, tags, questions: Vec::new(), owner: None, reviewed, audience: None, group, request, body };
    Some(Page { file: found.path.clone(), reviewed_line: front.line("reviewed"), article })
}

/// What can be wrong between links: old translations, missing ones, and two of different names that lead to the same place.
pub(super) fn compare(pages: &[Page], problems: &mut Vec<Problem>) {
    across::compare(pages, problems);
    let mut firsts: HashMap<String, &Page> = HashMap::new();
    let mut languages: BTreeMap<&Slug, Vec<Lang>> = BTreeMap::new();
    for page in pages {
        languages.entry(&page.article.article.slug).or_default().push(page.article.article.lang);
        let Some(address) = page.article.request.as_deref().and_then(Address::new) else { continue };
        let first = *firsts.entry(address.place()).or_insert(page);
        if first.article.article.slug != page.article.article.slug {
            let flaw = Flaw::SameAddress { file: first.file.display().to_string() };
            problems.push(Problem::of(page.file.clone(), None, flaw));
        }
    }
    for (slug, there) in languages {
        let missing: Vec<Lang> = Lang::ALL.into_iter().filter(|lang| !there.contains(lang)).collect();
        let source = Lang::ALL.into_iter().find(|lang| there.contains(lang));
        let of_source = |page: &&Page| page.article.article.slug == *slug && Some(page.article.article.lang) == source;
        if let Some(page) = pages.iter().find(of_source).filter(|_| !missing.is_empty()) {
            problems.push(Problem::of(page.file.clone(), None, Flaw::NoVersion { missing }));
        }
    }
}

fn address(front: &FrontMatter<'_>, report: &mut Report<'_>) -> Option<Address> {
    let line = front.line("address");
    let Some(text) = front.text("address", report) else {
        report.flaw(line, Flaw::NoAddress);
        return None;
    };
    let address = Address::new(&text);
    if address.is_none() {
        report.flaw(line, Flaw::BadAddress { text });
    }
    address
}

fn link(page: Page) -> Option<Link> {
    let Article { article: ArticleRef { slug, lang }, title, tags, group, reviewed, request, body, .. } = page.article;
    let address = Address::new(request.as_deref()?)?;
    Some(Link { slug, lang, title, address, group, tags, reviewed, purpose: body })
}
