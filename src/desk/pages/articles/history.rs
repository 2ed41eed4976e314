//! The versions of an article, a standard reply or a link: who changed what and when, what a version says, and the way back to it.

use axum::Extension;
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
use super::{aids, edit, named};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::permission::Operator;
use crate::flows::{EditError, Opened};
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
    /// `None` where the commit removed the file.
    text: Option<String>,
    with_now: bool,
}

/// Whose history it is, as far as that makes a difference.
#[derive(Clone, Copy)]
enum Of {
    Article,
    Aid(Aid),
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
    told(&reader, &by.operator, Of::Article, &opened, versions.as_deref(), &asked).await
}

/// The same of a standard reply or a link.
pub(super) async fn of_aid(
    State(desk): State<Desk>,
    Extension(aid): Extension<Aid>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Failure> {
    let (Path((lang, slug)), Query(asked)) = (path?, query?);
    let files = desk.editing.aids(aid);
    let opened = files.open(&named(&lang, &slug)?, &by.operator).await?;
    let versions = files.history(&opened.article, &by.operator).await?;
    told(&reader, &by.operator, Of::Aid(aid), &opened, versions.as_deref(), &asked).await
}

async fn told(
    reader: &Reader,
    by: &Operator,
    of: Of,
    opened: &Opened,
    versions: Option<&[PastVersion]>,
    asked: &Asked,
) -> Result<Markup, Failure> {
    if opened.file.is_none() && versions.is_none_or(<[_]>::is_empty) {
        return Err(Failure::NotFound);
    }
    let version = match CommitId::new(&asked.version) {
        Some(commit) => Some(of.compared(reader, by, opened, versions, commit, asked.now.is_some()).await?),
        None => None,
    };
    Ok(page(reader, by, of, opened, versions, version.as_ref()))
}

impl Of {
    async fn past(self, desk: &Desk, opened: &Opened, commit: &CommitId, by: &Operator) -> Result<String, EditError> {
        match self {
            Self::Article => desk.editing.past(&opened.article, commit, by).await,
            Self::Aid(aid) => desk.editing.aids(aid).past(&opened.article, commit, by).await,
        }
    }

    /// The address of a verb, and without one of the editor.
    fn address(self, opened: &Opened, verb: Option<&str>) -> String {
        match (self, verb) {
            (Self::Article, None) => edit::home(&opened.article),
            (Self::Article, Some(verb)) => edit::address(&opened.article, verb),
            (Self::Aid(aid), None) => aids::home(aid, &opened.article),
            (Self::Aid(aid), Some(verb)) => aids::address(aid, &opened.article, verb),
        }
    }

    /// Where all of them are, and what leads there.
    const fn list(self) -> (&'static str, &'static str) {
        match self {
            Self::Article => ("/desk/articles", "editor.to_list"),
            Self::Aid(aid) => aids::list(aid),
        }
    }

    async fn compared(
        self,
        reader: &Reader,
        by: &Operator,
        opened: &Opened,
        versions: Option<&[PastVersion]>,
        commit: CommitId,
        with_now: bool,
    ) -> Result<Version, Failure> {
        let desk = reader.desk();
        let at = versions.and_then(|versions| versions.iter().position(|version| version.commit == commit));
        let text = match self.past(desk, opened, &commit, by).await {
            Err(EditError::NotFound) if at.is_some() => None,
            text => Some(text?),
        };
        let older = at.and_then(|at| versions?.get(at + 1));
        let before = match older {
            _ if with_now => opened.file.as_ref().map(|file| file.text.clone()).unwrap_or_default(),
            Some(older) => self.past(desk, opened, &older.commit, by).await.unwrap_or_default(),
            None => String::new(),
        };
        Ok(Version { commit, before, text, with_now })
    }
}

fn page(
    reader: &Reader,
    by: &Operator,
    of: Of,
    opened: &Opened,
    versions: Option<&[PastVersion]>,
    version: Option<&Version>,
) -> Markup {
    let (list_at, to_list) = of.list();
    let article = &opened.article;
    let named = opened.parts.as_ref().map(|parts| parts.fields.title.as_str()).filter(|title| !title.is_empty());
    let values = [("title", named.unwrap_or(article.slug.as_str())), ("lang", reader.language(article.lang))];
    let title = reader.fill("editor.history_title", &values);
    Shell::new(reader, &title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        nav.row.ahead aria-label=(reader.say("editor.ways")) {
            a.ds-link href=(list_at) { (reader.say(to_list)) }
            a.ds-link href=(of.address(opened, None)) { (reader.say("editor.to_editor")) }
        }
        @if let Some(version) = version { (shown(reader, of, opened, version)) }
        @match versions {
            None => p.ds-card { (reader.say("editor.no_git")) },
            Some([]) => p.ds-card { (reader.say("editor.no_versions")) },
            Some(versions) => (list(reader, of, opened, versions, version)),
        }
    })
}

fn list(reader: &Reader, of: Of, opened: &Opened, versions: &[PastVersion], shown: Option<&Version>) -> Markup {
    html! {
        h2.ds-heading data-size="xs" { (reader.say("editor.versions")) }
        ol.versions reversed {
            @for PastVersion { commit, changed, message } in versions {
                @let here = shown.is_some_and(|shown| shown.commit == *commit);
                li aria-current=[here.then_some("true")] {
                    a.ds-link href={ (of.address(opened, Some("history"))) "?version=" (commit.as_str()) } { (message) }
                    p.muted.small { (changed.by) " · " (moment(reader, changed.at)) }
                }
            }
        }
    }
}

fn shown(reader: &Reader, of: Of, opened: &Opened, version: &Version) -> Markup {
    let Version { commit, before, text, with_now } = version;
    let history = of.address(opened, Some("history"));
    html! {
        section.ds-card aria-labelledby="version-title" {
            h2.ds-heading #version-title data-size="xs" {
                (reader.say(if *with_now { "editor.version_now" } else { "editor.version_before" }))
            }
            (difference(reader, before, text.as_deref().unwrap_or_default()))
            p {
                @if *with_now {
                    a.ds-link href={ (history) "?version=" (commit.as_str()) } { (reader.say("editor.compare_before")) }
                } @else {
                    a.ds-link href={ (history) "?version=" (commit.as_str()) "&now=yes" } { (reader.say("editor.compare_now")) }
                }
            }
            @if let Some(text) = text { details { summary { (reader.say("editor.version_whole")) } pre.code tabindex="0" { (text) } } }
            @if opened.may_edit && text.is_some() {
                form method="post" action=(of.address(opened, Some("restore"))) {
                    input type="hidden" name="commit" value=(commit.as_str());
                    input type="hidden" name="base" value=(opened.file.as_ref().map(|file| file.hash.0.as_str()).unwrap_or_default());
                    button.ds-button data-variant="secondary" { (reader.say("editor.restore")) }
                }
            }
        }
    }
}
