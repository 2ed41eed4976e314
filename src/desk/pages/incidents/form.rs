//! The fields of the forms in which incidents are kept.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::filled::{Filled, TEXT, TITLE, Wrong};
use super::words;
use crate::domain::incident::{IncidentKind, IncidentState, Severity};
use crate::domain::lang::Lang;

/// A form in the making: what was filled in, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Form<'f> {
    pub(super) reader: &'f Reader,
    pub(super) filled: &'f Filled,
    pub(super) wrong: &'f [Wrong],
    /// Stands before the ids of the fields, where a page has several forms.
    pub(super) prefix: &'static str,
}

impl Form<'_> {
    /// Everything that an incident is about. What kind it is cannot be changed afterwards.
    pub(super) fn matter(&self, new: bool) -> Markup {
        let reader = self.reader;
        html! {
            @if new { (self.kinds()) } @else { input type="hidden" name="kind" value=(self.filled.get("kind")); }
            (self.title())
            (self.text("incident.text"))
            fieldset.ds-fieldset {
                legend.ds-label { (reader.say("incident.severity")) }
                @for severity in Severity::ALL {
                    (self.choice("severity", severity.as_str(), words::severity(reader, *severity), "radio"))
                }
            }
            (self.moment("from", "incident.from", "incident.from_hint"))
            (self.moment("until", "incident.until", "incident.until_hint"))
            (self.lines("services", "incident.services", "incident.services_hint"))
            (self.lines("words", "incident.words", "incident.words_hint"))
            (self.lines("articles", "incident.articles", "incident.articles_hint"))
            fieldset.ds-fieldset {
                legend.ds-label { (reader.say("incident.groups")) }
                @for group in reader.desk().facts.groups.iter() {
                    (self.choice("groups", group.id.as_str(), group.name(reader.lang), "checkbox"))
                }
            }
        }
    }

    fn kinds(&self) -> Markup {
        html! {
            fieldset.ds-fieldset {
                legend.ds-label { (self.reader.say("incident.kind")) }
                @for kind in IncidentKind::ALL { (self.choice("kind", kind.as_str(), words::kind(self.reader, *kind), "radio")) }
            }
        }
    }

    /// One of several to choose from.
    fn choice(&self, field: &str, value: &str, label: &str, kind: &str) -> Markup {
        let id = format!("{}{field}-{value}", self.prefix);
        html! {
            div.ds-field {
                input.ds-input #(id) type=(kind) name=(field) value=(value) checked[self.filled.all(field).any(|one| one == value)];
                label.ds-label data-weight="regular" for=(id) { (label) }
            }
        }
    }

    fn title(&self) -> Markup {
        self.in_languages(TITLE, "incident.title", |id, field, value, invalid, described| {
            html! { input.ds-input #(id) type="text" name=(field) value=(value) aria-invalid=[invalid] aria-describedby=[described]; }
        })
    }

    /// A text in three languages; the second and third stay folded away while nothing stands in them.
    pub(super) fn text(&self, key: &str) -> Markup {
        self.in_languages(TEXT, key, |id, field, value, invalid, described| {
            html! { textarea.ds-input #(id) name=(field) rows="3" aria-invalid=[invalid] aria-describedby=[described] { (value) } }
        })
    }

    fn in_languages(
        &self,
        fields: [&'static str; 3],
        key: &str,
        control: impl Fn(&str, &str, &str, Option<&str>, Option<&str>) -> Markup,
    ) -> Markup {
        let reader = self.reader;
        let one = |field: &'static str, lang: Lang| {
            let id = format!("{}{field}", self.prefix);
            let (described, why) = self.wrong(field, &id);
            html! {
                div.ds-field {
                    label.ds-label for=(id) { (reader.say(key)) " (" (reader.language(lang)) ")" }
                    (control(&id, field, self.filled.get(field), described.as_ref().map(|_| "true"), described.as_deref()))
                    (why)
                }
            }
        };
        let others = [(fields[1], Lang::Nn), (fields[2], Lang::En)];
        let open = others.iter().any(|(field, _)| !self.filled.get(field).is_empty());
        html! {
            (one(fields[0], Lang::Nb))
            details.ds-details.languages-of #{ (self.prefix) (fields[0]) "-more" } open[open] {
                summary { (reader.say("incident.other_languages")) span.unseen { ": " (reader.say(key)) } }
                div { @for (field, lang) in others { (one(field, lang)) } }
            }
        }
    }

    /// A moment.
    pub(super) fn moment(&self, field: &'static str, key: &str, hint: &str) -> Markup {
        let control = |id: &str, described: &str, invalid: Option<&str>| {
            html! {
                input.ds-input #(id) type="datetime-local" name=(field) value=(self.filled.get(field)) aria-invalid=[invalid]
                    aria-describedby=(described);
            }
        };
        self.hinted(field, key, hint, control)
    }

    fn lines(&self, field: &'static str, key: &str, hint: &str) -> Markup {
        let control = |id: &str, described: &str, invalid: Option<&str>| {
            html! {
                textarea.ds-input #(id) name=(field) rows="2" aria-invalid=[invalid] aria-describedby=(described) {
                    (self.filled.get(field))
                }
            }
        };
        self.hinted(field, key, hint, control)
    }

    fn hinted(&self, field: &'static str, key: &str, hint: &str, control: impl Fn(&str, &str, Option<&str>) -> Markup) -> Markup {
        let id = format!("{}{field}", self.prefix);
        let (described, why) = self.wrong(field, &id);
        let invalid = described.as_ref().map(|_| "true");
        let described = format!("{id}-hint {}", described.unwrap_or_default());
        html! {
            div.ds-field {
                label.ds-label for=(id) { (self.reader.say(key)) }
                p.hint #{ (id) "-hint" } { (self.reader.say(hint)) }
                (control(&id, described.trim(), invalid))
                (why)
            }
        }
    }

    /// Where an open incident stands, to choose from.
    pub(super) fn states(&self, kind: IncidentKind, now: IncidentState) -> Markup {
        let id = format!("{}state", self.prefix);
        let chosen = IncidentState::from_name(self.filled.get("state")).unwrap_or(now);
        html! {
            div.ds-field {
                label.ds-label for=(id) { (self.reader.say("incident.state")) }
                select.ds-input #(id) name="state" {
                    @for state in IncidentState::open(kind) {
                        option value=(state.as_str()) selected[*state == chosen] { (words::state(self.reader, *state)) }
                    }
                }
            }
        }
    }

    /// The id of what is said to be wrong with a field, and the saying of it.
    fn wrong(&self, field: &str, id: &str) -> (Option<String>, Markup) {
        let why = self.wrong.iter().find(|wrong| wrong.field == field).map(|wrong| wrong.why);
        let said = format!("{id}-wrong");
        let markup = html! {
            @if let Some(why) = why { p.ds-validation-message #(said) data-color="danger" { (self.reader.say(why)) } }
        };
        (why.map(|_| said.clone()), markup)
    }
}

/// That something could not be taken, at the top of the page.
pub(super) fn summary(reader: &Reader, wrong: &[Wrong]) -> Markup {
    html! {
        p #said-back .said-back.refused role="status" { @if !wrong.is_empty() { (reader.say("incident.wrong")) } }
    }
}
