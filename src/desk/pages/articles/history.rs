//! The versions of an article: who changed what and when, what a version says, and the way back to it.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::line::moment;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::super::shell::{Nav, Shell};
use super::diff::difference;
use super::edit::{address, home};
use super::named;
use crate::desk::Desk;
use crate::domain::permission::Operator;
use crate::flows::Opened;
use crate::ports::{CommitId, PastVersion};

/// Which version to show.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Asked {
    /// What this commit changed.
    version: String,
    /// Compared with the text as it is now, rather than with the version before.
    now: Option<String>,
}

/// A version that was asked for.
struct Version {
    commit: CommitId,
    before: String,
    text: String,
    with_now: bool,
}

/// The list, and the version that the address asks for.
pub(super) async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path((lang, slug)), Query(asked)) = (path?, query?);
    let opened = desk.editing.open(&named(&lang, &slug)?, &by.operator).await?;
    let versions = desk.editing.history(&opened.article, &by.operator).await?;
    if opened.file.is_none() && versions.as_ref().is_none_or(Vec::is_empty) {
        return Err(Failure::NotFound);
    }
    let version = match CommitId::new(&asked.version) {
        Some(commit) => Some(compared(&desk, &by.operator, &opened, versions.as_deref(), commit, asked.now.is_some()).await?),
        None => None,
    };
    Ok(page(&reader, &by.operator, &opened, versions.as_deref(), version.as_ref()))
}

async fn compared(
    desk: &Desk,
    by: &Operator,
    opened: &Opened,
    versions: Option<&[PastVersion]>,
    commit: CommitId,
    with_now: bool,
) -> Result<Version, Failure> {
    let text = desk.editing.past(&opened.article, &commit, by).await?;
    let older = versions.and_then(|versions| {
        let at = versions.iter().position(|version| version.commit == commit)?;
        versions.get(at + 1)
    });
    let before = match older {
        _ if with_now => opened.file.as_ref().map(|file| file.text.clone()).unwrap_or_default(),
        Some(older) => desk.editing.past(&opened.article, &older.commit, by).await.unwrap_or_default(),
        None => String::new(),
    };
    Ok(Version { commit, before, text, with_now })
}

fn page(reader: &Reader, by: &Operator, opened: &Opened, versions: Option<&[PastVersion]>, version: Option<&Version>) -> Markup {
    let article = &opened.article;
    let named = opened.parts.as_ref().map(|parts| parts.fields.title.as_str()).filter(|title| !title.is_empty());
    let values = [("title", named.unwrap_or(article.slug.as_str())), ("lang", reader.language(article.lang))];
    let title = reader.fill("editor.history_title", &values);
    Shell::new(reader, &title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        nav.row.ahead aria-label=(reader.say("editor.ways")) {
            a.ds-link href="/desk/articles" { (reader.say("editor.to_list")) }
            a.ds-link href=(home(article)) { (reader.say("editor.to_editor")) }
        }
        @if let Some(version) = version { (shown(reader, opened, version)) }
        @match versions {
            None => p.ds-card { (reader.say("editor.no_git")) },
            Some([]) => p.ds-card { (reader.say("editor.no_versions")) },
            Some(versions) => (list(reader, opened, versions, version)),
        }
    })
}

fn list(reader: &Reader, opened: &Opened, versions: &[PastVersion], shown: Option<&Version>) -> Markup {
    html! {
        h2.ds-heading data-size="xs" { (reader.say("editor.versions")) }
        ol.versions reversed {
            @for PastVersion { commit, changed, message } in versions {
                @let here = shown.is_some_and(|shown| shown.commit == *commit);
                li aria-current=[here.then_some("true")] {
                    a.ds-link href={ (address(&opened.article, "history")) "?version=" (commit.as_str()) } { (message) }
                    p.muted.small { (changed.by) " · " (moment(reader, changed.at)) }
                }
            }
        }
    }
}

fn shown(reader: &Reader, opened: &Opened, version: &Version) -> Markup {
    let Version { commit, before, text, with_now } = version;
    let history = address(&opened.article, "history");
    html! {
        section.ds-card aria-labelledby="version-title" {
            h2.ds-heading #version-title data-size="xs" {
                (reader.say(if *with_now { "editor.version_now" } else { "editor.version_before" }))
            }
            (difference(reader, before, text))
            p {
                @if *with_now {
                    a.ds-link href={ (history) "?version=" (commit.as_str()) } { (reader.say("editor.compare_before")) }
                } @else {
                    a.ds-link href={ (history) "?version=" (commit.as_str()) "&now=yes" } { (reader.say("editor.compare_now")) }
                }
            }
            details { summary { (reader.say("editor.version_whole")) } pre.code tabindex="0" { (text) } }
            @if opened.may_edit {
                form method="post" action=(address(&opened.article, "restore")) {
                    input type="hidden" name="commit" value=(commit.as_str());
                    input type="hidden" name="base" value=(opened.file.as_ref().map(|file| file.hash.0.as_str()).unwrap_or_default());
                    button.ds-button data-variant="secondary" { (reader.say("editor.restore")) }
                }
            }
        }
    }
}
