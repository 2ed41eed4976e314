//! What the keyboard can do, in words: the list of all shortcuts and the palette, which the script opens.
//!
//! A command works on what carries its name in `data-key`: `take`, `reply`, `note`, `transfer`, `resolve`, or any other.

use maud::{Markup, html};

use super::super::reader::Reader;
use crate::domain::permission::Operator;

/// A command: its stable name, its key or two keys one after the other, and its sentence.
struct Command {
    name: &'static str,
    keys: &'static str,
    sentence: &'static str,
    /// Where it leads when there is nothing on the page that it could work on.
    leads_to: Option<&'static str>,
    /// Whether it is offered only where the page has something that it can work on.
    acts: bool,
}

const fn command(name: &'static str, keys: &'static str, sentence: &'static str) -> Command {
    Command { name, keys, sentence, leads_to: None, acts: false }
}

impl Command {
    const fn to(self, address: &'static str) -> Self {
        Self { leads_to: Some(address), ..self }
    }

    const fn acting(self) -> Self {
        Self { acts: true, ..self }
    }

    /// Whether this person could do it anywhere.
    fn is_for(&self, by: &Operator) -> bool {
        by.works_on_tickets() || !(self.acts || self.name == "call")
    }
}

const COMMANDS: [Command; 12] = [
    command("next", "j", "keys.next"),
    command("previous", "k", "keys.previous"),
    command("open", "o", "keys.open"),
    command("take", "t", "keys.take").acting(),
    command("reply", "r", "keys.reply").acting(),
    command("note", "n", "keys.note").acting(),
    command("transfer", "v", "keys.transfer").acting(),
    command("resolve", "e", "keys.resolve").acting(),
    command("search", "/", "keys.search").to("/desk#q"),
    command("queue", "g q", "keys.queue").to("/desk"),
    command("call", "g t", "keys.call").to("/desk/call"),
    command("help", "?", "keys.help"),
];

/// Keys that are no letters and cannot be switched off.
const ALWAYS: [(&str, &str); 3] = [("Ctrl+K", "keys.palette"), ("Ctrl+Enter", "keys.send"), ("Esc", "keys.leave")];

/// The dialogs of the keyboard, closed: on every page of those who read tickets.
pub(in super::super) fn dialogs(reader: &Reader, by: &Operator) -> Markup {
    html! {
        @if by.reads_tickets() {
            (help(reader, by))
            (palette(reader, by))
        }
    }
}

/// The button that shows the list of shortcuts.
pub(in super::super) fn button(reader: &Reader) -> Markup {
    html! {
        p data-needs-script hidden { button.ds-link type="button" data-shows="keys" { (reader.say("keys.title")) } }
    }
}

fn help(reader: &Reader, by: &Operator) -> Markup {
    html! {
        dialog #keys .ds-dialog aria-labelledby="keys-title" {
            h2 #keys-title .ds-heading data-size="sm" { (reader.say("keys.title")) }
            div.check {
                input #keys-on .ds-input type="checkbox" role="switch" aria-describedby="keys-hint";
                label.ds-label for="keys-on" { (reader.say("keys.on")) }
            }
            p #keys-hint .muted.small { (reader.say("keys.on_hint")) }
            dl.facts.keys {
                @for one in COMMANDS.iter().filter(|one| one.is_for(by)) {
                    dt { (keys(reader, one.keys)) } dd { (reader.say(one.sentence)) }
                }
                @for (key, sentence) in ALWAYS { dt { kbd { (key) } } dd { (reader.say(sentence)) } }
            }
            form method="dialog" { button.ds-button data-variant="secondary" { (reader.say("keys.close")) } }
        }
    }
}

fn keys(reader: &Reader, keys: &str) -> Markup {
    html! {
        @for (at, key) in keys.split(' ').enumerate() {
            @if at > 0 { " " (reader.say("keys.then")) " " }
            kbd { (key) }
        }
    }
}

fn palette(reader: &Reader, by: &Operator) -> Markup {
    let jump = reader.fill("keys.jump", &[("number", "#")]);
    html! {
        dialog #palette .ds-dialog aria-label=(reader.say("keys.palette")) data-jump=(jump)
            data-not-here=(reader.say("keys.not_here")) data-no-more=(reader.say("keys.no_more")) {
            div.ds-field {
                label.ds-label for="palette-text" { (reader.say("keys.ask")) }
                input #palette-text .ds-input type="text" role="combobox" autocomplete="off" spellcheck="false"
                    aria-expanded="true" aria-autocomplete="list" aria-controls="palette-list";
            }
            ul #palette-list .options role="listbox" aria-label=(reader.say("keys.commands")) {
                li #palette-jump role="option" aria-selected="false" data-do="jump" data-go="" hidden {}
                @for one in COMMANDS.iter().filter(|one| one.is_for(by)) {
                    li #{ "do-" (one.name) } role="option" aria-selected="false" data-do=(one.name) data-keys=(one.keys)
                        data-go=[one.leads_to] data-acts[one.acts] {
                        span { (reader.say(one.sentence)) } " " span { (keys(reader, one.keys)) }
                    }
                }
            }
            p #palette-none role="status" hidden { (reader.say("keys.no_command")) }
        }
    }
}
