//! The page on which a standard reply or a link is edited.

use maud::{Markup, html};

use super::super::super::asset;
use super::super::super::markup::free_text;
use super::super::super::reader::Reader;
use super::super::super::shell::{Nav, Shell};
use super::super::conflict;
use super::super::edit::{Drafted, Screen, faults};
use super::super::fields::{Line, line, today};
use super::super::filter::escaped;
use super::Words;
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::lang::Lang;
use crate::domain::link::Address;
use crate::domain::permission::Operator;

/// The address of its editor.
pub(in super::super) fn home(aid: Aid, one: &ArticleRef) -> String {
    format!("{}/{}/{}", Words::of(aid).list, one.lang, escaped(one.slug.as_str()))
}

/// The address of a verb.
pub(in super::super) fn address(aid: Aid, one: &ArticleRef, verb: &str) -> String {
    format!("{}/{verb}", home(aid, one))
}

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, aid: Aid, screen: &Screen) -> Markup {
    let one = &screen.opened.article;
    let title = if screen.filled.title.is_empty() { one.slug.as_str() } else { &screen.filled.title };
    let heading = reader.fill("editor.edit_title", &[("title", title), ("lang", reader.language(one.lang))]);
    let refused = screen.notice.as_ref().is_some_and(|(_, good)| !good);
    Shell::new(reader, &heading, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (heading) }
        (ways(reader, aid, screen))
        p #said-back .said-back.refused[refused] role="status" { @if let Some((words, _)) = &screen.notice { (words) } }
        @if !screen.is_editable() {
            p.ds-alert data-color="info" {
                (reader.say(if screen.opened.may_edit { "editor.read_only" } else { Words::of(aid).not_yours }))
            }
        }
        @if let Some(conflict) = &screen.conflict { (conflict::shown(reader, conflict, &screen.filled.text(reader))) }
        (form(reader, aid, screen))
        @if screen.opened.file.is_some() && screen.is_editable() { (retire(reader, aid, screen)) }
        script src=(asset::address("editor.js")) defer {}
    })
}

fn ways(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    let (one, words) = (&screen.opened.article, Words::of(aid));
    html! {
        nav.row.ahead aria-label=(reader.say(words.nav)) {
            a.ds-link href=(words.list) { (reader.say(words.to_list)) }
            @if screen.opened.file.is_some() { a.ds-link href=(address(aid, one, "history")) { (reader.say("editor.history")) } }
            @for lang in Lang::ALL.into_iter().filter(|lang| *lang != one.lang && !screen.opened.languages.is_empty()) {
                a.ds-link href=(home(aid, &ArticleRef { slug: one.slug.clone(), lang })) {
                    (reader.fill(if screen.opened.languages.contains(&lang) { "editor.to_version" } else { "editor.to_new_version" },
                        &[("lang", reader.language(lang))]))
                }
            }
        }
    }
}

fn form(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    let (one, filled) = (&screen.opened.article, &screen.filled);
    let drafted = match screen.drafted {
        Drafted::Maybe => "maybe",
        Drafted::Saved => "saved",
        Drafted::Shown => "shown",
    };
    html! {
        form #editor-form method="post" action=(address(aid, one, "save")) data-article={ (aid.as_str()) " " (one.lang) "/" (one.slug) }
            data-drafted=(drafted) data-editable[screen.is_editable()]
            data-restored=(reader.say("editor.restored")) data-kept-before=(reader.say("editor.restored_old")) {
            input type="hidden" name="base" value=(filled.base);
            input type="hidden" name="head" value=(filled.head);
            (faults(reader, screen))
            @if let Some(whole) = &filled.whole { (self::whole(reader, aid, screen, whole)) } @else { (fields(reader, aid, screen)) }
            div.row.ahead.editor-buttons {
                @if screen.is_editable() {
                    button #save .ds-button data-variant="primary" { (reader.say("editor.save")) }
                    button.ds-button data-variant="secondary" formaction={ (address(aid, one, "preview")) "#preview" } {
                        (reader.say("editor.preview_check"))
                    }
                    span.muted.small data-needs-script hidden { (reader.say("editor.keys")) }
                }
            }
        }
    }
}

fn fields(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    let (filled, locked, words) = (&screen.filled, !screen.is_editable(), Words::of(aid));
    let line = |name, label, hint, value| line(reader, &Line { name, label, hint, value, locked });
    html! {
        (line("title", words.title, None, &filled.title))
        @if aid == Aid::Link { (line("address", "links.address", Some("links.address_hint"), &filled.address)) }
        div.halves {
            div {
                (group(reader, screen))
                @if aid == Aid::Link {
                    (line("reviewed", "editor.reviewed", Some("editor.reviewed_hint"), &filled.reviewed))
                    @if !locked { (today(reader, filled)) }
                }
            }
            div.ds-field {
                label.ds-label for="tags" { (reader.say("editor.tags")) }
                p.hint #tags-hint { (reader.say(words.tags_hint)) }
                textarea.ds-input #tags name="tags" rows="3" readonly[locked] aria-describedby="tags-hint" { "\n" (filled.tags) }
            }
        }
        div.halves {
            (body(reader, aid, screen))
            div {
                h2.ds-heading data-size="2xs" { (reader.say("editor.preview")) }
                (preview(reader, aid, screen))
            }
        }
    }
}

fn body(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    let (words, locked) = (Words::of(aid), !screen.is_editable());
    let rows = if aid == Aid::Link { "4" } else { "12" };
    html! {
        div.ds-field {
            label.ds-label for="body" { (reader.say(words.text)) }
            p.hint #body-hint {
                (reader.say(words.text_hint)) @if aid == Aid::Reply { " {name} {number} {operator} {group} {phone}" }
            }
            textarea.ds-input #body name="body" rows=(rows) readonly[locked] aria-describedby="body-hint"
                lang=(screen.opened.article.lang) spellcheck="true" { "\n" (screen.filled.body) }
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
fn whole(reader: &Reader, aid: Aid, screen: &Screen, text: &str) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for="whole" { (reader.say("editor.whole")) }
            textarea.ds-input.code #whole name="whole" rows="16" readonly[!screen.is_editable()] { "\n" (text) }
        }
        (preview(reader, aid, screen))
    }
}

/// A reply as it stands on a ticket, its fields still open; a link as an operator puts it into a reply, and what it is for.
pub(super) fn preview(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    let (filled, lang) = (&screen.filled, screen.opened.article.lang);
    let body = filled.body.replace("\r\n", "\n");
    let address = Address::new(filled.address.trim());
    html! {
        section #preview .preview aria-label=(reader.say("editor.preview")) tabindex="0" {
            @if aid == Aid::Link {
                p lang=(lang) {
                    (filled.title.trim()) @if let Some(address) = &address { ": " (leading(address)) }
                }
            }
            div lang=(lang) { (free_text(body.trim())) }
        }
    }
}

/// An address to follow.
pub(super) fn leading(address: &Address) -> Markup {
    html! { a.ds-link href=(address.as_str()) rel="nofollow noopener noreferrer" { (address.shown()) } }
}

fn retire(reader: &Reader, aid: Aid, screen: &Screen) -> Markup {
    html! {
        details.ds-card #retire-form {
            summary { (reader.say(Words::of(aid).retire_title)) }
            form method="post" action=(address(aid, &screen.opened.article, "retire")) {
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
