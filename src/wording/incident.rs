//! Incidents as they are told in a conversation.

use super::bot::Facts;
use super::{Wording, as_written};
use crate::domain::incident::{IncidentKind, IncidentState, IncidentTold};
use crate::domain::lang::Lang;

impl Wording {
    /// An incident that a question seems to be about: what it is, since when, the latest of it, and when there is more to tell.
    pub(super) fn known_incident(&self, told: &IncidentTold, lang: Lang, facts: &Facts) -> String {
        let key = match (told.kind, told.state) {
            (IncidentKind::Maintenance, _) => "incident.known_maintenance",
            (_, IncidentState::Reported) => "incident.known_reported",
            (_, IncidentState::Monitoring) => "incident.known_monitoring",
            _ => "incident.known_confirmed",
        };
        let (title, since) = (as_written(&told.title), facts.moment(told.from, lang));
        let first = self.fill(lang, key, &[("title", title.as_str()), ("since", &since)]);
        let at = |key, at| self.fill(lang, key, &[("at", &facts.moment(at, lang))]);
        let until = told.until.map(|until| at("incident.known_until", until));
        let next = told.next_update.map(|next| at("incident.known_next", next));
        let when: Vec<String> = until.into_iter().chain(next).collect();
        let parts = [first, told.text.trim().to_owned(), when.join(" ")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// That an incident is over; with the number of the ticket that waited for it, where there is one.
    pub(super) fn incident_ended(&self, told: &IncidentTold, number: Option<&str>, lang: Lang) -> String {
        let key = match (told.kind, told.state) {
            (IncidentKind::Incident, _) => "incident.ended",
            (IncidentKind::Maintenance, IncidentState::Cancelled) => "incident.ended_cancelled",
            (IncidentKind::Maintenance, _) => "incident.ended_maintenance",
        };
        let first = self.fill(lang, key, &[("title", as_written(&told.title).as_str())]);
        let last = match number {
            Some(number) => self.fill(lang, "incident.ended_ask", &[("number", number)]),
            None => self.get(lang, "incident.ended_again").to_owned(),
        };
        [first, told.text.trim().to_owned(), last].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}
