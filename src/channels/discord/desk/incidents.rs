//! A ticket is about an incident: one that is known, or one that a coordinator announces from the card.

use super::super::bot::{Bot, channel_name};
use super::deed::{Told, Who, receipt};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ExternalId, IncidentNumber, TicketNumber};
use crate::domain::incident::{IncidentKind, Localised, Matter, Severity, Touches};
use crate::domain::permission::Operator;
use crate::flows::{FlowError, Linked, Moved};

impl Bot {
    /// Links a ticket to an open incident, so that its employee is told when it is over.
    pub(super) async fn link_to_incident(
        &self,
        number: TicketNumber,
        incident: IncidentNumber,
        who: &Who,
        by: &Operator,
    ) -> Result<Told, FlowError> {
        let linked = self.flows.link_ticket_once(number, Some(incident), by, Some(receipt(who))).await?;
        let key = match linked {
            Linked::Done => "discord_desk.linked",
            Linked::Already => "discord_desk.already_so",
            Linked::NotOpen => "discord_desk.not_open",
            Linked::Ended => "discord_desk.incident_over",
        };
        let (number, incident) = (number.to_string(), incident.to_string());
        Ok(Told::only(self.in_words(who, key, &[("number", &number), ("incident", &incident)])))
    }

    /// Announces an incident in the words of whoever saw it first, and links the ticket to it. The rest is filled in in the desk.
    pub(super) async fn announce_incident(
        &self,
        number: TicketNumber,
        (title, text): (&str, &str),
        who: &Who,
        by: &Operator,
    ) -> Result<Told, FlowError> {
        by.may_coordinate()?;
        let Some(matter) = self.matter(title, text) else {
            return Ok(Told::only(self.in_words(who, "discord_desk.no_title", &[])));
        };
        // What links the ticket has the press's own receipt.
        let once = Receipt { channel: channel_name(), external_id: ExternalId::new(format!("announce-{}", who.interaction)) };
        let moved = self.flows.announce_incident_of(number, by, matter, &once).await?;
        let Moved::Done(incident) = moved else {
            return Ok(Told::only(self.in_words(who, "discord_desk.already_so", &[])));
        };
        let linked = self.flows.link_ticket_once(number, Some(incident), by, Some(receipt(who))).await;
        let key = if matches!(linked, Ok(Linked::Done | Linked::Already)) {
            "discord_desk.announced"
        } else {
            "discord_desk.announced_alone"
        };
        let (number, incident) = (number.to_string(), incident.to_string());
        let url = format!("{}/desk/incidents/{incident}", self.facts.public_url);
        Ok(Told::only(self.in_words(who, key, &[("number", &number), ("incident", &incident), ("url", &url)])))
    }

    /// What is announced, as far as two fields say it. It is written in one language, and read in all.
    fn matter(&self, title: &str, text: &str) -> Option<Matter> {
        let ((title, _), (text, _)) = ((self.filter)(title), (self.filter)(text));
        Some(Matter {
            kind: IncidentKind::Incident,
            severity: Severity::Major,
            title: Localised::new(title.as_str(), "", "")?,
            text: Localised::new(text.as_str(), "", "")?,
            touches: Touches::default(),
            from: self.clock.now(),
            until: None,
        })
    }
}
