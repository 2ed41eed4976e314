//! The list of standard replies.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::super::failure::Failure;
use super::super::super::reader::Reader;
use super::super::super::session::SignedIn;
use super::super::super::shell::{Nav, Shell};
use super::super::named;
use super::{Words, address, home};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::permission::Operator;
use crate::ports::{Listing, Shelved};

/// What the address of a list says came of the last verb.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    said: String,
    /// What was removed, as `nb/name`.
    undo: String,
}

/// Every standard reply, by name.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Told>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(told) = query?;
    let mut listing = desk.editing.aids(Aid::Reply).list(&by.operator).await?;
    listing.files.sort_by_cached_key(|file| (file.article.slug.clone(), file.article.lang));
    Ok(view(&reader, &by.operator, &listing, &told))
}

fn view(reader: &Reader, by: &Operator, listing: &Listing, told: &Told) -> Markup {
    Shell::new(reader, reader.say(Words::of(Aid::Reply).nav), Nav::Operator(by)).wide().render(&html! {
        (head(reader, by, Aid::Reply, listing, told))
        p role="status" { (reader.fill(Words::of(Aid::Reply).found, &[("count", &listing.files.len().to_string())])) }
        @if !listing.files.is_empty() { (table(reader, &listing.files)) }
    })
}

/// What stands above the list of a kind: its name, the way to a new one, and what came of the last verb.
pub(super) fn head(reader: &Reader, by: &Operator, aid: Aid, listing: &Listing, told: &Told) -> Markup {
    let words = Words::of(aid);
    let removed = told.undo.split_once('/').and_then(|(lang, slug)| named(lang, slug).ok()).filter(|_| listing.in_git);
    html! {
        div.row.apart.ahead {
            h1.ds-heading data-size="md" { (reader.say(words.nav)) }
            @if by.edits() && listing.writable {
                a.ds-button data-variant="primary" href={ (words.list) "/new" } { (reader.say(words.new)) }
            }
        }
        p #said-back .said-back role="status" {
            @if told.said == "retired" {
                (reader.say(words.retired))
                @if let Some(removed) = &removed { " " a.ds-link href=(address(aid, removed, "history")) { (reader.say(words.undo)) } }
            }
        }
        p.lead { (reader.say(words.lead)) }
        @if by.edits() && !listing.writable { p.ds-alert data-color="info" { (reader.say("editor.read_only")) } }
    }
}

const HEADS: [&str; 5] = ["editor.title", "page.language", "editor.group", "editor.tags", "editor.head_faults"];

fn table(reader: &Reader, files: &[Shelved]) -> Markup {
    html! {
        div.scroll {
            table.ds-table.stack.articles {
                thead { tr { @for key in HEADS { th scope="col" { (reader.say(key)) } } } }
                tbody { @for file in files { (row(reader, file)) } }
            }
        }
    }
}

fn row(reader: &Reader, file: &Shelved) -> Markup {
    let title = if file.title.is_empty() { file.article.slug.as_str() } else { &file.title };
    let group = file.group.as_ref().map_or_else(|| reader.say("editor.every_group"), |group| reader.group(group));
    html! {
        tr {
            th.subject scope="row" { a.ds-link href=(home(Aid::Reply, &file.article)) lang=(file.article.lang) { (title) } }
            td data-head=(reader.say("page.language")) { (reader.language(file.article.lang)) }
            td data-head=(reader.say("editor.group")) { (group) }
            td data-head=(reader.say("editor.tags")) { (file.tags.join(", ")) }
            td data-head=(reader.say("editor.head_faults")) { (faults(file.faults.len())) }
        }
    }
}

/// How many things are wrong.
pub(super) fn faults(count: usize) -> Markup {
    html! { @if count == 0 { "0" } @else { span.ds-tag data-size="sm" data-color="danger" { (count) } } }
}
