//! How an own ticket stands, in words and with what its employee can do.

use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

use super::super::bot::Bot;
use super::alone::Told;
use super::own_button::{OwnButton, OwnPress};
use crate::domain::history::{Stage, Step};
use crate::domain::lang::Lang;
use crate::domain::ticket::SupportLine;
use crate::flows::{OwnTicketView, own_ticket};
use crate::wording::as_written;

/// How many steps of a ticket's way are told, the latest ones.
const STEPS: usize = 6;

impl Bot {
    pub(super) fn ticket_status(&self, view: &OwnTicketView, lang: Lang) -> Told {
        let group = self.facts.groups.get(&view.ticket.group).map_or(view.ticket.group.as_str(), |group| group.name(lang));
        let mut text = self.wording.own_ticket(&own_ticket(&view.ticket), lang, &self.facts);
        text.push('\n');
        text.push_str(&self.wording.fill(lang, "discord_ask.status_group", &[("group", group)]));
        text.push('\n');
        for step in view.history.iter().skip(view.history.len().saturating_sub(STEPS)) {
            text.push_str("\n- ");
            text.push_str(&self.step(step, lang));
        }
        Told { text, buttons: self.status_buttons(view, lang) }
    }

    fn step(&self, step: &Step, lang: Lang) -> String {
        let group_name = |group| self.facts.groups.get(group).map_or("", |group| group.name(lang));
        let with = |key, name, value: &str| self.wording.fill(lang, key, &[(name, value)]);
        let what = match &step.what {
            Stage::Received => self.wording.get(lang, "chat.step_received").to_owned(),
            Stage::TakenBy(name) => with("chat.step_taken", "name", &as_written(name)),
            Stage::PutBack => self.wording.get(lang, "chat.step_put_back").to_owned(),
            Stage::TransferredTo(group) => with("chat.step_transferred", "group", group_name(group)),
            Stage::MovedTo(line) => with("chat.step_moved", "line", self.wording.get(lang, line_key(*line))),
            Stage::AnsweredBy(name) => with("chat.step_answered", "name", &as_written(name)),
            Stage::Added => self.wording.get(lang, "chat.step_added").to_owned(),
            Stage::ResolvedBy(name) => with("chat.step_resolved", "name", &as_written(name)),
            Stage::MergedInto(number) => with("chat.step_merged", "number", &number.to_string()),
            Stage::Confirmed => self.wording.get(lang, "chat.step_confirmed").to_owned(),
            Stage::Reopened => self.wording.get(lang, "chat.step_reopened").to_owned(),
        };
        format!("{}: {what}", self.facts.moment(step.at, lang))
    }

    fn status_buttons(&self, view: &OwnTicketView, lang: Lang) -> Vec<CreateActionRow> {
        let offered = [
            (view.can_add, OwnButton::Add, "discord_ask.button_add", ButtonStyle::Primary),
            (view.can_reopen, OwnButton::Reopen, "discord_ask.button_reopen", ButtonStyle::Secondary),
            (view.can_close, OwnButton::Close, "discord_ask.button_close", ButtonStyle::Success),
        ];
        let number = view.ticket.number;
        let buttons = offered.into_iter().filter(|(is_offered, ..)| *is_offered).map(|(_, button, key, style)| {
            CreateButton::new(OwnPress { number, button }.custom_id()).label(self.wording.get(lang, key)).style(style)
        });
        let buttons: Vec<CreateButton> = buttons.collect();
        if buttons.is_empty() { Vec::new() } else { vec![CreateActionRow::Buttons(buttons)] }
    }
}

const fn line_key(line: SupportLine) -> &'static str {
    match line {
        SupportLine::First => "chat.line_first",
        SupportLine::Second => "chat.line_second",
        SupportLine::Third => "chat.line_third",
        SupportLine::Supplier => "chat.line_supplier",
    }
}
