//! What a card says. Moments are Discord's own, which every reader sees in their own
//! language and which stay true without an edit.

use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};
use sha2::{Digest, Sha256};

use super::bot::Bot;
use super::desk::{CardButton, press_id};
use crate::domain::event::Event;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::ticket::{Priority, Status, SupportLine, stands_since};
use crate::domain::time::Timestamp;
use crate::ports::{Leased, TicketSummary};
use crate::wording::as_written;

/// A card's text and buttons, as far as they are the same however it is shown.
pub(super) struct Card {
    /// What it begins with, which no other ticket's card does.
    pub(super) heading: String,
    body: String,
    lang: Lang,
    pub(super) buttons: Vec<CreateActionRow>,
}

impl Card {
    /// What tells two cards apart, in a few characters.
    pub(super) fn digest(&self) -> String {
        let buttons = serde_json::to_string(&self.buttons).unwrap_or_default();
        short_hash(&[self.heading.as_str(), &self.body, &buttons].concat())
    }
}

impl Bot {
    /// The card as the operators of `group` see it, in their server's language: it is everybody's.
    pub(super) fn card(&self, ticket: &TicketSummary, events: &[Event], group: &GroupId, lang: Lang) -> Card {
        let say = |key, values: &[(&str, &str)]| self.wording.fill(lang, key, values);
        let number = ticket.number.to_string();
        let asker = as_written(ticket.employee_name.as_deref().unwrap_or(ticket.employee.as_str()));
        let since = stands_since(ticket.id, events).unwrap_or(ticket.opened_at);
        let values = [
            ("subject", as_written(&ticket.subject)),
            ("status", self.status(ticket, group, since, lang)),
            ("priority", self.wording.get(lang, priority_key(ticket.priority)).to_owned()),
            ("more", self.more(ticket, lang)),
            ("employee", asker),
            ("opened", moment(ticket.opened_at)),
            ("url", self.facts.ticket_url(ticket.number)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let buttons = if ticket.group == *group { self.card_buttons(ticket, lang) } else { Vec::new() };
        Card {
            heading: say("discord_desk.heading", &[("number", &number)]),
            body: say("discord_desk.card", &values),
            lang,
            buttons,
        }
    }

    /// A card's whole text: where operators talk about the ticket, that it goes on from an earlier card, and when that was so. An
    /// errand that is run again says the same moment.
    pub(super) fn card_text(&self, card: &Card, leased: &Leased, earlier: Option<String>) -> String {
        let lang = card.lang;
        let mut text = [card.heading.as_str(), &card.body].concat();
        if let Some(talk) = leased.card.as_ref().and_then(|card| card.talk.as_deref()) {
            text += &self.wording.fill(lang, "discord_desk.talk", &[("talk", talk)]);
        }
        if let Some(earlier) = earlier {
            text += &self.wording.fill(lang, "discord_desk.continues", &[("earlier", &earlier)]);
        }
        text + &self.wording.fill(lang, "discord_desk.as_of", &[("moment", &relative(leased.created_at))])
    }

    fn status(&self, ticket: &TicketSummary, group: &GroupId, since: Timestamp, lang: Lang) -> String {
        let since = relative(since);
        if ticket.group != *group {
            let name = self.facts.groups.get(&ticket.group).map_or(ticket.group.as_str(), |group| group.name(lang));
            return self.wording.fill(lang, "discord_desk.moved", &[("group", name), ("since", &since)]);
        }
        let holder = as_written(ticket.holder.as_ref().map(|holder| holder.name.as_str()).unwrap_or_default());
        let original = ticket.duplicate_of.map(|original| original.to_string());
        let key = match (ticket.status, &original) {
            (Status::Waiting, _) => "discord_desk.waiting",
            (Status::Taken, _) => "discord_desk.taken",
            (Status::Resolved, None) => "discord_desk.resolved",
            (Status::Resolved, Some(_)) => "discord_desk.duplicate",
        };
        let original = original.unwrap_or_default();
        self.wording.fill(lang, key, &[("name", &holder), ("since", &since), ("original", &original)])
    }

    /// What is not so of every ticket: that a later line has it, that it is put aside, that it is about an incident.
    fn more(&self, ticket: &TicketSummary, lang: Lang) -> String {
        let mut more = String::new();
        if let Some(key) = line_key(ticket.line) {
            more += self.wording.get(lang, key);
        }
        if let Some(until) = ticket.snoozed_until.filter(|until| *until > self.clock.now() && ticket.status != Status::Resolved) {
            more += &self.wording.fill(lang, "discord_desk.snoozed", &[("until", &moment(until))]);
        }
        if let Some(incident) = ticket.incident {
            more += &self.wording.fill(lang, "discord_desk.about_incident", &[("incident", &incident.to_string())]);
        }
        more
    }

    fn card_buttons(&self, ticket: &TicketSummary, lang: Lang) -> Vec<CreateActionRow> {
        use CardButton::{Incident, Priority, Release, Resolve, Take, Transfer};
        let offered: &[CardButton] = match ticket.status {
            Status::Waiting => &[Take, Transfer, Priority, Incident],
            Status::Taken => &[Release, Transfer, Priority, Incident, Resolve],
            Status::Resolved => return Vec::new(),
        };
        let buttons = offered.iter().map(|button| {
            let (key, style) = match button {
                Take => ("discord_desk.button_take", ButtonStyle::Primary),
                Release => ("discord_desk.button_release", ButtonStyle::Secondary),
                Transfer => ("discord_desk.button_transfer", ButtonStyle::Secondary),
                Priority => ("discord_desk.button_priority", ButtonStyle::Secondary),
                Incident => ("discord_desk.button_incident", ButtonStyle::Secondary),
                Resolve => ("discord_desk.button_resolve", ButtonStyle::Success),
            };
            CreateButton::new(press_id::card(ticket.number, *button)).label(self.wording.get(lang, key)).style(style)
        });
        vec![CreateActionRow::Buttons(buttons.collect())]
    }
}

/// A moment that every reader sees as a distance from now, in their own language.
pub(super) fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.millis() / 1_000)
}

/// A moment that every reader sees as a date and a time, in their own language and by their own clock.
pub(super) fn moment(at: Timestamp) -> String {
    format!("<t:{}:f>", at.millis() / 1_000)
}

/// 64 bits of a text's SHA-256, in hexadecimal.
pub(super) fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex = |bits: u8| char::from_digit(bits.into(), 16).unwrap_or_default();
    digest.iter().take(8).flat_map(|byte| [hex(byte >> 4), hex(byte & 15)]).collect()
}

/// The key of a priority's name.
pub(super) const fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "discord_desk.priority_low",
        Priority::Normal => "discord_desk.priority_normal",
        Priority::High => "discord_desk.priority_high",
        Priority::Critical => "discord_desk.priority_critical",
    }
}

const fn line_key(line: SupportLine) -> Option<&'static str> {
    match line {
        SupportLine::First => None,
        SupportLine::Second => Some("discord_desk.line_second"),
        SupportLine::Third => Some("discord_desk.line_third"),
        SupportLine::Supplier => Some("discord_desk.line_supplier"),
    }
}
