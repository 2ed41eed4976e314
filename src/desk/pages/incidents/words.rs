//! What stands about an incident wherever it is shown.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::markup::markdown;
use super::super::reader::Reader;
use crate::domain::ids::IncidentNumber;
use crate::domain::incident::{Incident, IncidentKind, IncidentState, Localised, Severity, Update};

/// How far headings in a coordinator's text go down: below those of the page.
const BELOW: usize = 3;

/// An incident's number as people say it.
pub(super) fn name(number: IncidentNumber) -> String {
    format!("D-{number}")
}

/// A fault, or work that is planned.
pub(super) fn kind(reader: &Reader, kind: IncidentKind) -> &str {
    reader.say(match kind {
        IncidentKind::Incident => "incident.kind_incident",
        IncidentKind::Maintenance => "incident.kind_maintenance",
    })
}

/// How much it hinders.
pub(super) fn severity(reader: &Reader, severity: Severity) -> &str {
    reader.say(match severity {
        Severity::Minor => "incident.severity_minor",
        Severity::Major => "incident.severity_major",
        Severity::Critical => "incident.severity_critical",
    })
}

/// Where it stands.
pub(super) fn state(reader: &Reader, state: IncidentState) -> &str {
    reader.say(match state {
        IncidentState::Reported => "incident.state_reported",
        IncidentState::Confirmed => "incident.state_confirmed",
        IncidentState::Monitoring => "incident.state_monitoring",
        IncidentState::Announced => "incident.state_announced",
        IncidentState::UnderWay => "incident.state_under_way",
        IncidentState::Over => "incident.state_over",
        IncidentState::Cancelled => "incident.state_cancelled",
    })
}

/// The colour that goes with it; the words beside it say the same.
pub(super) const fn colour(incident: &Incident) -> &'static str {
    match (incident.is_open(), incident.matter.kind, incident.matter.severity) {
        (false, ..) => "success",
        (true, IncidentKind::Maintenance, _) => "info",
        (true, IncidentKind::Incident, Severity::Critical) => "danger",
        (true, IncidentKind::Incident, _) => "warning",
    }
}

/// Its state as a tag.
pub(super) fn tag(reader: &Reader, incident: &Incident) -> Markup {
    let now = reader.desk().clock.now();
    html! { span.ds-tag data-color=(colour(incident)) data-size="sm" { (state(reader, incident.stands(now))) } }
}

/// A title in the reader's language, marked where it is in another.
pub(super) fn title(reader: &Reader, incident: &Incident) -> Markup {
    let (text, lang) = incident.matter.title.for_reader(reader.lang);
    html! { span lang=(lang) { (text) } }
}

/// A text in the reader's language, marked where it is in another.
pub(super) fn text(reader: &Reader, text: &Localised) -> Markup {
    let (text, lang) = text.for_reader(reader.lang);
    html! { div.told lang=(lang) { (markdown(text, "/", BELOW)) } }
}

/// Since when, until when, and when there is more to tell.
pub(super) fn when(reader: &Reader, incident: &Incident) -> Markup {
    let at = |key, at| reader.fill(key, &[("at", &reader.short_moment(at))]);
    let matter = &incident.matter;
    let planned = matter.kind == IncidentKind::Maintenance;
    let from = at(if planned { "incident.when_from" } else { "incident.when_since" }, matter.from);
    let until = matter.until.filter(|_| incident.is_open());
    let until = until.map(|until| at(if planned { "incident.when_to" } else { "incident.when_expected" }, until));
    let next = incident.next_update.map(|next| at("incident.when_next", next));
    let ended = incident.ended_at.map(|ended| at("incident.when_ended", ended));
    let parts: Vec<String> = [Some(from), until, ended, next].into_iter().flatten().collect();
    html! { p.small { (parts.join(" ")) } }
}

/// What was told of it, newest first.
pub(super) fn updates(reader: &Reader, updates: &[Update]) -> Markup {
    html! {
        @if !updates.is_empty() {
            ol.updates aria-label=(reader.say("incident.updates")) {
                @for update in updates {
                    li {
                        p.small { b { (moment(reader, update.at)) } " · " (state(reader, update.state)) }
                        (text(reader, &update.text))
                    }
                }
            }
        }
    }
}
