//! The page on which a standard reply is edited.

use maud::{Markup, html};

use super::super::super::asset;
use super::super::super::markup::free_text;
use super::super::super::reader::Reader;
use super::super::super::shell::{Nav, Shell};
use super::super::conflict;
use super::super::edit::{Drafted, Screen, faults};
use super::super::filter::escaped;
use super::LIST;
use crate::domain::answer::ArticleRef;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;

/// The address of a standard reply's editor.
pub(super) fn home(reply: &ArticleRef) -> String {
    format!("{LIST}/{}/{}", reply.lang, escaped(reply.slug.as_str()))
}

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, screen: &Screen) -> Markup {
    let reply = &screen.opened.article;
    let title = if screen.filled.title.is_empty() { reply.slug.as_str() } else { &screen.filled.title };
    let heading = reader.fill("editor.edit_title", &[("title", title), ("lang", reader.language(reply.lang))]);
    let refused = screen.notice.as_ref().is_some_and(|(_, good)| !good);
    Shell::new(reader, &heading, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (heading) }
        (ways(reader, screen))
        p #said-back .said-back.refused[refused] role="status" { @if let Some((words, _)) = &screen.notice { (words) } }
        @if !screen.is_editable() {
            p.ds-alert data-color="info" {
                (reader.say(if screen.opened.may_edit { "editor.read_only" } else { "replies.not_yours" }))
            }
        }
        @if let Some(conflict) = &screen.conflict { (conflict::shown(reader, conflict, &screen.filled.text(reader))) }
        (form(reader, screen))
        @if screen.opened.file.is_some() && screen.is_editable() { (retire(reader, screen)) }
        script src=(asset::address("editor.js")) defer {}
    })
}

fn ways(reader: &Reader, screen: &Screen) -> Markup {
    let reply = &screen.opened.article;
    html! {
        nav.row.ahead aria-label=(reader.say("replies.nav")) {
            a.ds-link href=(LIST) { (reader.say("replies.to_list")) }
            @for lang in Lang::ALL.into_iter().filter(|lang| *lang != reply.lang && !screen.opened.languages.is_empty()) {
                a.ds-link href=(home(&ArticleRef { slug: reply.slug.clone(), lang })) {
                    (reader.fill(if screen.opened.languages.contains(&lang) { "editor.to_version" } else { "editor.to_new_version" },
                        &[("lang", reader.language(lang))]))
                }
            }
        }
    }
}

fn form(reader: &Reader, screen: &Screen) -> Markup {
    let (reply, filled) = (&screen.opened.article, &screen.filled);
    let drafted = match screen.drafted {
        Drafted::Maybe => "maybe",
        Drafted::Saved => "saved",
        Drafted::Shown => "shown",
    };
    html! {
        form #editor-form method="post" action={ (home(reply)) "/save" } data-article={ "reply " (reply.lang) "/" (reply.slug) }
            data-drafted=(drafted) data-editable[screen.is_editable()]
            data-restored=(reader.say("editor.restored")) data-kept-before=(reader.say("editor.restored_old")) {
            input type="hidden" name="base" value=(filled.base);
            input type="hidden" name="head" value=(filled.head);
            (faults(reader, screen))
            @if let Some(whole) = &filled.whole { (self::whole(reader, screen, whole)) } @else { (fields(reader, screen)) }
            div.row.ahead.editor-buttons {
                @if screen.is_editable() {
                    button #save .ds-button data-variant="primary" { (reader.say("editor.save")) }
                    button.ds-button data-variant="secondary" formaction={ (home(reply)) "/preview#preview" } {
                        (reader.say("editor.preview_check"))
                    }
                    span.muted.small data-needs-script hidden { (reader.say("editor.keys")) }
                }
            }
        }
    }
}

fn fields(reader: &Reader, screen: &Screen) -> Markup {
    let (filled, locked) = (&screen.filled, !screen.is_editable());
    html! {
        div.ds-field {
            label.ds-label for="title" { (reader.say("editor.title")) }
            input.ds-input #title type="text" name="title" value=(filled.title) readonly[locked] autocomplete="off";
        }
        div.halves {
            (group(reader, screen))
            div.ds-field {
                label.ds-label for="tags" { (reader.say("editor.tags")) }
                p.hint #tags-hint { (reader.say("replies.tags_hint")) }
                textarea.ds-input #tags name="tags" rows="3" readonly[locked] aria-describedby="tags-hint" { "\n" (filled.tags) }
            }
        }
        div.halves {
            div.ds-field {
                label.ds-label for="body" { (reader.say("replies.text")) }
                p.hint #body-hint { (reader.say("replies.text_hint")) " {name} {number} {operator} {group} {phone}" }
                textarea.ds-input #body name="body" rows="12" readonly[locked] aria-describedby="body-hint"
                    lang=(screen.opened.article.lang) spellcheck="true" { "\n" (filled.body) }
            }
            div {
                h2.ds-heading data-size="2xs" { (reader.say("editor.preview")) }
                (preview(reader, screen))
            }
        }
    }
}

fn group(reader: &Reader, screen: &Screen) -> Markup {
    let (chosen, groups) = (&screen.filled.group, &reader.desk().facts.groups);
    let known = chosen.is_empty() || groups.iter().any(|group| group.id.as_str() == chosen);
    html! {
        div.ds-field {
            label.ds-label for="group" { (reader.say("editor.group")) }
            select.ds-input #group name="group" disabled[!screen.is_editable()] {
                option value="" { (reader.say("editor.every_group")) }
                @for group in groups.iter() {
                    option value=(group.id) selected[group.id.as_str() == chosen] { (group.name(reader.lang)) }
                }
                @if !known { option value=(chosen) selected { (chosen) } }
            }
        }
    }
}

/// The whole file, where its front matter cannot be read.
fn whole(reader: &Reader, screen: &Screen, text: &str) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="whole" { (reader.say("editor.whole")) }
            textarea.ds-input.code #whole name="whole" rows="16" readonly[!screen.is_editable()] { "\n" (text) }
        }
        (preview(reader, screen))
    }
}

/// The reply as it stands on a ticket, its fields still open.
pub(super) fn preview(reader: &Reader, screen: &Screen) -> Markup {
    html! {
        section #preview .preview aria-label=(reader.say("editor.preview")) tabindex="0" {
            div lang=(screen.opened.article.lang) { (free_text(screen.filled.body.replace("\r\n", "\n").trim())) }
        }
    }
}

fn retire(reader: &Reader, screen: &Screen) -> Markup {
    html! {
        details.ds-card #retire-form {
            summary { (reader.say("replies.retire_title")) }
            form method="post" action={ (home(&screen.opened.article)) "/retire" } {
                input type="hidden" name="base" value=(screen.filled.base);
                div.ds-field {
                    input.ds-input #confirm type="checkbox" name="confirm" value="yes" required;
                    label.ds-label for="confirm" { (reader.say("editor.retire_confirm")) }
                }
                button.ds-button data-variant="primary" data-color="danger" { (reader.say("editor.retire")) }
            }
        }
    }
}
