//! The link register: every link with its languages, searched and filtered.

use std::collections::BTreeMap;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::super::failure::Failure;
use super::super::super::reader::Reader;
use super::super::super::session::SignedIn;
use super::super::super::shell::{Nav, Shell};
use super::super::filter::is_due;
use super::super::list::{select, written};
use super::edit::leading;
use super::replies::{Told, faults, head};
use super::{Words, home};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::flaw::Flaw;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::Address;
use crate::domain::permission::Operator;
use crate::ports::{Listing, Shelved};

/// How many links a search shows at most.
const MOST_FOUND: usize = 200;

/// The query as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Words to look for.
    q: String,
    /// Which of them: one of [`WHICH`].
    which: String,
    /// Only this group's.
    group: String,
    #[serde(flatten)]
    told: Told,
}

/// Which links can be asked for, with their names.
const WHICH: [(&str, &str); 4] =
    [("", "links.which_all"), ("due", "links.which_due"), ("missing", "links.which_missing"), ("faulty", "links.which_faulty")];

/// A link in all its languages, in the order of languages.
struct Row {
    slug: Slug,
    files: Vec<Shelved>,
}

/// The links that the address asks for.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(asked) = query?;
    let mut listing = desk.editing.aids(Aid::Link).list(&by.operator).await?;
    let rows = in_order(&reader, rows(std::mem::take(&mut listing.files)), &asked.q);
    let rows: Vec<Row> = rows.into_iter().filter(|row| asked.lets_through(row)).collect();
    Ok(view(&reader, &by.operator, &listing, &rows, &asked))
}

fn rows(files: Vec<Shelved>) -> Vec<Row> {
    let mut all: BTreeMap<Slug, Vec<Shelved>> = BTreeMap::new();
    for file in files {
        all.entry(file.article.slug.clone()).or_default().push(file);
    }
    let mut rows: Vec<Row> = all.into_iter().map(|(slug, files)| Row { slug, files }).collect();
    for row in &mut rows {
        row.files.sort_by_key(|file| file.article.lang);
    }
    rows
}

/// By title; those that the words find where there are words, best first.
fn in_order(reader: &Reader, mut rows: Vec<Row>, words: &str) -> Vec<Row> {
    let desk = reader.desk();
    let Ok(typed) = desk.typed(words) else {
        rows.sort_by_cached_key(|row| row.shown(reader.lang).map(|file| file.title.to_lowercase()));
        return rows;
    };
    let found = desk.aids.find(Aid::Link, &typed.text, reader.lang, MOST_FOUND);
    let rank = |row: &Row| found.iter().position(|slug| *slug == row.slug);
    rows.retain(|row| rank(row).is_some());
    rows.sort_by_key(rank);
    rows
}

impl Asked {
    fn lets_through(&self, row: &Row) -> bool {
        let asked = match self.which.as_str() {
            "due" => row.files.iter().any(is_due),
            "missing" => row.files.len() < Lang::ALL.len(),
            "faulty" => row.faults() > 0,
            _ => true,
        };
        let groups = || row.files.iter().filter_map(|file| file.group.as_ref());
        asked && (self.group.is_empty() || groups().any(|group| group.as_str() == self.group))
    }
}

impl Row {
    /// The version for a reader.
    fn shown(&self, reader: Lang) -> Option<&Shelved> {
        reader.preference().iter().find_map(|lang| self.files.iter().find(|file| file.article.lang == *lang))
    }

    /// How many things are wrong, in all languages; what has a column of its own does not count.
    fn faults(&self) -> usize {
        let told = |flaw: &Flaw| matches!(flaw, Flaw::ReviewDue { .. } | Flaw::NoVersion { .. });
        self.files.iter().flat_map(|file| &file.faults).filter(|fault| !told(&fault.flaw)).count()
    }
}

fn view(reader: &Reader, by: &Operator, listing: &Listing, rows: &[Row], asked: &Asked) -> Markup {
    let words = Words::of(Aid::Link);
    Shell::new(reader, reader.say(words.nav), Nav::Operator(by)).wide().render(&html! {
        (head(reader, by, Aid::Link, listing, &asked.told))
        (filters(reader, asked))
        p role="status" { (reader.fill(words.found, &[("count", &rows.len().to_string())])) }
        @if !rows.is_empty() { (table(reader, by, rows)) }
    })
}

fn filters(reader: &Reader, asked: &Asked) -> Markup {
    html! {
        form.filters method="get" action=(Words::of(Aid::Link).list) role="search" aria-label=(reader.say("links.search")) {
            div.ds-field {
                label.ds-label for="q" { (reader.say("editor.words")) }
                input.ds-input #q type="search" name="q" value=(asked.q) maxlength="200";
            }
            (select(reader, "which", "editor.which", &WHICH, &asked.which))
            div.ds-field {
                label.ds-label for="group" { (reader.say("editor.group")) }
                select.ds-input #group name="group" {
                    option value="" { (reader.say("editor.every_group")) }
                    @for group in reader.desk().facts.groups.iter() {
                        option value=(group.id) selected[group.id.as_str() == asked.group] { (group.name(reader.lang)) }
                    }
                }
            }
            button.ds-button data-variant="secondary" { (reader.say("editor.show")) }
        }
    }
}

const HEADS: [&str; 6] =
    ["links.title", "links.address", "editor.languages", "editor.group", "editor.reviewed", "editor.head_faults"];

fn table(reader: &Reader, by: &Operator, rows: &[Row]) -> Markup {
    html! {
        div.scroll {
            table.ds-table.stack.articles {
                thead { tr { @for key in HEADS { th scope="col" { (reader.say(key)) } } } }
                tbody { @for one in rows { @if let Some(file) = one.shown(reader.lang) { (row(reader, by, one, file)) } } }
            }
        }
    }
}

fn row(reader: &Reader, by: &Operator, row: &Row, file: &Shelved) -> Markup {
    let title = if file.title.is_empty() { file.article.slug.as_str() } else { &file.title };
    let group = file.group.as_ref().map_or_else(|| reader.say("editor.every_group"), |group| reader.group(group));
    html! {
        tr {
            th.subject scope="row" { a.ds-link href=(home(Aid::Link, &file.article)) lang=(file.article.lang) { (title) } }
            td data-head=(reader.say("links.address")) {
                @if let Some(address) = file.address.as_deref().and_then(Address::new) { (leading(&address)) } @else { "–" }
            }
            td data-head=(reader.say("editor.languages")) { (languages(reader, by, row)) }
            td data-head=(reader.say("editor.group")) { (group) }
            td data-head=(reader.say("editor.reviewed")) {
                @if let Some(day) = file.reviewed { time datetime=(day) { (written(day)) } } @else { "–" }
                @if row.files.iter().any(is_due) {
                    " " span.ds-tag data-size="sm" data-color="warning" { (reader.say("editor.due")) }
                }
            }
            td data-head=(reader.say("editor.head_faults")) { (faults(row.faults())) }
        }
    }
}

/// Which languages there are; editors get from a missing one to its editor.
fn languages(reader: &Reader, by: &Operator, row: &Row) -> Markup {
    html! {
        ul.coverage {
            @for lang in Lang::ALL {
                @let exists = row.files.iter().any(|file| file.article.lang == lang);
                @let key = if exists { "editor.lang_there" } else { "editor.lang_missing" };
                @let said = reader.fill(key, &[("lang", reader.language(lang))]);
                @if exists || by.edits() {
                    li {
                        a.ds-tag data-size="sm" data-color=(if exists { "success" } else { "neutral" }) data-missing[!exists]
                            href=(home(Aid::Link, &ArticleRef { slug: row.slug.clone(), lang })) title=(said) {
                            (lang) @if !exists { " +" } span.unseen { ": " (said) }
                        }
                    }
                }
            }
        }
    }
}
