//! What saving would do to the answers.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use maud::{Markup, html};

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::act::Replied;
use super::edit::home;
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::flows::{Difference, Origin, Said, TryOut, TryReport, TryState, Turn};

/// How far a trial is, for the script that asked for it.
pub(super) async fn ask(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<Replied>, Failure> {
    let Path(id) = path?;
    let trial = desk.editing.trial(&id, &by.operator).ok_or(Failure::NotFound)?;
    Ok(Json(Replied::trial(&reader, &trial)))
}

/// The region of the page that tells of the trial; empty where none was begun.
pub(super) fn region(reader: &Reader, trial: Option<&TryOut>) -> Markup {
    html! {
        section #trial aria-labelledby="trial-title" {
            @if let Some(trial) = trial {
                h2.ds-heading #trial-title data-size="sm" tabindex="-1" { (reader.say("editor.trial")) }
                @match trial.state() {
                    TryState::Running { done, of } => (running(reader, done, of)),
                    TryState::Failed => p role="status" { (reader.say("editor.trial_failed")) },
                    TryState::Done(report) => (done(reader, &report)),
                }
            } @else {
                span #trial-title .unseen { (reader.say("editor.trial")) }
            }
        }
    }
}

fn running(reader: &Reader, done: usize, of: usize) -> Markup {
    let words = reader.fill("editor.trial_running", &[("done", &done.to_string()), ("of", &of.to_string())]);
    html! { p { label for="trial-progress" { (words) } " " progress #trial-progress value=(done) max=(of.max(1)) {} } }
}

fn done(reader: &Reader, report: &TryReport) -> Markup {
    let number = |count: usize| count.to_string();
    let of = number(report.asked + report.kept);
    html! {
        p.lead role="status" {
            (reader.fill("editor.trial_changed", &[("changed", &number(report.changed)), ("of", &of)]))
        }
        p {
            (reader.fill("editor.trial_turns", &[("better", &number(report.better)), ("worse", &number(report.worse)),
                ("open", &number(report.changed - report.better - report.worse))]))
        }
        p.muted.small {
            (reader.fill("editor.trial_of", &[("asked", &number(report.asked)), ("kept", &number(report.kept))]))
            @if report.left > 0 { " " (reader.fill("editor.trial_left", &[("left", &number(report.left))])) }
        }
        @if !report.differences.is_empty() { (table(reader, &report.differences)) }
    }
}

fn table(reader: &Reader, differences: &[Difference]) -> Markup {
    let heads = ["editor.trial_question", "editor.trial_before", "editor.trial_after", "editor.trial_turn"]
        .map(|key| reader.say(key).to_owned());
    let [question, before, after, turn] = &heads;
    html! {
        div.scroll {
            table.ds-table.stack {
                thead { tr { @for head in &heads { th scope="col" { (head) } } } }
                tbody {
                    @for difference in differences {
                        tr {
                            td.subject data-head=(question) {
                                span lang=(difference.lang) { (difference.text.as_str()) }
                                @if difference.origin == Origin::Kept { " " span.ds-tag data-size="sm" { (reader.say("editor.trial_kept")) } }
                            }
                            td data-head=(before) { (said(reader, &difference.before)) }
                            td data-head=(after) { (said(reader, &difference.after)) }
                            td data-head=(turn) { (turned(reader, difference.turn)) }
                        }
                    }
                }
            }
        }
    }
}

fn said(reader: &Reader, said: &Said) -> Markup {
    html! {
        @match said {
            Said::Article(article, title) => (link(article, title)),
            Said::Choices(choices) => {
                (reader.say("editor.trial_choices")) " "
                @for (number, (article, title)) in choices.iter().enumerate() { @if number > 0 { ", " } (link(article, title)) }
            },
            Said::Person => (reader.say("editor.trial_person")),
            Said::Other => (reader.say("editor.trial_other")),
        }
    }
}

fn link(article: &ArticleRef, title: &str) -> Markup {
    html! { a.ds-link href=(home(article)) lang=(article.lang) { (title) } }
}

fn turned(reader: &Reader, turn: Turn) -> Markup {
    let (color, key) = match turn {
        Turn::Better => ("success", "editor.trial_better"),
        Turn::Worse => ("danger", "editor.trial_worse"),
        Turn::Open => ("neutral", "editor.trial_open"),
    };
    html! { span.ds-tag data-size="sm" data-color=(color) { (reader.say(key)) } }
}
