//! The page that a call is registered on.

use maud::{Markup, html};

use super::super::form::unfit;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::filled::{Filled, Flaw};
use super::help;
use crate::desk::LONGEST_TEXT;
use crate::domain::ids::TicketNumber;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::flows::Help;

/// What the page shows.
pub(super) struct Page<'p> {
    /// What the fields hold.
    pub(super) filled: &'p Filled,
    /// What is wrong with them.
    pub(super) flaws: &'p [Flaw],
    /// What may help with what is written.
    pub(super) help: Option<&'p Help>,
    /// The ticket that was saved before this page.
    pub(super) saved: Option<TicketNumber>,
}

/// A field on one line: its name, its kind, its sentence and what browsers may fill in.
struct Line {
    name: &'static str,
    kind: &'static str,
    sentence: &'static str,
}

const LINES: [Line; 4] = [
    Line { name: "name", kind: "text", sentence: "call.name" },
    Line { name: "place", kind: "text", sentence: "call.place" },
    Line { name: "phone", kind: "tel", sentence: "call.phone" },
    Line { name: "email", kind: "email", sentence: "call.email" },
];

const IMPACTS: [(&str, &str); 3] =
    [("person", "call.impact_person"), ("unit", "call.impact_unit"), ("organisation", "call.impact_organisation")];

const URGENCIES: [(&str, &str); 3] =
    [("low", "call.urgency_low"), ("medium", "call.urgency_medium"), ("high", "call.urgency_high")];

impl Flaw {
    /// The id of the field that it is about.
    const fn field(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Helped(_) => "helped",
            Self::NoSuchGroup | Self::OthersGroup(_) => "group",
        }
    }

    fn words(&self, reader: &Reader) -> String {
        let key = match self {
            Self::Helped(crate::desk::Unfit::Empty) => "call.helped_empty",
            Self::Text(why) | Self::Helped(why) => return unfit(reader, *why),
            Self::OthersGroup(group) => return reader.fill("call.group_other", &[("group", reader.group(group))]),
            Self::Email => "call.email_bad",
            Self::Phone => "call.phone_bad",
            Self::NoSuchGroup => "call.group_unknown",
        };
        reader.say(key).to_owned()
    }
}

impl Page<'_> {
    /// The whole page.
    pub(super) fn render(&self, reader: &Reader, by: &Operator) -> Markup {
        let title = reader.say("call.title");
        Shell::new(reader, title, Nav::Operator(by)).wide().scripts(&["call.js"]).render(&html! {
            h1.ds-heading data-size="lg" { (title) }
            p.lead { (reader.say("call.lead")) }
            (self.said(reader))
            form #call .sides method="post" action="/desk/call" data-help="/desk/call/help" novalidate {
                div #call-fields {
                    input type="hidden" name="client_id" value=(self.filled.client_id);
                    (self.what(reader))
                    (self.who(reader))
                    (self.to_where(reader))
                    (self.helped(reader))
                    (buttons(reader))
                }
                aside { (help::region(reader, self.help)) }
            }
        })
    }

    fn said(&self, reader: &Reader) -> Markup {
        html! {
            p #said-back .said-back.refused[!self.flaws.is_empty()] role="status" {
                @if !self.flaws.is_empty() { (reader.say("call.flawed")) }
                @if let Some(number) = self.saved {
                    (reader.fill("call.saved", &[("number", &number.to_string())]))
                }
            }
        }
    }

    fn flaw(&self, field: &str) -> Option<&Flaw> {
        self.flaws.iter().find(|flaw| flaw.field() == field)
    }

    /// The ids of what describes a field: its flaw where there is one, and its hint where it has one.
    fn described(&self, field: &str, hint: bool) -> Option<String> {
        let flaw = self.flaw(field).map(|_| format!("{field}-flaw"));
        let described: Vec<String> = flaw.into_iter().chain(hint.then(|| format!("{field}-hint"))).collect();
        (!described.is_empty()).then(|| described.join(" "))
    }

    fn message(&self, reader: &Reader, field: &str) -> Markup {
        html! {
            @if let Some(flaw) = self.flaw(field) {
                p #{ (field) "-flaw" } .ds-validation-message { (flaw.words(reader)) }
            }
        }
    }

    fn invalid(&self, field: &str) -> Option<&'static str> {
        self.flaw(field).map(|_| "true")
    }

    fn what(&self, reader: &Reader) -> Markup {
        html! {
            div.ds-card {
                div.ds-field {
                    label.ds-label for="text" { (reader.say("call.text")) }
                    textarea #text .ds-input name="text" rows="5" required maxlength=(LONGEST_TEXT) autofocus
                        aria-invalid=[self.invalid("text")] aria-describedby=[self.described("text", true)] { (self.filled.text) }
                    p #text-hint .hint { (reader.say("call.text_hint")) }
                    (self.message(reader, "text"))
                }
                button.ds-button name="do" value="look" data-variant="secondary" { (reader.say("call.look")) }
            }
        }
    }

    fn who(&self, reader: &Reader) -> Markup {
        let values = [&self.filled.name, &self.filled.place, &self.filled.phone, &self.filled.email];
        html! {
            fieldset.ds-card.fields {
                legend.ds-label { (reader.say("call.who")) }
                @for (line, value) in LINES.iter().zip(values) {
                    div.ds-field {
                        label.ds-label for=(line.name) { (reader.say(line.sentence)) }
                        input #(line.name) .ds-input type=(line.kind) name=(line.name) value=(value) maxlength="200" autocomplete="off"
                            aria-invalid=[self.invalid(line.name)] aria-describedby=[self.described(line.name, false)];
                        (self.message(reader, line.name))
                    }
                }
            }
        }
    }

    fn to_where(&self, reader: &Reader) -> Markup {
        let groups = reader.desk().facts.groups.iter().map(|group| (group.id.as_str(), group.name(reader.lang)));
        let langs = Lang::ALL.into_iter().map(|lang| (lang.code(), reader.language(lang)));
        let told = |(name, sentence): (&'static str, &'static str)| (name, reader.say(sentence));
        let (impacts, urgencies) = (IMPACTS.map(told), URGENCIES.map(told));
        html! {
            fieldset.ds-card.fields {
                legend.ds-label { (reader.say("call.where")) }
                (self.choice(reader, "group", ["call.group", "call.group_auto"], &self.filled.group, groups))
                (self.choice(reader, "lang", ["call.lang", "call.lang_auto"], &self.filled.lang, langs))
                (self.choice(reader, "impact", ["call.impact", "call.not_said"], &self.filled.impact, impacts.into_iter()))
                (self.choice(reader, "urgency", ["call.urgency", "call.not_said"], &self.filled.urgency, urgencies.into_iter()))
            }
        }
    }

    fn choice<'c>(
        &self,
        reader: &Reader,
        name: &str,
        [label, none]: [&'static str; 2],
        chosen: &str,
        among: impl Iterator<Item = (&'c str, &'c str)>,
    ) -> Markup {
        html! {
            div.ds-field {
                label.ds-label for=(name) { (reader.say(label)) }
                select #(name) .ds-input name=(name) aria-invalid=[self.invalid(name)] aria-describedby=[self.described(name, false)] {
                    option value="" { (reader.say(none)) }
                    @for (value, words) in among { option value=(value) selected[value == chosen] { (words) } }
                }
                (self.message(reader, name))
            }
        }
    }

    fn helped(&self, reader: &Reader) -> Markup {
        html! {
            div.ds-card {
                div.ds-field {
                    label.ds-label for="helped" { (reader.say("call.helped")) }
                    textarea #helped .ds-input name="helped" rows="3" maxlength=(LONGEST_TEXT)
                        aria-invalid=[self.invalid("helped")] aria-describedby=[self.described("helped", true)] { (self.filled.helped) }
                    p #helped-hint .hint { (reader.say("call.helped_hint")) }
                    (self.message(reader, "helped"))
                }
            }
        }
    }
}

fn buttons(reader: &Reader) -> Markup {
    html! {
        div.row {
            button.ds-button name="do" value="keep" data-variant="primary" data-key="take" { (reader.say("call.keep")) }
            button.ds-button name="do" value="queue" data-variant="secondary" { (reader.say("call.queue")) }
            button.ds-button name="do" value="solved" data-variant="secondary" data-key="resolve" { (reader.say("call.solved")) }
        }
    }
}
