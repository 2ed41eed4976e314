//! The list of articles.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::aids;
use super::edit::home;
use super::filter::{Filter, ORDERS, PAGE, WHICH, faults, is_due};
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::article::Day;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::flows::Title;
use crate::ports::Listing;

/// The query as it was sent.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(flatten)]
    filter: Filter,
    #[serde(default)]
    said: String,
}

/// What is shown of the articles.
struct Shown<'s> {
    filter: &'s Filter,
    titles: &'s [Title],
    /// How many there are on all pages.
    found: usize,
    page: usize,
    listing: &'s Listing,
}

/// The articles that the address asks for.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(Asked { filter, said }) = query?;
    let (titles, listing) = desk.editing.list(&by.operator).await?;
    let titles = filter.of(titles, reader.lang);
    let pages = titles.len().div_ceil(PAGE).max(1);
    let page = filter.page.parse().unwrap_or(1).clamp(1, pages);
    let on_page = titles.chunks(PAGE).nth(page - 1).unwrap_or_default();
    let shown = Shown { filter: &filter, titles: on_page, found: titles.len(), page, listing: &listing };
    Ok(view(&reader, &by.operator, &shown, said == "retired"))
}

fn view(reader: &Reader, by: &Operator, shown: &Shown<'_>, retired: bool) -> Markup {
    let title = reader.say("editor.list");
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        div.row.apart.ahead {
            h1.ds-heading data-size="md" { (title) }
            @if by.edits() && shown.listing.writable {
                a.ds-button data-variant="primary" href="/desk/articles/new" { (reader.say("editor.new")) }
            }
        }
        p #said-back .said-back role="status" { @if retired { (reader.say("editor.retired")) } }
        @if !shown.listing.writable { p.ds-alert data-color="info" { (reader.say("editor.read_only")) } }
        @if !shown.listing.in_git { p.muted.small { (reader.say("editor.no_git")) } }
        (filters(reader, shown.filter))
        p role="status" { (reader.fill("editor.found", &[("count", &shown.found.to_string())])) }
        @if !shown.titles.is_empty() { (table(reader, shown)) }
        (pages(reader, shown))
        (aids::beside(reader, &shown.filter.q))
    })
}

fn filters(reader: &Reader, filter: &Filter) -> Markup {
    html! {
        form.filters method="get" action="/desk/articles" role="search" aria-label=(reader.say("editor.search")) {
            div.ds-field {
                label.ds-label for="q" { (reader.say("editor.words")) }
                input.ds-input #q type="search" name="q" value=(filter.q);
            }
            (select(reader, "which", "editor.which", &WHICH, &filter.which))
            div.ds-field {
                label.ds-label for="group" { (reader.say("editor.group")) }
                select.ds-input #group name="group" {
                    option value="" { (reader.say("editor.every_group")) }
                    @for group in reader.desk().facts.groups.iter() {
                        option value=(group.id) selected[group.id.as_str() == filter.group] { (group.name(reader.lang)) }
                    }
                }
            }
            (select(reader, "sort", "editor.sort", &ORDERS, &filter.sort))
            button.ds-button data-variant="secondary" { (reader.say("editor.show")) }
        }
    }
}

/// A field with these values, by their names.
pub(super) fn select(reader: &Reader, name: &str, label: &str, options: &[(&str, &'static str)], chosen: &str) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for=(name) { (reader.say(label)) }
            select.ds-input id=(name) name=(name) {
                @for (value, key) in options { option value=(value) selected[*value == chosen] { (reader.say(key)) } }
            }
        }
    }
}

/// The heads of the table, in order.
const HEADS: [&str; 8] = [
    "editor.title",
    "editor.languages",
    "editor.reviewed",
    "editor.owner",
    "editor.group",
    "editor.head_faults",
    "editor.head_shown",
    "editor.head_helped",
];

fn table(reader: &Reader, shown: &Shown<'_>) -> Markup {
    html! {
        div.scroll {
            table.ds-table.stack.articles {
                thead { tr { @for key in HEADS { th scope="col" { (reader.say(key)) } } } }
                tbody { @for title in shown.titles { (row(reader, title)) } }
            }
        }
    }
}

fn row(reader: &Reader, title: &Title) -> Markup {
    let (name, lang) = title.in_languages(reader.lang.preference());
    let own = title.files.iter().find(|file| file.article.lang == lang).or(title.source());
    let article = own.map(|file| &file.article);
    let faults = faults(title);
    let figures = title.figures;
    html! {
        tr {
            th.subject scope="row" {
                @if let Some(article) = article {
                    a.ds-link href=(home(article)) lang=(lang) { (name) }
                }
                @if title.files.iter().any(|file| file.uncommitted) {
                    " " span.ds-tag data-size="sm" data-color="warning" { (reader.say("editor.tag_uncommitted")) }
                }
            }
            td data-head=(reader.say("editor.languages")) { (languages(reader, title)) }
            td data-head=(reader.say("editor.reviewed")) { (reviewed(reader, title)) }
            td data-head=(reader.say("editor.owner")) { (title.source().and_then(|file| file.owner.as_deref()).unwrap_or("–")) }
            td data-head=(reader.say("editor.group")) { (reader.group(&title.group)) }
            td data-head=(reader.say("editor.head_faults")) {
                @if faults > 0 { span.ds-tag data-size="sm" data-color="danger" { (faults) } } @else { "0" }
            }
            td data-head=(reader.say("editor.head_shown")) { (figures.shown) }
            td data-head=(reader.say("editor.head_helped")) {
                (reader.fill("editor.helped", &[("helped", &figures.helped.to_string()), ("not", &figures.did_not_help.to_string())]))
            }
        }
    }
}

/// Which languages there are, which is the source, and which are older than it.
fn languages(reader: &Reader, title: &Title) -> Markup {
    let source = title.source().map(|file| file.article.lang);
    html! {
        ul.coverage {
            @for lang in Lang::ALL {
                @let exists = title.files.iter().any(|file| file.article.lang == lang);
                @let (color, key) = match () {
                    () if !exists => ("neutral", "editor.lang_missing"),
                    () if source == Some(lang) => ("accent", "editor.lang_source"),
                    () if title.behind.contains(&lang) => ("warning", "editor.lang_behind"),
                    () => ("success", "editor.lang_there"),
                };
                li {
                    a.ds-tag data-size="sm" data-color=(color) data-missing[!exists] href=(home(&ArticleRef { slug: title.slug.clone(), lang }))
                        title=(reader.fill(key, &[("lang", reader.language(lang))])) {
                        (lang) @if key == "editor.lang_behind" { " ⧗" } @if !exists { " +" }
                        span.unseen { ": " (reader.fill(key, &[("lang", reader.language(lang))])) }
                    }
                }
            }
        }
    }
}

fn reviewed(reader: &Reader, title: &Title) -> Markup {
    let due = title.files.iter().any(is_due);
    html! {
        @match title.source().and_then(|file| file.reviewed) {
            Some(day) => time datetime=(day) { (written(day)) },
            None => "–",
        }
        @if due { " " span.ds-tag data-size="sm" data-color="warning" { (reader.say("editor.due")) } }
    }
}

/// A day as it is written in Norway; with so many in a column, in English too.
pub(super) fn written(day: Day) -> String {
    format!("{:02}.{:02}.{:04}", day.day, day.month, day.year)
}

fn pages(reader: &Reader, shown: &Shown<'_>) -> Markup {
    let pages = shown.found.div_ceil(PAGE);
    html! {
        @if pages > 1 {
            nav.row aria-label=(reader.say("editor.pages")) {
                @if shown.page > 1 { a.ds-link href=(shown.filter.address(shown.page - 1)) rel="prev" { (reader.say("editor.page_before")) } }
                span { (reader.fill("editor.page_of", &[("page", &shown.page.to_string()), ("pages", &pages.to_string())])) }
                @if shown.page < pages { a.ds-link href=(shown.filter.address(shown.page + 1)) rel="next" { (reader.say("editor.page_after")) } }
            }
        }
    }
}
