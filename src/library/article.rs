//! From a file's text to an article.

use std::path::PathBuf;

use super::Checks;
use super::files::Found;
use super::front_matter::FrontMatter;
use super::markdown;
use super::problem::{Problem, Report};
use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Day};
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;

/// An article with its file.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) file: PathBuf,
    /// The line of the review date, counted from 1.
    pub(super) reviewed_line: u32,
    pub(super) article: Article,
}

/// How many days after its review an article is due for the next one.
const REVIEWED_EVERY: i32 = 365;

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
    check_review(reviewed, front.line("reviewed"), checks.today, &mut report);
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
        report.error(front.line("title"), "there is no title", "add a line such as \"title: Forgotten password\"");
    }
    title
}

/// The language, which the front matter and the folder must agree on.
pub(super) fn language(front: &FrontMatter<'_>, folder: Option<Lang>, report: &mut Report<'_>) -> Lang {
    let line = front.line("lang");
    let Some(code) = front.text("lang", report) else {
        if folder.is_none() {
            report.warning(
                line,
                "there is no language, so bokmål is assumed",
                "move the file into nb, nn or en, or add \"lang: nb\"",
            );
        }
        return folder.unwrap_or_default();
    };
    let Some(lang) = Lang::from_code(&code) else {
        report.error(line, format!("\"{code}\" is not a language that Firstline knows"), "write nb, nn or en");
        return folder.unwrap_or_default();
    };
    if let Some(folder) = folder.filter(|folder| *folder != lang) {
        let remedy = format!("write \"lang: {folder}\", or move the file into {lang}");
        report.error(line, format!("the language is {lang}, but the file is in the folder {folder}"), remedy);
    }
    lang
}

/// The group, where it is one that is configured.
pub(super) fn group(front: &FrontMatter<'_>, checks: &Checks, report: &mut Report<'_>) -> Option<GroupId> {
    let group = front.text("group", report).map(GroupId::new)?;
    if checks.groups.contains(&group) {
        return Some(group);
    }
    let known: Vec<&str> = checks.groups.iter().map(GroupId::as_str).collect();
    let remedy = format!("write one of {}, or add the group to the configuration", known.join(", "));
    report.warning(front.line("group"), format!("the group \"{group}\" is not configured"), remedy);
    None
}

fn check_review(reviewed: Option<Day>, line: u32, today: Day, report: &mut Report<'_>) {
    let Some(reviewed) = reviewed else { return };
    if reviewed > today {
        report.warning(line, format!("the review date {reviewed} is in the future"), "write the day on which it was reviewed");
    } else if days_between(reviewed, today).is_some_and(|days| days > REVIEWED_EVERY) {
        let what = format!("the review is more than a year old ({reviewed})");
        report.warning(line, what, "read through the article, correct it, and write today's date");
    }
}

fn days_between(earlier: Day, later: Day) -> Option<i32> {
    let date = |day: Day| jiff::civil::Date::new(day.year, day.month, day.day).ok();
    date(earlier)?.until(date(later)?).ok().map(|span| span.get_days())
}

fn check_body(front: &FrontMatter<'_>, found: &Found, report: &mut Report<'_>) {
    if front.body.trim().is_empty() {
        report.error(front.body_line, "the article says nothing", "write what to do below the front matter");
        return;
    }
    let outline = markdown::outline(front.body);
    if !outline.has_heading {
        report.warning(front.body_line, "there is no heading", "begin the article with a line such as \"# Forgotten password\"");
    }
    for (link, line) in outline.links.iter().filter(|(link, _)| markdown::is_dead(link, &found.path)) {
        report.warning(
            front.body_line + line,
            format!("the link \"{link}\" leads nowhere"),
            "correct the file's name, or remove the link",
        );
    }
}
