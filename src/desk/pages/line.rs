//! One line of a conversation as HTML, told apart by label as well as by colour.

use maud::{Markup, html};

use super::files;
use super::markup::{free_text, markdown};
use super::reader::Reader;
use crate::domain::answer::{ArticleRef, Choice};
use crate::domain::message::{Author, Content, Line, Visibility};
use crate::domain::time::Timestamp;
use crate::ports::Recorded;

/// Who reads a line.
#[derive(Clone, Copy)]
pub(super) enum Side<'s> {
    /// The employee whose conversation it is.
    Employee,
    /// An operator; the asker is called this.
    Desk {
        /// What to call the asker.
        asker: &'s str,
    },
}

/// A line. Its element's id is `line-<message id>`.
pub(super) fn line(reader: &Reader, recorded: &Recorded, side: Side<'_>) -> Markup {
    let line = &recorded.line;
    let said = reader.desk().wording.line(recorded, &reader.desk().facts);
    if is_event(&line.content) {
        return html! {
            div #{ "line-" (line.id) } .line.event {
                div.said lang=(line.lang) { (words(reader, &line.content, &said.text)) }
                p.who { (time_of_day(reader, line.at)) }
            }
        };
    }
    let (kind, name, role) = author(reader, line, side);
    html! {
        div #{ "line-" (line.id) } .line.(kind).answer[matches!(line.content, Content::Answer(_))] {
            p.who {
                b { (name) }
                @if let Some(role) = role { " · " @if kind == "note" { b { (role) } } @else { (role) } }
                " · " (time_of_day(reader, line.at))
                @if kind == "note" { " · " (reader.say("desk.note_hidden")) }
            }
            div.said lang=(line.lang) {
                (words(reader, &line.content, &said.text))
                @if let (Content::Offer(choices), Side::Desk { .. }) = (&line.content, side) { (offered(choices)) }
            }
        }
    }
}

/// What was offered, for an operator who reads it afterwards; the employee has it as buttons.
fn offered(choices: &[Choice]) -> Markup {
    html! {
        ul.ds-list {
            @for choice in choices {
                @let ArticleRef { lang, slug } = &choice.article;
                li { a.ds-link href={ "/kb/" (lang) "/" (slug) } lang=(lang) { (choice.title) } }
            }
        }
    }
}

/// Whether a line tells what happened to the ticket rather than what somebody said.
const fn is_event(content: &Content) -> bool {
    matches!(
        content,
        Content::Taken | Content::Released | Content::Transferred { .. } | Content::MovedToLine { .. } | Content::Room(_)
    )
}

/// A moment for people and machines.
pub(super) fn moment(reader: &Reader, at: Timestamp) -> Markup {
    html! { time datetime=[exact(at)] { (reader.moment(at)) } }
}

/// A moment of which the day goes without saying where it is today.
fn time_of_day(reader: &Reader, at: Timestamp) -> Markup {
    html! { time datetime=[exact(at)] title=(reader.moment(at)) { (reader.short_moment(at)) } }
}

fn exact(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.micros()).map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).ok()
}

fn author<'r>(reader: &'r Reader, line: &'r Line, side: Side<'r>) -> (&'static str, &'r str, Option<&'r str>) {
    match (&line.author, side) {
        (Author::Operator { name, .. }, _) if line.visibility == Visibility::Desk => {
            ("note", name, Some(reader.say("desk.note_role")))
        }
        (Author::Employee, Side::Employee) => ("employee", reader.say("page.you"), None),
        (Author::Employee, Side::Desk { asker }) => ("employee", asker, Some(reader.say("desk.employee_role"))),
        (Author::Bot, _) => ("bot", reader.say("page.bot"), Some(reader.say("page.bot_role"))),
        (Author::Operator { name, .. }, Side::Employee) => ("operator", name, Some(reader.say("page.operator_role"))),
        (Author::Operator { name, .. }, Side::Desk { .. }) => ("operator", name, Some(reader.say("desk.operator_role"))),
    }
}

/// What people wrote is shown as it is; what Firstline says is Markdown.
fn words(reader: &Reader, content: &Content, text: &str) -> Markup {
    match content {
        Content::Question(_)
        | Content::Text(_)
        | Content::Edited(_)
        | Content::Note(_)
        | Content::Pressed(_)
        | Content::Chosen(_) => free_text(text),
        Content::File(file) => files::shown(reader, file),
        Content::Answer(answer) => markdown(text, &format!("/kb/{}/", answer.article.lang), 1),
        _ => markdown(text, "/", 1),
    }
}
