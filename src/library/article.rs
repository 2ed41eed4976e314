//! From a file's text to an article.

use std::path::PathBuf;

use super::Checks;
use super::files::Found;
use super::front_matter::FrontMatter;
use super::markdown;
use super::problem::{Problem, Report};
use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Day};
use crate::domain::flaw::Flaw;
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;

/// An article with its file.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) file: PathBuf,
    /// The line of the review date, counted from 1.
    pub(super) reviewed_line: u32,
    pub(super) article: Article,
}

/// Days in a year, and months.
const YEAR: (u32, u32) = (365, 12);

/// Reads an article; `None`, with the reasons reported, where it must be left out.
pub(super) fn read(found: &Found, text: &str, checks: &Checks, problems: &mut Vec<Problem>) -> Option<Page> {
    let mut report = Report::on(found.path.clone(), problems);
    let front = FrontMatter::read(text, &mut report)?;
    let title = title(&front, &mut report);
    let lang = language(&front, found.lang, &mut report);
    let reviewed = front.day("reviewed", &mut report);
    let group = group(&front, checks, &mut report);
    let article = Article {
        article: ArticleRef { slug: slug(found), lang },
        title: title.unwrap_or_default(),
        tags: front.texts("tags", &mut report),
        questions: front.texts("questions", &mut report),
        owner: front.text("owner", &mut report),
        reviewed,
        audience: front.text("audience", &mut report),
        group,
        request: front.text("request", &mut report),
        body: front.body.to_owned(),
    };
    check_review(reviewed, front.line("reviewed"), checks, &mut report);
    check_body(&front, found, &mut report);
    report.is_usable().then(|| Page { file: found.path.clone(), reviewed_line: front.line("reviewed"), article })
}

/// The name that a file's name gives.
pub(super) fn slug(found: &Found) -> Slug {
    Slug::new(found.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}

/// The title; reported where there is none.
pub(super) fn title(front: &FrontMatter<'_>, report: &mut Report<'_>) -> Option<String> {
    let title = front.text("title", report);
    if title.is_none() {
        report.flaw(front.line("title"), Flaw::NoTitle);
    }
    title
}

/// The language, which the front matter and the folder must agree on.
pub(super) fn language(front: &FrontMatter<'_>, folder: Option<Lang>, report: &mut Report<'_>) -> Lang {
    let line = front.line("lang");
    let Some(code) = front.text("lang", report) else {
        if folder.is_none() {
            report.flaw(line, Flaw::NoLang);
        }
        return folder.unwrap_or_default();
    };
    let Some(lang) = Lang::from_code(&code) else {
        report.flaw(line, Flaw::UnknownLang { code });
        return folder.unwrap_or_default();
    };
    if let Some(folder) = folder.filter(|folder| *folder != lang) {
        report.flaw(line, Flaw::OtherLang { own: lang, folder });
    }
    lang
}

/// The group, where it is one that is configured.
pub(super) fn group(front: &FrontMatter<'_>, checks: &Checks, report: &mut Report<'_>) -> Option<GroupId> {
    let group = front.text("group", report).map(GroupId::new)?;
    if checks.groups.contains(&group) {
        return Some(group);
    }
    report.flaw(front.line("group"), Flaw::UnknownGroup { group, known: checks.groups.clone() });
    None
}

/// Reports a review date that has not come yet, or that is long past.
pub(super) fn check_review(reviewed: Option<Day>, line: u32, checks: &Checks, report: &mut Report<'_>) {
    let Some(day) = reviewed else { return };
    if day > checks.today {
        report.flaw(line, Flaw::ReviewAhead { day });
    } else if is_due(day, checks) {
        report.flaw(line, Flaw::ReviewDue { day, months: checks.review_months });
    }
}

fn is_due(reviewed: Day, checks: &Checks) -> bool {
    let date = |day: Day| jiff::civil::Date::new(day.year, day.month, day.day).ok();
    let days = || date(reviewed)?.until(date(checks.today)?).ok().map(|span| span.get_days());
    let good_for = i64::from(checks.review_months * YEAR.0 / YEAR.1);
    checks.review_months > 0 && days().is_some_and(|days| i64::from(days) > good_for)
}

fn check_body(front: &FrontMatter<'_>, found: &Found, report: &mut Report<'_>) {
    if front.body.trim().is_empty() {
        report.flaw(front.body_line, Flaw::NoText);
        return;
    }
    let outline = markdown::outline(front.body);
    if !outline.has_heading {
        report.flaw(front.body_line, Flaw::NoHeading);
    }
    for (link, line) in outline.links.iter().filter(|(link, _)| markdown::is_dead(link, &found.path)) {
        report.flaw(front.body_line + line, Flaw::DeadLink { link: link.clone() });
    }
}
