//! The fields of the editor's form.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::edit::{Screen, preview};
use super::form::Filled;

/// A line of text.
pub(super) struct Line<'f> {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: Option<&'static str>,
    pub(super) value: &'f str,
    pub(super) locked: bool,
}

/// The front matter, field by field.
pub(super) fn front(reader: &Reader, screen: &Screen) -> Markup {
    let (filled, locked) = (&screen.filled, !screen.is_editable());
    let line = |name, label, hint, value| line(reader, &Line { name, label, hint, value, locked });
    html! {
        (line("title", "editor.title", None, &filled.title))
        div.halves {
            (column(reader, "questions", ("editor.questions", "editor.questions_hint"), &filled.questions, locked))
            (column(reader, "tags", ("editor.tags", "editor.tags_hint"), &filled.tags, locked))
        }
        details.ds-card.ahead open[screen.faults.iter().any(|fault| fault.flaw.key().is_some())] {
            summary { (reader.say("editor.facts")) }
            div.halves {
                (group(reader, filled, locked))
                (line("owner", "editor.owner", None, &filled.owner))
                div {
                    (line("reviewed", "editor.reviewed", Some("editor.reviewed_hint"), &filled.reviewed))
                    @if !locked { (today(reader, filled)) }
                }
                (line("audience", "editor.audience", None, &filled.audience))
                (line("request", "editor.request", Some("editor.request_hint"), &filled.request))
            }
        }
    }
}

/// The field of a line.
pub(super) fn line(reader: &Reader, line: &Line<'_>) -> Markup {
    let Line { name, label, hint, value, locked } = line;
    let described = hint.map(|_| format!("{name}-hint"));
    html! {
        div.ds-field {
            label.ds-label for=(name) { (reader.say(label)) }
            @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (reader.say(hint)) } }
            input.ds-input id=(name) type="text" name=(name) value=(value) readonly[*locked] autocomplete="off" aria-describedby=[described];
        }
    }
}

/// One text on each line.
fn column(reader: &Reader, name: &str, (label, hint): (&str, &str), value: &str, locked: bool) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for=(name) { (reader.say(label)) }
            p.hint id={ (name) "-hint" } { (reader.say(hint)) }
            textarea.ds-input id=(name) name=(name) rows="6" readonly[locked] aria-describedby={ (name) "-hint" } { "\n" (value) }
        }
    }
}

fn group(reader: &Reader, filled: &Filled, locked: bool) -> Markup {
    let groups = &reader.desk().facts.groups;
    let known = filled.group.is_empty() || groups.iter().any(|group| group.id.as_str() == filled.group);
    html! {
        div.ds-field {
            label.ds-label for="group" { (reader.say("editor.group")) }
            select.ds-input #group name="group" disabled[locked] {
                option value="" { (reader.fill("editor.group_none", &[("group", groups.default_group().name(reader.lang))])) }
                @for group in groups.iter() {
                    option value=(group.id) selected[group.id.as_str() == filled.group] { (group.name(reader.lang)) }
                }
                @if !known { option value=(filled.group) selected { (filled.group) } }
            }
        }
    }
}

/// The box that says it was gone through today.
pub(super) fn today(reader: &Reader, filled: &Filled) -> Markup {
    html! {
        div.ds-field {
            input.ds-input #today type="checkbox" name="today" value="yes" checked[filled.today.is_some()];
            label.ds-label for="today" { (reader.say("editor.reviewed_today")) }
        }
    }
}

/// The Markdown, beside what employees see of it and what it is translated from.
pub(super) fn text(reader: &Reader, screen: &Screen) -> Markup {
    let source = screen.opened.source.as_ref();
    html! {
        div.halves {
            div.ds-field {
                label.ds-label for="body" { (reader.say("editor.text")) }
                p.hint #body-hint { (reader.say("editor.text_hint")) }
                textarea.ds-input.code #body name="body" rows="24" readonly[!screen.is_editable()] aria-describedby="body-hint"
                    lang=(screen.opened.article.lang) spellcheck="true" { "\n" (screen.filled.body) }
            }
            div {
                h2.ds-heading data-size="2xs" { (reader.say("editor.preview")) }
                (preview(reader, screen))
            }
        }
        @if let Some((lang, source)) = source {
            details.ds-card.ahead #source open[screen.opened.file.is_none()] {
                summary { (reader.fill("editor.source", &[("lang", reader.language(*lang))])) }
                div lang=(lang) {
                    p { b { (source.fields.title) } }
                    @if !source.fields.questions.is_empty() { ul.small { @for question in &source.fields.questions { li { (question) } } } }
                    pre.code tabindex="0" { (source.body) }
                }
            }
        }
    }
}

/// The whole file, where its front matter cannot be read.
pub(super) fn whole(reader: &Reader, screen: &Screen, text: &str) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="whole" { (reader.say("editor.whole")) }
            p.hint #whole-hint { (reader.say("editor.whole_hint")) }
            textarea.ds-input.code #whole name="whole" rows="30" readonly[!screen.is_editable()] aria-describedby="whole-hint" { "\n" (text) }
        }
        (preview(reader, screen))
    }
}
